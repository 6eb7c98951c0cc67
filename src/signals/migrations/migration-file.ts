// What a Python file says about being a migration, and of which tool: by what it defines, never by its name alone.
import type {
  ClassStatement,
  Expr,
  FunctionStatement,
  ImportStatement,
  Statement,
} from "../../model/code.ts";
import type { FileFacts } from "../../model/facts.ts";
import { folderOf, nameOf } from "../../text/path.ts";

export interface MigrationFile {
  readonly tool: string;
  /** Offset of what shows it. */
  readonly at: number;
  readonly says: string;
  /** Names of migrations that this one stands for (Django's squashed migrations). */
  readonly replaces: readonly string[];
}

interface Outline {
  readonly imports: readonly ImportStatement[];
  readonly classes: readonly ClassStatement[];
  readonly functions: readonly FunctionStatement[];
  /** Names assigned at the top level, with offset and value. */
  readonly assigned: ReadonlyMap<string, { readonly at: number; readonly value: Expr | null }>;
}

type Reader = (outline: Outline, path: string) => MigrationFile | null;

/** The tool whose migration a file is, or null. Reads the file's top level only. */
export function migrationOf(file: FileFacts): MigrationFile | null {
  if (nameOf(file.path) === "__init__.py") return null;
  const outline = outlineOf(file.body);
  for (const read of READERS) {
    const found = read(outline, file.path);
    if (found !== null) return found;
  }
  return null;
}

function outlineOf(body: readonly Statement[]): Outline {
  const assigned = new Map<string, { at: number; value: Expr | null }>();
  for (const statement of body) {
    if (statement.kind !== "assign") continue;
    for (const target of statement.targets)
      if (target.kind === "name") assigned.set(target.id, { at: statement.start, value: statement.value });
  }
  return {
    imports: importsIn(body),
    classes: body.filter((statement) => statement.kind === "class"),
    functions: body.filter((statement) => statement.kind === "function"),
    assigned,
  };
}

/** Imports of the top level, those in `try:` included. */
function importsIn(body: readonly Statement[]): ImportStatement[] {
  return body.flatMap((statement) => {
    if (statement.kind === "import") return [statement];
    return statement.kind === "try" ? importsIn(statement.body) : [];
  });
}

function importsFrom(outline: Outline, pattern: RegExp): ImportStatement | null {
  return (
    outline.imports.find(
      ({ module, name, level }) => level === 0 && pattern.test(name === null ? module : `${module}.${name}`),
    ) ?? null
  );
}

function migration(tool: string, at: number, says: string): MigrationFile {
  return { tool, at, says, replaces: [] };
}

/** `class Migration(migrations.Migration)` below a folder `migrations`; South's were called the same in Django before 1.7. */
const django: Reader = (outline) => {
  const cls = outline.classes.find(({ name }) => name === "Migration");
  if (cls === undefined) return null;
  const south = importsFrom(outline, /^south\b/);
  if (south !== null) return migration("south", cls.start, "a migration of South");
  const known = /^(?:orator|masoniteorm)\.migrations/;
  if (importsFrom(outline, known) !== null) return null;
  const isDjango = cls.bases.some((base) => /^(?:\w*[Mm]igrations?\.)?(?:\w*Migration)$/.test(dotted(base)));
  if (!isDjango) return null;
  return { tool: "django", at: cls.start, says: "a migration of Django", replaces: replacedBy(cls) };
};

function dotted(expr: Expr): string {
  if (expr.kind === "name") return expr.id;
  return expr.kind === "attribute" ? `${dotted(expr.base)}.${expr.name}` : "";
}

/** `replaces = [("shop", "0001_initial"), …]`: the names, as file stems. */
function replacedBy(cls: ClassStatement): string[] {
  return cls.body.flatMap((statement) => {
    if (statement.kind !== "assign" || statement.value === null) return [];
    const [target] = statement.targets;
    if (target?.kind !== "name" || target.id !== "replaces") return [];
    const { value } = statement;
    if (value.kind !== "list" && value.kind !== "tuple") return [];
    return value.items.flatMap((item) => {
      const last = item.kind === "tuple" || item.kind === "list" ? item.items.at(-1) : undefined;
      return last?.kind === "string" && last.parts.every((part) => typeof part === "string")
        ? [last.parts.join("")]
        : [];
    });
  });
}

/** A revision of Alembic: `revision` and `down_revision`, or `upgrade()` beside `revision` and an import of its `op`. */
const alembic: Reader = (outline) => {
  const revision = outline.assigned.get("revision");
  if (revision === undefined) return null;
  const isRevision = outline.assigned.has("down_revision") || importsFrom(outline, /^alembic\b/) !== null;
  return isRevision ? migration("alembic", revision.at, "a revision of Alembic") : null;
};

const aerich: Reader = (outline, path) => {
  const upgrade = outline.functions.find(({ name, isAsync }) => name === "upgrade" && isAsync);
  if (upgrade === undefined) return null;
  const isTortoise = importsFrom(outline, /^tortoise\b/) !== null;
  const returnsText = upgrade.returns !== null && dotted(upgrade.returns) === "str";
  return isTortoise && (returnsText || /(?:^|\/)migrations\//.test(path))
    ? migration("aerich", upgrade.start, "a migration of aerich")
    : null;
};

const byImport: readonly {
  readonly tool: string;
  readonly imports: RegExp;
  readonly defines: RegExp | null;
}[] = [
  { tool: "yoyo", imports: /^yoyo\b.*\b(?:step|group|transaction|ignore_errors)$|^yoyo$/, defines: null },
  { tool: "piccolo", imports: /^piccolo\.apps\.migrations\b/, defines: /^forwards$/ },
  { tool: "sqlalchemy-migrate", imports: /^migrate(?:\.changeset|\.versioning)?\b/, defines: /^upgrade$/ },
  { tool: "peewee-migrate", imports: /^(?:peewee_migrate|peewee|playhouse)\b/, defines: /^migrate$/ },
  { tool: "south", imports: /^south\b/, defines: null },
  { tool: "orator", imports: /^orator\.migrations\b/, defines: null },
  { tool: "masonite-orm", imports: /^masoniteorm\.migrations\b/, defines: null },
  { tool: "beanie", imports: /^beanie\b.*\b(?:iterative_migration|free_fall_migration)$/, defines: null },
];

const others: Reader = (outline, path) => {
  for (const { tool, imports, defines } of byImport) {
    const found = importsFrom(outline, imports);
    if (found === null) continue;
    const defined = defines === null ? null : outline.functions.find(({ name }) => defines.test(name));
    if (defined === undefined || (defines === null && !isStep(path, outline))) continue;
    return migration(tool, defined?.start ?? found.start, `a migration of ${tool}`);
  }
  return null;
};

/** A step file is one of many beside each other: numbered, dated, or in a folder named for them. */
function isStep(path: string, outline: Outline): boolean {
  const isNamed = /migrations?$|versions$/.test(nameOf(folderOf(path))) || /^[0-9]{2,}/.test(nameOf(path));
  return isNamed || outline.classes.some(({ name }) => /Migration|Forward|Backward/.test(name));
}

/** Numbered files of the project's own runner: `0004_add_owner.py` with `upgrade`, `migrate`, … */
const handWritten: Reader = (outline, path) => {
  const isNumbered = /^(?:v|m|upgrade_?|version_?)?[0-9]+(?:[_-].*)?\.py$/.test(nameOf(path));
  const isHome = /(?:^|\/)[\w-]*(?:migrations?|upgrades?|delta|patches)(?:\/[\w.-]+)?\/[^/]+$/.test(path);
  if (!isNumbered || !isHome) return null;
  const step = outline.functions.find(({ name }) =>
    /^(?:up|upgrade\w*|migrate\w*|forwards?|apply|run\w*|do_\w+|valid_migration)$/.test(name),
  );
  return step === undefined ? null : migration("hand-written", step.start, "a migration written by hand");
};

const READERS: readonly Reader[] = [django, alembic, aerich, others, handWritten];
