// What a reader may take for granted in place of what was seen: `--assume framework=django`. Assumptions change the signals that the
// verdict is judged by; the report keeps what was seen, and names the assumptions beside it.

import { FRAMEWORKS, foundationsOf } from "../knowledge/frameworks.ts";
import { ORMS } from "../knowledge/orms.ts";
import type { ProjectSignals, Tier } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import {
  ASSUMED_STATEMENTS,
  asyncThroughout,
  executionsOf,
  runningOn,
  syncThroughout,
  withHalfOfTier,
  withoutDjango,
  withRawShare,
} from "./alterations.ts";
import { counted, frameworkName, ormName, toolName } from "./phrase.ts";
import { statementCounts } from "./statements.ts";

/** One value, understood. */
export interface Assumed {
  /** What is taken for granted, as a clause: "it runs on Django". */
  readonly says: string;
  readonly apply: (signals: ProjectSignals) => ProjectSignals;
}

export interface AssumptionKind {
  readonly key: string;
  /** The values it takes, where they can be listed; else what they look like. */
  readonly values: readonly string[] | string;
  /** Null for a value it does not take. */
  readonly read: (value: string) => Assumed | null;
}

const NONE = "none";
const YES_OR_NO: readonly string[] = ["yes", "no"];
const isYes = (value: string): boolean | null =>
  ["yes", "true", "on"].includes(value) ? true : ["no", "false", "off", NONE].includes(value) ? false : null;
/** A whole number from 0 to `most`. */
const numberOf = (value: string, most: number): number | null =>
  /^\d{1,6}$/.test(value) && Number(value) <= most ? Number(value) : null;
const namesOf = (all: readonly { readonly name: string }[]): readonly string[] => [
  ...new Set([...all.map(({ name }) => name), NONE]),
];
const frameworkNames = namesOf(FRAMEWORKS).toSorted(compareText);
const ormNames = namesOf([...ORMS, { name: "raw-sql" }]).toSorted(compareText);

const framework: AssumptionKind = {
  key: "framework",
  values: frameworkNames,
  read(value) {
    if (!frameworkNames.includes(value)) return null;
    const isDjango = value === "django" || foundationsOf(value).includes("django");
    const says = value === NONE ? "it runs on no web framework" : `it runs on ${frameworkName(value)}`;
    return {
      says: isDjango ? says : `${says}, without Django and what comes with it`,
      apply(signals) {
        const running = runningOn(signals, value === NONE ? [] : [value]);
        return isDjango ? running : withoutDjango(running);
      },
    };
  },
};

const orm: AssumptionKind = {
  key: "orm",
  values: ormNames,
  read(value) {
    if (!ormNames.includes(value)) return null;
    const orms =
      value === NONE ? [] : [{ name: value, version: null, role: "primary" as const, evidence: [] }];
    return {
      says: value === NONE ? "no ORM is in use today" : `${ormName(value)} is in use today, and nothing else`,
      apply: (signals) => ({ ...signals, orms }),
    };
  },
};

const asynchronous: AssumptionKind = {
  key: "async",
  values: YES_OR_NO,
  read(value) {
    const yes = isYes(value);
    if (yes === null) return null;
    return {
      says: `its database access is ${yes ? "asynchronous" : "synchronous"} throughout`,
      apply(signals) {
        const executions = Math.max(executionsOf(signals.async), yes ? ASSUMED_STATEMENTS : 0);
        const alter = yes ? asyncThroughout : syncThroughout;
        return { ...signals, async: alter(signals.async, executions) };
      },
    };
  },
};

const TIERS = {
  crud: "all its statements are plain CRUD",
  moderate: "half of its statements are moderate (joins, aggregates), the rest plain CRUD",
  advanced: "half of its statements are advanced (subqueries, windows, set operations), the rest plain CRUD",
  "beyond-django-orm":
    "half of its statements are beyond the Django ORM (CTEs, lateral joins), the rest plain CRUD",
} as const satisfies Record<Tier, string>;
const isTier = (value: string): value is Tier => Object.hasOwn(TIERS, value);

const complexity: AssumptionKind = {
  key: "complexity",
  values: Object.keys(TIERS),
  read: (value) =>
    isTier(value) ? { says: TIERS[value], apply: (signals) => withHalfOfTier(signals, value) } : null,
};

const rawSql: AssumptionKind = {
  key: "raw-sql",
  values: "a percentage from 0 to 100",
  read(value) {
    const percent = numberOf(value.replace(/ ?%$/, ""), 100);
    if (percent === null) return null;
    return {
      says: `${percent} % of its statements are raw SQL`,
      apply(signals) {
        const { byLayer } = signals.queries;
        const { orm: mapped, core, raw } = statementCounts(signals);
        const imagined = mapped + core + raw === 0 ? ASSUMED_STATEMENTS : 0;
        const none = { orm: byLayer.orm + byLayer.raw + imagined, core: byLayer.core, raw: 0 };
        return withRawShare({ ...signals, queries: { ...signals.queries, byLayer: none } }, percent / 100);
      },
    };
  },
};

const admin: AssumptionKind = {
  key: "admin",
  values: YES_OR_NO,
  read(value) {
    const yes = isYes(value);
    if (yes === null) return null;
    return {
      says: yes ? "an automatic admin over its models is wanted" : "no admin is wanted",
      apply: (signals) => ({
        ...signals,
        admin: yes
          ? {
              ...signals.admin,
              kind: "django",
              name: "django.contrib.admin",
              registrations: Math.max(5, signals.models.total, signals.admin.registrations),
            }
          : { ...signals.admin, kind: "none", name: null, registrations: 0 },
      }),
    };
  },
};

const migrationTools: readonly string[] = ["alembic", "django", NONE];
const migrations: AssumptionKind = {
  key: "migrations",
  values: migrationTools,
  read(value) {
    if (!migrationTools.includes(value)) return null;
    return {
      says: value === NONE ? "it keeps no migrations" : `it keeps its migrations with ${toolName(value)}`,
      apply(signals) {
        const count = Math.max(1, ...signals.migrations.tools.map((tool) => tool.count));
        const tools = value === NONE ? [] : [{ tool: value, count, evidence: [] }];
        return { ...signals, migrations: { ...signals.migrations, unknown: null, tools } };
      },
    };
  },
};

const MOST_DATABASES = 100;
const databases: AssumptionKind = {
  key: "databases",
  values: `a number from 0 to ${MOST_DATABASES}`,
  read(value) {
    const wanted = numberOf(value, MOST_DATABASES);
    if (wanted === null) return null;
    const items = Array.from({ length: wanted }, (_, index) => ({
      alias: `assumed-${index + 1}`,
      engine: "postgresql",
      driver: null,
      evidence: [],
    }));
    const routing = wanted > 1 ? ", with statements routed between them" : "";
    return {
      says: `it uses ${counted(wanted, "relational database")}${routing}`,
      apply: (signals) => ({
        ...signals,
        databases: {
          ...signals.databases,
          unknown: null,
          items,
          routers: wanted > 1 ? signals.databases.routers : 0,
          explicitRouting: wanted > 1 ? Math.max(wanted, signals.databases.explicitRouting) : 0,
        },
      }),
    };
  },
};

const MOST_MODELS = 100_000;
const models: AssumptionKind = {
  key: "models",
  values: `a number from 0 to ${MOST_MODELS}`,
  read(value) {
    const total = numberOf(value, MOST_MODELS);
    if (total === null) return null;
    return {
      says: `it has ${counted(total, "model")}`,
      apply: (signals) => ({ ...signals, models: { ...signals.models, unknown: null, total } }),
    };
  },
};

/** Everything that can be assumed, in the order in which it is applied: Django goes before what is assumed in place of it. */
export const assumptionKinds: readonly AssumptionKind[] = [
  framework,
  orm,
  asynchronous,
  complexity,
  rawSql,
  models,
  admin,
  migrations,
  databases,
];

export interface Assumption extends Assumed {
  readonly key: string;
  readonly value: string;
}

/**
 * Understands assumptions by key, in the order in which they apply.
 * @throws RangeError for a key or a value that there is not: configuration is checked before.
 */
export function readAssumptions(written: Readonly<Record<string, string>>): readonly Assumption[] {
  for (const key of Object.keys(written))
    if (!assumptionKinds.some((kind) => kind.key === key))
      throw new RangeError(`Nothing is called "${key}".`);
  return assumptionKinds.flatMap(({ key, read }): readonly Assumption[] => {
    const value = Object.hasOwn(written, key) ? written[key] : undefined;
    if (value === undefined) return [];
    const assumed = read(value);
    if (assumed === null) throw new RangeError(`"${key}" cannot be "${value}".`);
    return [{ key, value, ...assumed }];
  });
}

/** The signals as they would be. */
export function assuming(signals: ProjectSignals, assumptions: readonly Assumption[]): ProjectSignals {
  return assumptions.reduce((was, assumption) => assumption.apply(was), signals);
}
