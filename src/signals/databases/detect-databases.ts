// Which databases the project keeps its data in, through what, and whether the code routes between them.
import type { DatabaseSignal, DatabaseUse, Evidence } from "../../model/report.ts";
import { compareText } from "../../text/compare-text.ts";
import { redact } from "../../text/redact.ts";
import { settingsScopes } from "../django-settings.ts";
import { isIntegrationPlace } from "../integration-place.ts";
import type { ProjectView } from "../project-view.ts";
import { djangoDatabases } from "./django-databases.ts";
import { type DriversInUse, driversInUse } from "./drivers-in-use.ts";
import { type FoundDatabase, mainEngine } from "./found-database.ts";
import { driverDatabases, otherDatabases } from "./other-databases.ts";
import { routingOf } from "./routing.ts";
import { sqlalchemyDatabases } from "./sqlalchemy-databases.ts";

const MAX_EVIDENCE = 3;
const MAX_OWN_ENGINES = 3;

/**
 * Databases by alias, bind or engine. The same alias in several settings files is one; test databases are none; SQLite
 * beside another engine is a fall-back of the same database. An engine that the environment alone knows is taken from the
 * drivers where those name exactly one, else it is null and `unknown` says so.
 */
export function detectDatabases(view: ProjectView): DatabaseSignal {
  const drivers = driversInUse(view);
  const items = databases(view).map((found) => useOf(found, drivers));
  const { routers, explicit } = routingOf(view);
  const names = [
    ...items.flatMap(({ driver }) => (driver === null ? [] : [driver])),
    ...[...drivers.declared, ...drivers.imported].map(({ name }) => name),
  ];
  return {
    items,
    routers: routers.length,
    explicitRouting: explicit.length,
    drivers: [...new Set(names)].sort(compareText),
    unknown: unknownOf(view, items),
    evidence: [...items.flatMap(({ evidence }) => evidence.slice(0, 1)), ...routers, ...explicit]
      .slice(0, MAX_EVIDENCE)
      .map(withoutSecrets),
  };
}

/** From what says most to what says least; what leads to a database already found is no other. */
function databases(view: ProjectView): FoundDatabase[] {
  const found: FoundDatabase[] = [];
  const engines = (): Set<string | undefined> => new Set(found.map((one) => mainEngine(one.engines)?.engine));
  found.push(...djangoDatabases(view).filter(isThere));
  const [main, ...more] = sqlalchemyDatabases(view).filter(isThere);
  const engine = mainEngine(main?.engines ?? [])?.engine;
  if (main !== undefined && (found.length === 0 || (engine !== undefined && !engines().has(engine))))
    found.push(main);
  found.push(...more);
  for (const other of otherDatabases(view).filter(isThere)) {
    const named = mainEngine(other.engines)?.engine;
    const isOther = named !== undefined && !engines().has(named);
    const isTaken = found.some(({ alias }) => alias === other.alias);
    if (found.length > 0 && isPlugin(view, other)) continue;
    if (isOther && isTaken) found.push({ ...other, alias: named });
    else if (isOther || found.length === 0 || (other.alias !== "default" && !isTaken)) found.push(other);
  }
  const pools = driverDatabases(view);
  // Code that opens databases of many kinds reaches those of its users, not its own.
  const isConnector = pools.length > MAX_OWN_ENGINES;
  for (const raw of pools) {
    const named = mainEngine(raw.engines)?.engine;
    // Beside an ORM, a pool is most likely its own database while its URL is not known, and an SQLite file is read or cached.
    const isOwn = found.some((one) => one.engines.length === 0) || named === "sqlite";
    if (found.length === 0 || !(isOwn || isConnector || isPlugin(view, raw) || engines().has(named)))
      found.push(raw);
  }
  return found;
}

/** Every place that opens it works with that library as one of many: `backends/mongodb.py`. */
function isPlugin(view: ProjectView, { evidence, engines }: FoundDatabase): boolean {
  const names = engines.flatMap(({ engine, driver }) => (driver === null ? [engine] : [engine, driver]));
  return evidence.every(({ path }) => isIntegrationPlace(view.project.root, path, names));
}

/** Django's dummy back end is no database. */
function isThere({ engines }: FoundDatabase): boolean {
  return engines.length === 0 || engines.some(({ engine }) => engine !== "none");
}

function useOf(
  { alias, engines, evidence }: FoundDatabase,
  { declared, imported }: DriversInUse,
): DatabaseUse {
  const main = mainEngine(engines);
  const known = [...declared, ...imported];
  // sqlite3 comes with Python, so importing it says little about an engine that is not named; a document database is
  // always named by the call that connects to it.
  const candidates = [
    ...new Set(known.filter(({ name, sql }) => sql && name !== "sqlite3").map((driver) => driver.engine)),
  ];
  const engine = main?.engine ?? (candidates.length === 1 ? (candidates[0] ?? null) : null);
  const drivers = known.filter((driver) => driver.engine === engine).map(({ name }) => name);
  const [only] = [...new Set(drivers)];
  const isOne = new Set(drivers).size === 1;
  const driver = main?.driver ?? (isOne ? (only ?? null) : null);
  return { alias: redact(alias), engine, driver, evidence: evidence.map(withoutSecrets) };
}

/** Aliases, binds and routers are quoted as the code has them. */
function withoutSecrets(evidence: Evidence): Evidence {
  return { ...evidence, says: redact(evidence.says) };
}

function unknownOf(view: ProjectView, items: readonly DatabaseUse[]): string | null {
  const open = items.filter(({ engine }) => engine === null).map(({ alias }) => alias);
  if (open.length > 0) return `the engine of ${open.slice(0, 3).join(", ")} is set outside the code`;
  const broken = settingsScopes(view).find(({ module }) => module.facts.problems.length > 0);
  return broken === undefined ? null : `${broken.module.path} could not be read as a whole`;
}
