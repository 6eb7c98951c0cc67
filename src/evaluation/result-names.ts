// Which names of a function have a part in its result. A call is looked into once for all calls that agree on those alone.
import type { Expr, Statement } from "../model/code.ts";
import { blocksOf, expressionsOf, visitExpressions } from "../text/visit-code.ts";
import type { FunctionInfo } from "./function-info.ts";

/** What a name may take its value from, by name. */
type Flows = Map<string, Set<string>>;

const known = new WeakMap<readonly Statement[], ReadonlySet<string>>();
const NO_ARGUMENT_NEEDED: ReadonlySet<string> = new Set(["super", "locals", "vars"]);

/**
 * The names whose values may reach what the function returns or yields; empty where it gives nothing back. It errs to the
 * large side: order and branches are not looked at, and whatever a method is called on may hold what it is given.
 */
export function resultNames(fn: FunctionInfo): ReadonlySet<string> {
  const found = known.get(fn.body);
  if (found !== undefined) return found;
  const flows: Flows = new Map();
  const results = new Set<string>();
  collect(fn.body, flows, results);
  const reached = new Set<string>();
  for (const name of results) reach(name, flows, reached);
  // The receiver and all parameters are there without being named.
  if ([...NO_ARGUMENT_NEEDED].some((name) => reached.has(name)))
    for (const { name } of fn.parameters) reached.add(name);
  known.set(fn.body, reached);
  return reached;
}

function reach(name: string, flows: Flows, reached: Set<string>): void {
  if (reached.has(name)) return;
  reached.add(name);
  for (const source of flows.get(name) ?? []) reach(source, flows, reached);
}

function collect(block: readonly Statement[], flows: Flows, results: Set<string>): void {
  for (const statement of block) {
    for (const expr of expressionsOf(statement)) collectInside(expr, flows, results);
    collectStatement(statement, flows, results);
    if (statement.kind === "function" || statement.kind === "class") {
      const inner = new Set<string>();
      collect(statement.body, flows, inner);
      namesInBlock([statement], inner);
      flowAll(flows, [statement.name], inner);
    } else for (const inner of blocksOf(statement)) collect(inner, flows, results);
  }
}

function collectStatement(statement: Statement, flows: Flows, results: Set<string>): void {
  switch (statement.kind) {
    case "return":
      if (statement.value !== null) addNames(statement.value, results);
      return;
    case "assign":
      for (const target of statement.targets)
        if (statement.value !== null) flowInto(target, [statement.value], flows);
      return;
    case "augmented":
      flowInto(statement.target, [statement.value], flows);
      return;
    case "for":
      flowInto(statement.target, [statement.iterable], flows);
      return;
    case "with":
      for (const { context, target } of statement.items)
        if (target !== null) flowInto(target, [context], flows);
      return;
    case "try":
      for (const { name, types } of statement.handlers)
        if (name !== null && types !== null) flowAll(flows, [name], namesOf([types]));
      return;
    default:
  }
}

/** What happens inside an expression: yields, names bound by `:=` and comprehensions, calls that fill what they are called on. */
function collectInside(expr: Expr, flows: Flows, results: Set<string>): void {
  visitExpressions(expr, (part) => {
    if (part.kind === "yield" || part.kind === "yield-from")
      for (const operand of part.operands) addNames(operand, results);
    if (part.kind === "walrus") flowAll(flows, [part.name], namesOf([part.value]));
    if (part.kind === "comprehension")
      for (const { iterable, target } of part.clauses) flowInto(target, [iterable], flows);
    if (part.kind === "call") {
      const given = namesOf([...part.args, ...part.keywords.map(({ value }) => value)]);
      // `items.append(x)`, `isinstance(x, T)`, `session.add(x)`: whatever takes part may know of the others afterwards.
      flowAll(flows, [...namesOf([part.callee]), ...given], given);
    }
  });
}

function flowInto(target: Expr, sources: readonly Expr[], flows: Flows): void {
  const indices = target.kind === "subscript" ? target.indices : [];
  flowAll(flows, namesOf([target]), namesOf([...sources, ...indices]));
}

function flowAll(flows: Flows, targets: Iterable<string>, sources: Iterable<string>): void {
  for (const target of targets) {
    const into = flows.get(target) ?? new Set();
    for (const source of sources) into.add(source);
    flows.set(target, into);
  }
}

function namesOf(exprs: readonly Expr[]): Set<string> {
  const names = new Set<string>();
  for (const expr of exprs) addNames(expr, names);
  return names;
}

function addNames(expr: Expr, names: Set<string>): void {
  visitExpressions(expr, (part) => {
    if (part.kind === "name") names.add(part.id);
    if (part.kind === "lambda")
      for (const { default: fallback } of part.parameters) if (fallback !== null) addNames(fallback, names);
  });
}

function namesInBlock(block: readonly Statement[], names: Set<string>): void {
  for (const statement of block) {
    for (const expr of expressionsOf(statement)) addNames(expr, names);
    for (const inner of blocksOf(statement)) namesInBlock(inner, names);
  }
}
