// DATABASES of Django: a literal, filled in later, built by helpers, or kept in a class. The same alias in several settings
// files is one database; development settings speak only where no others do.
import { joinAll } from "../../evaluation/atoms.ts";
import { evaluate } from "../../evaluation/evaluate-expression.ts";
import type { Atom, MappingAtom, Value } from "../../evaluation/value.ts";
import type { Expr, Statement } from "../../model/code.ts";
import { blocksOf, visitStatements } from "../../text/visit-code.ts";
import {
  type SettingsPurpose,
  type SettingsScope,
  settingsScopes,
  settingValue,
} from "../django-settings.ts";
import { evidenceAt, type ProjectView } from "../project-view.ts";
import type { FoundDatabase } from "./found-database.ts";
import {
  type EngineName,
  enginesOfBackends,
  enginesOfUrls,
  readExpr,
  textsOf,
  uniqueEngines,
} from "./reading.ts";

interface Entry {
  readonly alias: string;
  readonly engines: readonly EngineName[];
  readonly at: number;
  readonly scope: SettingsScope;
}

const ORDER: readonly SettingsPurpose[] = ["production", "base", "other", "development"];

/** One database an alias, in the order of their names' first appearance; test databases are left out. */
export function djangoDatabases(view: ProjectView): FoundDatabase[] {
  const entries = settingsScopes(view)
    .toSorted((left, right) => ORDER.indexOf(left.purpose) - ORDER.indexOf(right.purpose))
    .flatMap((scope) => entriesOf(view, scope))
    .filter(({ alias }) => !/^(?:tests?|testing)$/i.test(alias));
  const serious = entries.filter(({ scope }) => scope.purpose !== "development");
  const aliases = [...new Set((serious.length > 0 ? serious : entries).map(({ alias }) => alias))];
  return aliases.map((alias) => {
    const same = entries.filter((entry) => entry.alias === alias);
    const trusted = same.filter(({ scope }) => scope.purpose !== "development");
    const used = trusted.some(({ engines }) => engines.length > 0) ? trusted : same;
    const places = used.map(({ scope, at }) => evidenceAt(scope.module, at, `DATABASES has "${alias}"`));
    return {
      alias,
      engines: uniqueEngines(used.flatMap(({ engines }) => engines)),
      evidence: places.slice(0, 2),
    };
  });
}

/** What one settings file or class says of each alias. */
function entriesOf(view: ProjectView, scope: SettingsScope): Entry[] {
  const written = new Map<string, { exprs: Expr[]; at: number }>();
  const note = (alias: string, expr: Expr, at: number): void => {
    const known = written.get(alias) ?? { exprs: [], at };
    known.exprs.push(expr);
    written.set(alias, known);
  };
  const whole: { expr: Expr; at: number }[] = [];
  for (const statement of ownStatements(scope.body))
    readStatement(statement, note, (expr, at) => whole.push({ expr, at }));
  const entries = [...written].map(([alias, { exprs, at }]) => ({
    alias,
    at,
    scope,
    engines: uniqueEngines(exprs.flatMap((expr) => enginesOfExpr(view, scope, expr))),
  }));
  const built = whole.flatMap(({ expr, at }) => entriesOfWhole(view, scope, expr, at));
  const bound = settingValue(view, scope, "DATABASES");
  const [place] = [...entries, ...built].map(({ at }) => at);
  // An alias that only the value shows (a star import, a helper that returns the mapping) is told by the value.
  const evaluated =
    bound === null || place === undefined
      ? []
      : mappings(bound).flatMap((mapping) =>
          [...mapping.entries]
            .filter(([alias]) => ![...entries, ...built].some((entry) => entry.alias === alias))
            .map(([alias, value]) => ({ alias, at: place, scope, engines: enginesOfValue(value) })),
        );
  return [...entries, ...built, ...evaluated];
}

/** Statements of the scope itself, in branches too, without the bodies of functions and classes. */
function ownStatements(body: readonly Statement[]): Statement[] {
  return body.flatMap((statement) => {
    if (statement.kind === "class") return [];
    if (statement.kind === "function") return statement.name === "DATABASES" ? [statement] : [];
    return [statement, ...blocksOf(statement).flatMap(ownStatements)];
  });
}

type Note = (alias: string, expr: Expr, at: number) => void;

function readStatement(statement: Statement, note: Note, whole: (expr: Expr, at: number) => void): void {
  if (statement.kind === "function") {
    // A property of class-based settings.
    visitStatements(statement.body, (inner) => {
      if (inner.kind === "return" && inner.value !== null) readMapping(inner.value, note, whole);
    });
    return;
  }
  if (statement.kind === "assign" && statement.value !== null) {
    for (const target of statement.targets) {
      if (isDatabases(target)) readMapping(statement.value, note, whole);
      const alias = aliasOf(target);
      if (alias !== null) note(alias, statement.value, statement.start);
    }
  }
  if (statement.kind === "augmented" && isDatabases(statement.target))
    readMapping(statement.value, note, whole);
  if (statement.kind !== "expression" || statement.value.kind !== "call") return;
  const { callee, args } = statement.value;
  const [first, second] = args;
  if (callee.kind !== "attribute" || first === undefined) return;
  if (isDatabases(callee.base)) {
    if (callee.name === "update") readMapping(first, note, whole);
    const alias = constant(first);
    if (callee.name === "setdefault" && alias !== null && second !== undefined)
      note(alias, second, statement.start);
  }
  const alias = aliasOf(callee.base);
  if (alias !== null && callee.name === "update") note(alias, first, statement.start);
}

function readMapping(expr: Expr, note: Note, whole: (expr: Expr, at: number) => void): void {
  if (expr.kind !== "dict") {
    whole(expr, expr.start);
    return;
  }
  for (const { key, value } of expr.entries) {
    const alias = key === null ? null : constant(key);
    if (alias === null) whole(value, value.start);
    else note(alias, value, value.start);
  }
}

function isDatabases(expr: Expr): boolean {
  return expr.kind === "name"
    ? expr.id === "DATABASES"
    : expr.kind === "attribute" && expr.name === "DATABASES";
}

/** The alias of `DATABASES["replica"]`, and of `DATABASES["replica"]["ENGINE"]` where it names the engine. */
function aliasOf(expr: Expr): string | null {
  if (expr.kind !== "subscript") return null;
  const [index] = expr.indices;
  const key = index === undefined ? null : constant(index);
  if (isDatabases(expr.base)) return key;
  return key === "ENGINE" ? aliasOf(expr.base) : null;
}

function constant(expr: Expr): string | null {
  return expr.kind === "string" && expr.parts.every((part) => typeof part === "string")
    ? expr.parts.join("")
    : null;
}

function enginesOfExpr(view: ProjectView, scope: SettingsScope, expr: Expr): EngineName[] {
  const value = evaluate(view.world, scope.frame, expr);
  const found = enginesOfValue(value);
  if (found.length > 0) return found;
  const engine =
    expr.kind === "dict"
      ? expr.entries.find(({ key }) => key !== null && constant(key) === "ENGINE")
      : undefined;
  const { texts } = readExpr(view, scope.frame, engine?.value ?? expr);
  return [...enginesOfBackends(texts), ...enginesOfUrls(texts)];
}

/** The engine of a mapping's ENGINE, or of a URL handed to the helper that makes the mapping. */
function enginesOfValue(value: Value): EngineName[] {
  const declared = mappings(value).flatMap(({ entries }) => {
    const texts = new Set<string>();
    textsOf(entries.get("ENGINE") ?? [], texts);
    return enginesOfBackends([...texts]);
  });
  if (declared.length > 0) return uniqueEngines(declared);
  const texts = new Set<string>();
  textsOf(value, texts);
  return [...enginesOfUrls([...texts]), ...enginesOfBackends([...texts])];
}

function mappings(value: Value): MappingAtom[] {
  return value.filter((atom: Atom): atom is MappingAtom => atom.kind === "mapping");
}

/** `DATABASES = {…helper…}` that is not written out: the mapping it evaluates to, else one database by what is in it. */
function entriesOfWhole(view: ProjectView, scope: SettingsScope, expr: Expr, at: number): Entry[] {
  const value = joinAll([evaluate(view.world, scope.frame, expr)]);
  const entries = mappings(value).flatMap((mapping) => [...mapping.entries]);
  if (entries.length > 0 && !entries.some(([key]) => key === "ENGINE"))
    return entries.map(([alias, inner]) => ({ alias, at, scope, engines: enginesOfValue(inner) }));
  // `from .base import DATABASES`-like names bind what another file says already.
  if (expr.kind === "name" || expr.kind === "attribute") return [];
  if (expr.kind === "dict" && expr.entries.length === 0) return [];
  return [{ alias: "default", at, scope, engines: enginesOfExpr(view, scope, expr) }];
}
