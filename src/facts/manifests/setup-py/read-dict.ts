import type { ComprehensionExpr, Expr } from "../../../model/code.ts";
import { returnsOf } from "./bindings.ts";
import { constantText, constantTexts, descend, localsOf, type Reading, withLocal } from "./constant-text.ts";

export interface DictEntry {
  readonly key: string;
  readonly value: Expr;
  /** What the names in the value stand for. */
  readonly reading: Reading;
  /** Offset of the key. */
  readonly at: number;
}
export interface ReadDict {
  readonly entries: readonly DictEntry[];
  /** Offsets of what could not be read. */
  readonly unknown: readonly number[];
}

const NOTHING: ReadDict = { entries: [], unknown: [] };

/** Reads an expression of setup.py as a dict with texts as keys: literals, `dict(…)`, `**other`, names, entries set later. */
export function entriesOfDict(expr: Expr, reading: Reading, active: ReadonlySet<Expr> = new Set()): ReadDict {
  if (active.has(expr)) return NOTHING;
  const spent: ReadDict = { entries: [], unknown: [expr.start] };
  return descend(reading, spent, () => readWithin(expr, reading, active));
}

function readWithin(expr: Expr, reading: Reading, active: ReadonlySet<Expr>): ReadDict {
  const within = new Set(active).add(expr);
  const read = (part: Expr): ReadDict => entriesOfDict(part, reading, within);
  switch (expr.kind) {
    case "dict":
      return merged(
        expr.entries.map(({ key, value }) => (key === null ? read(value) : entryOf(key, value, reading))),
      );
    case "binary":
    case "boolean":
      return merged(expr.operands.map(read));
    case "conditional":
      return merged([read(expr.whenTrue), read(expr.whenFalse)]);
    case "name": {
      const values = reading.locals.get(expr.id) ?? reading.bindings.values.get(expr.id) ?? [];
      const later = reading.bindings.entries.get(expr.id) ?? [];
      if (values.length + later.length === 0) return { entries: [], unknown: [expr.start] };
      return merged([...values.map(read), ...later.map(({ key, value }) => entryOf(key, value, reading))]);
    }
    case "call": {
      if (expr.callee.kind === "attribute" && expr.callee.name === "copy") return read(expr.callee.base);
      const helper = expr.callee.kind === "name" ? reading.bindings.functions.get(expr.callee.id) : undefined;
      if (helper !== undefined) {
        const inside: Reading = { ...reading, locals: localsOf(helper.parameters, expr, reading) };
        return merged(returnsOf(helper).map((value) => entriesOfDict(value, inside, within)));
      }
      if (expr.callee.kind !== "name" || !["dict", "defaultdict", "OrderedDict"].includes(expr.callee.id)) {
        return { entries: [], unknown: [expr.start] };
      }
      const named = expr.keywords.map(({ name, value, at }) =>
        name === null ? read(value) : { entries: [{ key: name, value, at, reading }], unknown: [] },
      );
      const isFactory = expr.callee.id === "defaultdict";
      return merged([...(isFactory ? [] : expr.args.map(read)), ...named]);
    }
    case "comprehension":
      return readComprehension(expr, reading);
    default:
      return expr.kind === "constant" && expr.text === "None"
        ? NOTHING
        : { entries: [], unknown: [expr.start] };
  }
}

/** `{name: load(name) for name in ("a", "b")}`, over constants. */
function readComprehension(expr: ComprehensionExpr, reading: Reading): ReadDict {
  const unknown: ReadDict = { entries: [], unknown: [expr.start] };
  const [clause] = expr.clauses;
  if (expr.value === null || clause?.target.kind !== "name" || expr.clauses.length > 1) return unknown;
  const { id } = clause.target;
  const texts = constantTexts(clause.iterable, reading);
  if (texts === null || clause.conditions.length > 0) return unknown;
  const { element, value } = expr;
  return merged(
    texts.map((text) => entryOf(element, value, withLocal(reading, id, text, clause.iterable.start))),
  );
}

function entryOf(key: Expr, value: Expr, reading: Reading): ReadDict {
  const text = constantText(key, reading);
  if (text === null) return { entries: [], unknown: [key.start] };
  return { entries: [{ key: text, value, at: key.start, reading }], unknown: [] };
}

function merged(parts: readonly ReadDict[]): ReadDict {
  return {
    entries: parts.flatMap(({ entries }) => entries),
    unknown: parts.flatMap(({ unknown }) => unknown),
  };
}
