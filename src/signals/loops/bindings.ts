// What names are bound to, scope by scope, as far as the code of one file tells: enough to see that a loop runs over a list written out
// a few lines above, or that a queryset was built before the loop.
import type { ModuleInfo } from "../../evaluation/module-info.ts";
import type { Expr, FunctionStatement, Statement } from "../../model/code.ts";
import { blocksOf, expressionsOf, visitExpressions } from "../../text/visit-code.ts";

/** One binding of a name. */
export interface Binding {
  readonly at: number;
  /** The value assigned; null for whatever else binds or changes: a parameter, a loop, `rows.append(…)`. */
  readonly value: Expr | null;
}

interface Scope {
  readonly start: number;
  readonly end: number;
  readonly names: Map<string, Binding[]>;
}

const known = new WeakMap<ModuleInfo, readonly Scope[]>();

/** All bindings of a name in the scope that an expression at `offset` takes it from; none for names from elsewhere. */
export function bindingsOf(module: ModuleInfo, name: string, offset: number): readonly Binding[] {
  let scopes = known.get(module);
  if (scopes === undefined) {
    scopes = readScopes(module);
    known.set(module, scopes);
  }
  const around = scopes.filter(({ start, end }) => start <= offset && offset < end);
  return around.findLast(({ names }) => names.has(name))?.names.get(name) ?? [];
}

/** The module's scope first, functions in source order, so that later ones lie inside. */
function readScopes(module: ModuleInfo): Scope[] {
  const scopes: Scope[] = [{ start: 0, end: Number.POSITIVE_INFINITY, names: new Map() }];
  readBlock(module.facts.body, scopes, scopes[0]);
  return scopes;
}

function readBlock(block: readonly Statement[], scopes: Scope[], scope: Scope | undefined): void {
  if (scope === undefined) return;
  for (const statement of block) {
    if (statement.kind === "function") {
      bind(scope, statement.name, { at: statement.start, value: null });
      readFunction(statement, scopes);
    } else if (statement.kind === "class") {
      bind(scope, statement.name, { at: statement.start, value: null });
      // Methods do not see the names of their class.
      readBlock(statement.body, scopes, { start: 0, end: 0, names: new Map() });
    } else {
      readBindings(statement, scope);
      for (const inner of blocksOf(statement)) readBlock(inner, scopes, scope);
    }
  }
}

function readFunction(fn: FunctionStatement, scopes: Scope[]): void {
  const scope: Scope = { start: fn.start, end: fn.end, names: new Map() };
  scopes.push(scope);
  for (const { name } of fn.parameters) bind(scope, name, { at: fn.start, value: null });
  readBlock(fn.body, scopes, scope);
}

function bind({ names }: Scope, name: string, binding: Binding): void {
  const bound = names.get(name);
  if (bound === undefined) names.set(name, [binding]);
  else bound.push(binding);
}

const CHANGES = /^(?:append|appendleft|extend|insert|add|update|setdefault|clear|pop|remove)$/;

function readBindings(statement: Statement, scope: Scope): void {
  const at = statement.start;
  if (statement.kind === "assign" && statement.value !== null)
    for (const target of statement.targets) bindTarget(scope, target, at, statement.value);
  if (statement.kind === "augmented") bindTarget(scope, statement.target, at, null);
  if (statement.kind === "for") bindTarget(scope, statement.target, at, null);
  if (statement.kind === "import")
    bind(scope, statement.alias ?? statement.name ?? statement.module, { at, value: null });
  if (statement.kind === "with")
    for (const { target } of statement.items) if (target !== null) bindTarget(scope, target, at, null);
  if (statement.kind === "match")
    for (const { binds } of statement.cases)
      for (const name of binds) bind(scope, name, { at: statement.start, value: null });
  for (const expr of expressionsOf(statement))
    visitExpressions(expr, (part) => {
      if (part.kind === "walrus") bind(scope, part.name, { at: part.start, value: part.value });
      if (part.kind !== "call" || part.callee.kind !== "attribute" || !CHANGES.test(part.callee.name)) return;
      if (part.callee.base.kind === "name") bind(scope, part.callee.base.id, { at: part.start, value: null });
    });
}

function bindTarget(scope: Scope, target: Expr, at: number, value: Expr | null): void {
  if (target.kind === "name") bind(scope, target.id, { at, value });
  else if (target.kind === "subscript") bindTarget(scope, target.base, at, null);
  else if (target.kind === "tuple" || target.kind === "list")
    for (const item of target.items) bindTarget(scope, item, at, null);
  else if (target.kind === "star") for (const item of target.operands) bindTarget(scope, item, at, null);
}
