// What an expression says of a database: the texts and names that can be found in it and in what it evaluates to. Settings
// come through many helpers (env(), config(), str(), build()); whatever their name, the default value is among the arguments.
import { evaluate } from "../../evaluation/evaluate-expression.ts";
import type { Frame } from "../../evaluation/frame.ts";
import type { Value } from "../../evaluation/value.ts";
import { databaseOfUrl } from "../../knowledge/database-urls.ts";
import { DJANGO_BACKENDS, databaseOfDjangoBackend } from "../../knowledge/django-backends.ts";
import type { Expr } from "../../model/code.ts";
import { partsOf } from "../../text/visit-code.ts";
import type { ProjectView } from "../project-view.ts";

export interface EngineName {
  readonly engine: string;
  readonly driver: string | null;
}

/** How far expressions and values are followed. */
const MAX_DEPTH = 6;
const MAX_TEXTS = 60;

export interface Reading {
  /** Constant texts, unknown parts left out. They may hold secrets: never quote them. */
  readonly texts: readonly string[];
  /** Names of variables, settings and environment variables it is read from. */
  readonly names: readonly string[];
}

/** Reads an expression where it stands in a module or class body. */
export function readExpr(view: ProjectView, frame: Frame, expr: Expr): Reading {
  const texts = new Set<string>();
  const names = new Set<string>();
  follow(view, frame, expr, texts, names, 0);
  return { texts: [...texts], names: [...names] };
}

function follow(
  view: ProjectView,
  frame: Frame,
  expr: Expr,
  texts: Set<string>,
  names: Set<string>,
  depth: number,
): void {
  if (depth > MAX_DEPTH || texts.size > MAX_TEXTS) return;
  if (expr.kind === "name") names.add(expr.id);
  if (expr.kind === "attribute") names.add(expr.name);
  const value = evaluate(view.world, frame, expr);
  textsOf(value, texts, 0);
  if (expr.kind === "string" || expr.kind === "lambda") return;
  for (const text of environmentNames(expr)) names.add(text);
  if (expr.kind === "attribute") return;
  if (expr.kind === "call" && expr.callee.kind === "attribute" && expr.callee.base.kind !== "name")
    follow(view, frame, expr.callee.base, texts, names, depth + 1);
  const parts = expr.kind === "call" ? partsOf(expr).slice(1) : partsOf(expr);
  for (const part of parts) follow(view, frame, part, texts, names, depth + 1);
}

/** The variable of `os.environ["X"]`, `os.getenv("X", …)`, `env.db("X")`, `config("X")`. */
function environmentNames(expr: Expr): string[] {
  const first = expr.kind === "call" ? expr.args[0] : expr.kind === "subscript" ? expr.indices[0] : undefined;
  if (first?.kind !== "string" || first.parts.length !== 1) return [];
  const [text] = first.parts;
  return typeof text === "string" && /^[A-Z][A-Z0-9_]{2,60}$/.test(text) ? [text] : [];
}

/** Constant texts of a value, those that instances were made from included. */
export function textsOf(value: Value, into: Set<string>, depth = 0): void {
  if (depth > MAX_DEPTH || into.size > MAX_TEXTS) return;
  for (const atom of value) {
    switch (atom.kind) {
      case "text":
        into.add(atom.parts.map((part) => part ?? "").join(""));
        break;
      case "instance":
        for (const inner of [
          ...(atom.construction?.args ?? []),
          ...(atom.construction?.keywords.values() ?? []),
        ])
          textsOf(inner, into, depth + 1);
        break;
      case "sequence":
        for (const inner of atom.items ?? [atom.element]) textsOf(inner, into, depth + 1);
        break;
      case "mapping":
        for (const inner of atom.entries.values()) textsOf(inner, into, depth + 1);
        break;
      case "method":
        textsOf([atom.receiver], into, depth + 1);
        break;
      default:
    }
  }
}

/** Databases that texts name as URLs: `postgresql+asyncpg://…`, and a bare scheme where `isScheme` allows it. */
export function enginesOfUrls(texts: readonly string[], isScheme = false): EngineName[] {
  return uniqueEngines(
    texts.flatMap((text) => {
      const isUrl = /^[a-z][\w.+]*:/i.test(text) || (isScheme && /^[a-z]\w+(?:\+\w+)?$/i.test(text));
      const found = isUrl ? databaseOfUrl(text) : null;
      return found === null || found.engine === "redis"
        ? []
        : [{ engine: found.engine, driver: found.driver }];
    }),
  );
}

/** Databases that texts name as a backend of Django: "django.db.backends.postgresql". */
export function enginesOfBackends(texts: readonly string[]): EngineName[] {
  return uniqueEngines(
    texts.flatMap((text) => {
      // `NAME: "db.sqlite3"` is a file, and "postgres" may be a host or a user: only what looks like a module counts.
      const isModule =
        /^[\w.]+$/.test(text) &&
        (DJANGO_BACKENDS.includes(text) || /(?:^|\.)(?:\w*backends?|db|engines?)\.\w+\.?\w*$/.test(text));
      if (!isModule || /^[\w-]+\.(?:sqlite3?|db)$/.test(text)) return [];
      const found = databaseOfDjangoBackend(text);
      return found === null ? [] : [{ engine: found.engine, driver: null }];
    }),
  );
}

export function uniqueEngines(found: readonly EngineName[]): EngineName[] {
  return found.filter(
    ({ engine, driver }, index) =>
      found.findIndex((other) => other.engine === engine && other.driver === driver) === index,
  );
}
