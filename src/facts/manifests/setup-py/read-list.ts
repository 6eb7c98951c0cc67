// Reads an expression of setup.py as a list of texts: literals, names, concatenations, comprehensions, helper calls.
import type { CallExpr, Expr, FunctionStatement } from "../../../model/code.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../../../text/visit-code.ts";
import { returnsOf, valuesAt } from "./bindings.ts";
import { constantText, descend, localsOf, type Reading } from "./constant-text.ts";
import { namedFiles } from "./named-files.ts";
import { entriesOfDict } from "./read-dict.ts";

/** One item read: a text, the beginning of a text whose end is not known, a file that holds the items, or nothing known. */
export type ListItem =
  | { readonly kind: "text" | "beginning" | "file"; readonly text: string; readonly at: number }
  | { readonly kind: "unknown"; readonly at: number };

/** Calls that give back the items of their arguments. */
const TRANSPARENT = new Set([
  "list",
  "tuple",
  "set",
  "sorted",
  "frozenset",
  "reversed",
  "sum",
  "chain",
  "from_iterable",
]);
/** Methods that give back what they are called on, or pieces of it. */
const TRANSPARENT_METHODS = new Set(
  "split splitlines strip rstrip copy values read readlines read_text decode".split(" "),
);

/** @param active expressions being read, so that a name that refers to itself ends */
export function readList(expr: Expr, reading: Reading, active: ReadonlySet<Expr> = new Set()): ListItem[] {
  if (active.has(expr)) return [];
  const spent: ListItem[] = [{ kind: "unknown", at: expr.start }];
  return descend(reading, spent, () => readWithin(expr, reading, active));
}

function readWithin(expr: Expr, reading: Reading, active: ReadonlySet<Expr>): ListItem[] {
  const within = new Set(active).add(expr);
  const read = (part: Expr): ListItem[] => readList(part, reading, within);
  switch (expr.kind) {
    case "list":
    case "tuple":
    case "set":
      return expr.items.flatMap(read);
    case "star":
    case "boolean":
    case "await":
      return expr.operands.flatMap(read);
    case "conditional":
      return [...read(expr.whenTrue), ...read(expr.whenFalse)];
    case "walrus":
      return read(expr.value);
    case "constant":
      return expr.text === "None" ? [] : [{ kind: "unknown", at: expr.start }];
    case "string":
      return readText(expr, reading);
    case "binary":
      return readBinary(expr, reading, read);
    case "name": {
      const values = reading.locals.get(expr.id) ?? valuesAt(reading.bindings, expr.id, expr.start);
      return values.length === 0 ? [{ kind: "unknown", at: expr.start }] : values.flatMap(read);
    }
    case "subscript":
      return readSubscript(expr, reading, within);
    case "comprehension":
      return readComprehension(expr, reading, read);
    case "call":
      return readCall(expr, reading, within);
    default:
      return filesOrUnknown(expr, reading);
  }
}

function readText(expr: Expr, reading: Reading): ListItem[] {
  const text = constantText(expr, reading);
  if (text !== null) return linesOf(text, expr.start, contentStart(expr, text));
  const [first] = expr.kind === "string" ? expr.parts : [];
  if (typeof first === "string" && first !== "") return [{ kind: "beginning", text: first, at: expr.start }];
  return [{ kind: "unknown", at: expr.start }];
}

/** The offset of a literal's first character when none of its text is escaped, so that offsets in it can be told; else null. */
function contentStart(expr: Expr, text: string): number | null {
  if (expr.kind !== "string") return null;
  const around = expr.end - expr.start - text.length;
  // Three quotes on either side, and a prefix such as r or rb.
  return around >= 6 && around <= 8 ? expr.start + around - 3 : null;
}

/** setuptools splits a text into lines wherever it takes a list. */
function linesOf(text: string, at: number, contentAt: number | null = null): ListItem[] {
  const items: ListItem[] = [];
  let offset = 0;
  for (const line of text.split("\n")) {
    const content = line.trim();
    const start = contentAt === null ? at : contentAt + offset;
    if (content !== "" && !content.startsWith("#")) items.push({ kind: "text", text: content, at: start });
    offset += line.length + 1;
  }
  return items;
}

function readBinary(
  expr: Extract<Expr, { operands: unknown }>,
  reading: Reading,
  read: (expr: Expr) => ListItem[],
): ListItem[] {
  const text = constantText(expr, reading);
  if (text !== null) return linesOf(text, expr.start);
  const [left, right] = expr.operands;
  if (left?.kind === "string" && (expr.operator === "%" || expr.operator === "+")) {
    const beginning = (constantText(left, reading) ?? "").replace(/%.*$/s, "");
    if (beginning !== "") return [{ kind: "beginning", text: beginning, at: expr.start }];
  }
  if (left === undefined || right === undefined || !["+", "|"].includes(expr.operator)) {
    return filesOrUnknown(expr, reading);
  }
  return [...read(left), ...read(right)];
}

function readSubscript(
  expr: Extract<Expr, { kind: "subscript" }>,
  reading: Reading,
  active: ReadonlySet<Expr>,
): ListItem[] {
  const [index] = expr.indices;
  if (index?.kind === "slice") return readList(expr.base, reading, active);
  const key = index === undefined ? null : constantText(index, reading);
  const found = entriesOfDict(expr.base, reading).entries.filter(
    (entry) => key !== null && entry.key === key,
  );
  return found.length === 0
    ? [{ kind: "unknown", at: expr.start }]
    : found.flatMap((entry) => readList(entry.value, entry.reading, active));
}

/** `[line.strip() for line in …]` gives the items of what it goes through; with other elements nothing is known. */
function readComprehension(
  expr: Extract<Expr, { kind: "comprehension" }>,
  reading: Reading,
  read: (expr: Expr) => ListItem[],
): ListItem[] {
  const files = namedFiles(expr, reading);
  if (files.length > 0) return files.map((text) => ({ kind: "file", text, at: expr.start }));
  const iterable = sourceOf(expr);
  return iterable === null ? [{ kind: "unknown", at: expr.start }] : read(iterable);
}

/** Where the elements of a comprehension come from, when they are passed on as they are or through a call. */
function sourceOf({ element, clauses }: Extract<Expr, { kind: "comprehension" }>): Expr | null {
  if (element.kind !== "name" && element.kind !== "call") return null;
  let source: Expr | null = null;
  let rest = clauses;
  for (let wanted: Expr | null = element; wanted !== null; wanted = source) {
    const names = new Set<string>();
    visitExpressions(wanted, (part) => {
      if (part.kind === "name") names.add(part.id);
    });
    // `[x for xs in lists for x in xs]`: x comes from xs, which comes from lists.
    const index = rest.findLastIndex(({ target }) => target.kind === "name" && names.has(target.id));
    const clause = rest[index];
    if (clause === undefined) return source;
    source = clause.iterable;
    rest = rest.slice(0, index);
  }
  return source;
}

function readCall(call: CallExpr, reading: Reading, active: ReadonlySet<Expr>): ListItem[] {
  const read = (part: Expr): ListItem[] => readList(part, reading, active);
  const { callee } = call;
  const name = callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name : "";
  const helper = callee.kind === "name" ? reading.bindings.functions.get(callee.id) : undefined;
  if (helper !== undefined) return readHelper(helper, call, reading, active);
  if (TRANSPARENT.has(name)) return call.args.flatMap(read);
  if (callee.kind === "attribute" && TRANSPARENT_METHODS.has(name)) {
    if (name === "values") {
      const { entries } = entriesOfDict(callee.base, reading);
      return entries.flatMap((entry) => readList(entry.value, entry.reading, active));
    }
    const base = constantText(callee.base, reading);
    if (base !== null && name === "split" && call.args.length === 0) {
      return base.split(/\s+/).flatMap((word) => linesOf(word, call.start));
    }
    return read(callee.base);
  }
  const text = constantText(call, reading);
  return text === null ? filesOrUnknown(call, reading) : linesOf(text, call.start);
}

/** A function of setup.py itself: the files it opens for these arguments, else the lists it returns. */
function readHelper(
  helper: FunctionStatement,
  call: CallExpr,
  reading: Reading,
  active: ReadonlySet<Expr>,
): ListItem[] {
  const inside: Reading = { ...reading, locals: localsOf(helper.parameters, call, reading) };
  const files = new Set<string>();
  visitStatements(helper.body, (statement) => {
    for (const expr of expressionsOf(statement)) for (const file of namedFiles(expr, inside)) files.add(file);
  });
  const fileItems = (paths: Iterable<string>): ListItem[] =>
    [...paths].map((text) => ({ kind: "file", text, at: call.start }));
  if (files.size > 0) return fileItems(files);
  const returned = returnsOf(helper).flatMap((value) => readList(value, inside, active));
  if (returned.some(({ kind }) => kind !== "unknown"))
    return returned.map((item) => ({ ...item, at: call.start }));
  const named = call.args.flatMap((argument) => namedFiles(argument, reading));
  return named.length > 0 ? fileItems(named) : [{ kind: "unknown", at: call.start }];
}

function filesOrUnknown(expr: Expr, reading: Reading): ListItem[] {
  const files = namedFiles(expr, reading);
  if (files.length === 0) return [{ kind: "unknown", at: expr.start }];
  return files.map((text) => ({ kind: "file", text, at: expr.start }));
}
