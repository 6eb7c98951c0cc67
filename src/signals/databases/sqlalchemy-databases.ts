// Engines of SQLAlchemy, and the URLs that Flask's configuration and alembic.ini hold. A project makes several engines for
// one database (sync beside async, one a process): engines are told apart by the names of the settings they are read from.
import { constantText } from "../../evaluation/atoms.ts";
import { evaluate } from "../../evaluation/evaluate-expression.ts";
import type { ExternalCall } from "../../evaluation/events.ts";
import type { Frame } from "../../evaluation/frame.ts";
import type { ModuleInfo } from "../../evaluation/module-info.ts";
import { UNKNOWN } from "../../evaluation/value.ts";
import type { Expr, Statement } from "../../model/code.ts";
import type { Evidence } from "../../model/report.ts";
import { blocksOf, expressionsOf, visitExpressions, visitStatements } from "../../text/visit-code.ts";
import { assignedName, callAt } from "../code-at.ts";
import { evidenceAt, type ProjectView } from "../project-view.ts";
import type { FoundDatabase } from "./found-database.ts";
import { type EngineName, enginesOfUrls, readExpr, textsOf, uniqueEngines } from "./reading.ts";

interface Source {
  /** Words that tell this database from the project's others; "" for the main one. */
  readonly words: string;
  /** The variable, setting or bind; null where it has no name of its own. */
  readonly alias: string | null;
  readonly engines: readonly EngineName[];
  readonly evidence: Evidence;
}

const ENGINE_CALLS =
  /^(?:sqlalchemy\.create_engine|sqlmodel\.create_engine|sqlalchemy\.ext\.asyncio\.create_async_engine|sqlalchemy\.(?:ext\.asyncio\.)?(?:async_)?engine_from_config|sqlalchemy\.create_async_engine|sqlalchemy\.ext\.asyncio\.create_async_pool_from_url|databases\.Database|gino(?:\.\w+)*\.Gino\.(?:set_bind|with_bind)|advanced_alchemy(?:\.\w+)*\.SQLAlchemy\w*Config|litestar(?:\.\w+)*\.SQLAlchemy\w*Config)$/;

/** Databases that engines and settings of SQLAlchemy lead to, the main one first. */
export function sqlalchemyDatabases(view: ProjectView): FoundDatabase[] {
  const calls = view.externalCalls
    .filter(({ name }) => ENGINE_CALLS.test(name))
    .map((call) => sourceOfCall(view, call));
  const configured = view.modules.flatMap((module) => configuredIn(view, module));
  const sources = [...configured, ...calls];
  const all = sources.length > 0 ? sources : fromAlembic(view);
  return mergeEngineNamed(
    group(all.filter(({ words }) => !/\b(?:tests?|testing|pytest|mock)\b/.test(words))),
  );
}

function group(sources: readonly Source[]): Map<string, FoundDatabase> {
  const found = new Map<string, FoundDatabase>();
  for (const words of new Set(sources.map((source) => source.words))) {
    const same = sources.filter((source) => source.words === words);
    const taken = new Set([...found.values()].map(({ alias }) => alias));
    const alias = same.map((source) => source.alias).find((name) => name !== null && !taken.has(name));
    found.set(words, {
      // `engines = {"writer": …, "reader": …}` gives both one name: the setting tells them apart.
      alias: alias ?? (words === "" ? "engine" : words),
      engines: uniqueEngines(same.flatMap(({ engines }) => engines)),
      evidence: same.slice(0, 2).map(({ evidence }) => evidence),
    });
  }
  return found;
}

/** `POSTGRES_URL` beside `DATABASE_URL` of the same engine is the same database under another name. */
function mergeEngineNamed(found: Map<string, FoundDatabase>): FoundDatabase[] {
  const main = found.get("");
  return [...found]
    .filter(([words, { engines }]) => {
      if (words === "" || main === undefined) return true;
      const isMain =
        engines.length === 0 ||
        engines.some(({ engine }) => main.engines.some((other) => other.engine === engine));
      return !(isMain && words.split(" ").every((word) => ENGINE_WORDS.test(word)));
    })
    .sort(([left], [right]) => (left === "" ? -1 : right === "" ? 1 : 0))
    .map(([, database]) => database);
}

const ENGINE_WORDS = /^(?:postgres(?:ql)?|pg|psql|mysql|mariadb|sqlite3?|oracle|mssql|sql)$/;

function sourceOfCall(view: ProjectView, call: ExternalCall): Source {
  const { site, args, keywords } = call;
  const expr = callAt(site.module, site);
  const given = urlExpr(expr);
  // A name inside a function may be local to it: there, only what the call was seen to receive is known.
  const frame = site.module.frame;
  const read = given === null ? { texts: [], names: [] } : readExpr(view, frame, given);
  const seen = new Set<string>(read.texts);
  textsOf(args[0] ?? keywords.get("url") ?? keywords.get("connection_string") ?? UNKNOWN, seen);
  const alias = assignedName(site.module, site.start);
  const isScheme = given?.kind === "call";
  const engines = enginesOfUrls([...seen], isScheme);
  const says =
    engines[0] === undefined ? "makes a database engine" : `makes an engine for ${engines[0].engine}`;
  return {
    words: distinctWords(read.names, [...seen], alias ?? ""),
    alias,
    engines,
    evidence: evidenceAt(site.module, site.start, says),
  };
}

function urlExpr(expr: ReturnType<typeof callAt>): Expr | null {
  if (expr === null) return null;
  const named = expr.keywords.find(({ name }) => name === "url" || name === "connection_string");
  return named?.value ?? expr.args[0] ?? null;
}

/** Words of names that every database setting bears, and words for the main one among several. */
const NOISE =
  /^(?:a?sync|aio|aiosqlite|asyncpg|psycopg2?|sqlalchemy|alembic|flask|fastapi|django|app|application|api|service|server|settings?|conf|configs?|configuration|core|get|make|build|create|database|databases|db|url|uri|dsn|connection|connections?|connect|conn|string|str|path|file|filename|name|engine|engines|options?|params|kwargs|args|self|cls|os|environ|env|getenv|default|defaults|main|master|primary|writer|write|rw|base|dir|root|home|user|username|password|pass|host|hostname|port|driver|drivername|pool|size|overflow|echo|future|key|value|data|format|replace|render|as|to|of|and|or|the|full|get_secret_value|secret|unicode|none|prod|production|dev|development|local|debug|with|from|raw|current|my|project|instance|dialect|scheme|query|bool|int|is|for|in|if|join|basedir|parent|cwd|ini|section|options|prefix|sa|pre|ping|recycle|timeout|u|s|c|e|p)$/;

/** The words by which a setting's name differs from `DATABASE_URL`; for a URL in plain text, its file or database. */
function distinctWords(names: readonly string[], texts: readonly string[], alias: string): string {
  const settings = names.filter((name) => /url|uri|dsn|db|database|conn/i.test(name));
  const words = [...new Set(settings.flatMap(wordsOf))].filter(
    (word) => !NOISE.test(word) && !/^\d+$/.test(word),
  );
  if (settings.length > 0 || texts.length === 0) return words.sort().join(" ");
  return wordsOf(alias)
    .filter((word) => !NOISE.test(word) && !ENGINE_WORDS.test(word))
    .join(" ");
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** `SQLALCHEMY_DATABASE_URI` and `SQLALCHEMY_BINDS` in modules, classes, `app.config[…]` and `from_mapping(…)`. */
function configuredIn(view: ProjectView, module: ModuleInfo): Source[] {
  const found: Source[] = [];
  const visit = (body: readonly Statement[], frame: Frame, owner: string | null): void => {
    for (const statement of body) {
      if (statement.kind === "class") {
        const cls = view.classes.find((one) => one.module === module && one.statement === statement);
        visit(statement.body, cls?.frame ?? frame, statement.name);
        continue;
      }
      for (const [key, value] of settingsOf(statement))
        found.push(...sourcesOfSetting(view, module, frame, owner, key, value));
      for (const block of blocksOf(statement)) visit(block, frame, owner);
    }
  };
  if (mentions(module)) visit(module.facts.body, module.frame, null);
  return found;
}

const mentioning = new WeakMap<ModuleInfo, boolean>();

/** Whether the module names one of the settings at all, so that most modules are passed over. */
function mentions(module: ModuleInfo): boolean {
  const known = mentioning.get(module);
  if (known !== undefined) return known;
  let isThere = false;
  visitStatements(module.facts.body, (statement) => {
    isThere ||= settingsOf(statement).length > 0;
  });
  mentioning.set(module, isThere);
  return isThere;
}

const SETTING = /^SQLALCHEMY_(?:DATABASE_UR[IL]|BINDS)$/;

function settingsOf(statement: Statement): (readonly [string, Expr])[] {
  if (statement.kind === "assign" && statement.value !== null) {
    const { value } = statement;
    return statement.targets.flatMap((target) => {
      const name = settingName(target);
      return name === null ? [] : [[name, value] as const];
    });
  }
  if (statement.kind !== "expression" && statement.kind !== "return") return [];
  const found: (readonly [string, Expr])[] = [];
  for (const expr of expressionsOf(statement))
    visitExpressions(expr, (part) => {
      if (part.kind === "call")
        for (const { name, value } of part.keywords)
          if (name !== null && SETTING.test(name)) found.push([name, value]);
      if (part.kind === "dict")
        for (const { key, value } of part.entries) {
          const name = key?.kind === "string" ? key.parts.join("") : null;
          if (name !== null && SETTING.test(name)) found.push([name, value]);
        }
    });
  return found;
}

function settingName(target: Expr): string | null {
  const name =
    target.kind === "name"
      ? target.id
      : target.kind === "attribute"
        ? target.name
        : target.kind === "subscript" && target.indices[0]?.kind === "string"
          ? target.indices[0].parts.join("")
          : "";
  return SETTING.test(name) ? name : null;
}

function sourcesOfSetting(
  view: ProjectView,
  module: ModuleInfo,
  frame: Frame,
  owner: string | null,
  key: string,
  value: Expr,
): Source[] {
  // `class TestingConfig`: its database is no second one.
  if (owner !== null && /test/i.test(owner)) return [];
  if (!key.endsWith("BINDS")) {
    const engines = enginesOfUrls(readExpr(view, frame, value).texts);
    return [
      { words: "", alias: "default", engines, evidence: evidenceAt(module, value.start, `sets ${key}`) },
    ];
  }
  const binds = evaluate(view.world, frame, value).flatMap((atom) =>
    atom.kind === "mapping" ? [...atom.entries] : [],
  );
  return binds.map(([bind, url]) => {
    const texts = new Set<string>();
    textsOf(url, texts);
    const written =
      value.kind === "dict"
        ? value.entries.find(({ key: name }) => name?.kind === "string" && name.parts.join("") === bind)
        : undefined;
    if (written !== undefined) for (const text of readExpr(view, frame, written.value).texts) texts.add(text);
    const evidence = evidenceAt(module, written?.value.start ?? value.start, `binds "${bind}"`);
    return { words: `bind ${bind}`, alias: bind, engines: enginesOfUrls([...texts]), evidence };
  });
}

/** `sqlalchemy.url` of alembic.ini, where nothing in the code names a database. */
function fromAlembic(view: ProjectView): Source[] {
  return view.project.texts.flatMap(({ path, text }) => {
    if (!path.endsWith(".ini")) return [];
    return text.split(/\r\n|\r|\n/).flatMap((line, index) => {
      const url = /^\s*sqlalchemy\.url\s*[=:]\s*(\S+)/.exec(line)?.[1];
      const engines = url === undefined ? [] : enginesOfUrls([url]);
      const evidence = { path, line: index + 1, says: "sets sqlalchemy.url" };
      return engines.length === 0 ? [] : [{ words: "", alias: "default", engines, evidence }];
    });
  });
}

/** The database key of a mapped class: `__bind_key__ = "archive"`. */
export function bindKeys(view: ProjectView): { readonly key: string; readonly evidence: Evidence }[] {
  return view.classes.flatMap((cls) => {
    const binding = cls.frame.environment.get("__bind_key__");
    const key = binding === undefined || "lazy" in binding ? null : constantText(binding);
    if (key === null) return [];
    return [
      { key, evidence: evidenceAt(cls.module, cls.statement.start, `${cls.name} is bound to "${key}"`) },
    ];
  });
}
