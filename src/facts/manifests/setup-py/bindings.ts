// What the names of a setup.py may hold: every value assigned anywhere in the file counts, whichever branch it stands in,
// since a branch not taken here is taken on another platform.
import type { Expr, FunctionStatement, Statement } from "../../../model/code.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../../../text/visit-code.ts";

export interface Bindings {
  /** Values assigned to a name, and those added to it by `+=`, append, extend and update. */
  readonly values: ReadonlyMap<string, readonly Expr[]>;
  /** What `with … as name` opens and `for name in …` goes through, from the offset on where it does. */
  readonly opened: ReadonlyMap<string, readonly { readonly value: Expr; readonly from: number }[]>;
  /** Entries set one by one: `extras["dev"] = […]`. */
  readonly entries: ReadonlyMap<string, readonly { readonly key: Expr; readonly value: Expr }[]>;
  readonly functions: ReadonlyMap<string, FunctionStatement>;
}

const ADDING = new Set(["append", "extend", "insert", "add", "update"]);

export function bindingsOf(body: readonly Statement[]): Bindings {
  const values = new Map<string, Expr[]>();
  const entries = new Map<string, { key: Expr; value: Expr }[]>();
  const opened = new Map<string, { value: Expr; from: number }[]>();
  const functions = new Map<string, FunctionStatement>();
  const bind = (target: Expr, value: Expr): void => {
    if (target.kind === "tuple" || target.kind === "list") {
      // `names, links = read("base.txt")`: either name may hold any of what comes back.
      const isPaired = value.kind === "tuple" && value.items.length === target.items.length;
      for (const [index, item] of target.items.entries())
        bind(item, (isPaired ? value.items[index] : null) ?? value);
    } else if (target.kind === "name") push(values, target.id, value);
    else if (target.kind === "subscript" && target.base.kind === "name") {
      const [key] = target.indices;
      if (key !== undefined) push(entries, target.base.id, { key, value });
    }
  };
  visitStatements(body, (statement) => {
    if (statement.kind === "function") functions.set(statement.name, statement);
    else if (statement.kind === "augmented") bind(statement.target, statement.value);
    else if (statement.kind === "assign" && statement.value !== null) {
      for (const target of statement.targets) bind(target, statement.value);
    } else if (statement.kind === "with") {
      for (const { context, target } of statement.items) {
        if (target?.kind === "name") push(opened, target.id, { value: context, from: statement.start });
      }
    } else if (statement.kind === "for" && statement.target.kind === "name") {
      push(opened, statement.target.id, { value: statement.iterable, from: statement.start });
    } else if (statement.kind === "expression" && statement.value.kind === "call") {
      const { callee, args } = statement.value;
      const added = args.at(-1);
      if (callee.kind === "attribute" && ADDING.has(callee.name) && added !== undefined)
        bind(callee.base, added);
    }
  });
  return { values, opened, entries, functions };
}

/** What a name may hold at an offset: all that is assigned to it anywhere, and the last file or sequence opened under it. */
export function valuesAt(bindings: Bindings, name: string, at: number): readonly Expr[] {
  const assigned = bindings.values.get(name) ?? [];
  const opened = bindings.opened.get(name)?.findLast(({ from }) => from < at);
  return opened === undefined ? assigned : [...assigned, opened.value];
}

/** The values that a function returns, in source order. */
export function returnsOf(helper: FunctionStatement): Expr[] {
  const returned: Expr[] = [];
  visitStatements(helper.body, (statement) => {
    if (statement.kind === "return" && statement.value !== null) returned.push(statement.value);
  });
  return returned;
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Visits every expression of a block, those inside nested blocks and expressions included. */
export function visitAllExpressions(body: readonly Statement[], visit: (expr: Expr) => void): void {
  visitStatements(body, (statement) => {
    for (const expr of expressionsOf(statement)) visitExpressions(expr, visit);
  });
}
