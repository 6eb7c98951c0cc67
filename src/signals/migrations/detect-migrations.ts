// Which tools change the schema, and how many steps each holds. Files that migrate are counted, and tools that are set up
// without any step yet are named with none.
import { migrationToolOfConfigFile, migrationToolsOfPath } from "../../knowledge/migration-tools.ts";
import type { FileFacts } from "../../model/facts.ts";
import type { Evidence, MigrationSignal } from "../../model/report.ts";
import { compareText } from "../../text/compare-text.ts";
import { folderOf, nameOf } from "../../text/path.ts";
import { lineAt } from "../../text/source-position.ts";
import { evidenceAt, type ProjectView } from "../project-view.ts";
import { type MigrationFile, migrationOf } from "./migration-file.ts";

interface Step {
  readonly file: FileFacts;
  readonly migration: MigrationFile;
}

interface Found {
  count: number;
  readonly evidence: Evidence[];
}

/** More places than this say nothing more about a tool. */
const MAX_EVIDENCE = 3;

/** An application may make its migrations where it is installed. Source: Alembic's documentation, "Commands". */
const RUNS_ALEMBIC =
  /^alembic\.(?:command\.\w+|config\.Config|runtime\.migration\.MigrationContext\.configure)$/;

/** Migration tools with their migrations, sorted by name. Tests, docs and examples are left out unless they count. */
export function detectMigrations(view: ProjectView): MigrationSignal {
  const steps = withoutReplaced(view.project.files.filter((file) => isOwn(view, file)).flatMap(stepOf));
  const found = new Map<string, Found>();
  for (const { file, migration } of steps)
    add(found, migration.tool, 1, {
      path: file.path,
      line: lineAt(file, migration.at),
      says: migration.says,
    });
  for (const path of view.project.otherFiles) {
    const tool = toolOfSqlFile(path);
    if (tool !== null) add(found, tool, 1, { path, line: 1, says: `a migration in SQL` });
  }
  for (const { tool, evidence } of configured(view)) add(found, tool, 0, evidence);
  const [run] = view.externalCalls.filter(({ name }) => RUNS_ALEMBIC.test(name));
  if (run !== undefined)
    add(found, "alembic", 0, evidenceAt(run.site.module, run.site.start, "Alembic is run by code"));
  nameAfterExtension(view, found);
  const tools = [...found]
    .map(([tool, { count, evidence }]) => ({ tool, count, evidence: firstOf(evidence) }))
    .sort((left, right) => compareText(left.tool, right.tool));
  return {
    tools,
    unknown: unreadMigrations(view),
    evidence: tools.flatMap(({ evidence }) => evidence.slice(0, 1)),
  };
}

function isOwn(view: ProjectView, file: FileFacts): boolean {
  return file.role === "migration" || view.counts(file);
}

function stepOf(file: FileFacts): Step[] {
  const migration = migrationOf(file);
  return migration === null ? [] : [{ file, migration }];
}

/** A squashed migration stands for those it replaces, so those are not counted while they are still there. */
function withoutReplaced(steps: readonly Step[]): Step[] {
  const replaced = new Set(
    steps.flatMap(({ file, migration }) =>
      migration.replaces.map((name) => `${folderOf(file.path)}/${name}.py`),
    ),
  );
  return steps.filter(({ file }) => !replaced.has(file.path));
}

function add(found: Map<string, Found>, tool: string, count: number, evidence: Evidence): void {
  const known = found.get(tool) ?? { count: 0, evidence: [] };
  known.count += count;
  known.evidence.push(evidence);
  found.set(tool, known);
}

function firstOf(evidence: readonly Evidence[]): Evidence[] {
  return evidence
    .toSorted((left, right) => compareText(left.path, right.path) || left.line - right.line)
    .slice(0, MAX_EVIDENCE);
}

/** A .sql file by the layout of a known tool, else numbered or dated in a folder of migrations. */
function toolOfSqlFile(path: string): string | null {
  if (!path.endsWith(".sql") || /(?:^|\/)(?:tests?|docs?|examples?)\//.test(path)) return null;
  if (/\.(?:down|rollback|revert)\.sql$|(?:^|\/)down\.sql$/.test(path)) return null;
  const [known] = migrationToolsOfPath(path).filter(({ marks }) => marks.length === 0);
  if (known !== undefined) return known.name;
  const isHome =
    /(?:^|\/)(?:[\w-]*migrations?|migrate|upgrades?|deltas?|patches|changes(?:ets)?)\/(?:[\w.-]+\/){0,2}[^/]+$/.test(
      path,
    );
  return isHome &&
    /^(?:(?:migrations?|migrate|delta|upgrade|patch|version|schema)[_-]?|[vmu])?[0-9]+/i.test(nameOf(path))
    ? "sql-files"
    : null;
}

interface Configured {
  readonly tool: string;
  readonly evidence: Evidence;
}

/** Tools that are set up: alembic.ini, `[tool.aerich]`, a folder with env.py and script.py.mako, configuration files by name. */
function configured(view: ProjectView): Configured[] {
  const files = [...view.project.texts.map(({ path }) => path), ...view.project.otherFiles];
  const byFile = files.flatMap((path): Configured[] => {
    if (/(?:^|\/)(?:tests?|docs?|examples?|templates?)\//.test(path)) return [];
    const name = nameOf(path);
    const tool = /^[\w.-]*alembic[\w.-]*\.ini$/.test(name)
      ? "alembic"
      : (migrationToolOfConfigFile(name)?.name ?? null);
    return tool === null ? [] : [{ tool, evidence: { path, line: 1, says: `${tool} is configured` } }];
  });
  const byTable = view.project.manifests.flatMap(({ path, tools }) =>
    tools.flatMap(({ name, line }): Configured[] =>
      name === "alembic" || name === "aerich" || name === "yoyo"
        ? [{ tool: name, evidence: { path, line, says: `${name} is configured` } }]
        : [],
    ),
  );
  return [...byFile, ...byTable];
}

/** Flask-Migrate is Alembic under an extension of Flask: where the extension is used, its name is the one users know. */
function nameAfterExtension(view: ProjectView, found: Map<string, Found>): void {
  const use = view.externalCalls.find(({ name }) => /^flask_migrate\.Migrate(?:\.init_app)?$/.test(name));
  if (use === undefined) return;
  const { count = 0, evidence = [] } = found.get("alembic") ?? {};
  found.delete("alembic");
  add(found, "flask-migrate", count, evidenceAt(use.site.module, use.site.start, "Flask-Migrate is set up"));
  found.get("flask-migrate")?.evidence.push(...evidence);
}

function unreadMigrations(view: ProjectView): string | null {
  const unread = view.project.files.filter(
    (file) => file.role === "migration" && file.body.length === 0 && file.problems.length > 0,
  ).length;
  return unread === 0 ? null : `${unread} migration files could not be read`;
}
