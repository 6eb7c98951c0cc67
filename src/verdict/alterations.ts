// Alterations of the signals that flips and assumptions share. Each changes what the criteria read and nothing else, so that what
// follows from it is the verdict itself, evaluated again.

import type { AsyncSignal, FrameworkUse, Hardness, ProjectSignals, Tier } from "../model/report.ts";
import { familyOf } from "./orm-family.ts";
import { statementCounts } from "./statements.ts";

/** Statements assumed where a share is imagined for a project in which none was seen. */
export const ASSUMED_STATEMENTS = 20;

function running(name: string): FrameworkUse {
  return { name, version: null, role: "runs-on", extensions: [], evidence: [] };
}

/** Runs on these frameworks and on no others; what it only supports stays. */
export function runningOn(signals: ProjectSignals, names: readonly string[]): ProjectSignals {
  const idle = signals.frameworks.filter((framework) => framework.role !== "runs-on");
  return { ...signals, frameworks: [...idle, ...names.map(running)] };
}

/** Django's admin and migrations do not exist outside Django, and its ORM would not be taken along. */
export function withoutDjango(signals: ProjectSignals): ProjectSignals {
  const { admin, migrations } = signals;
  return {
    ...signals,
    orms: signals.orms.filter((orm) => familyOf(orm.name) !== "django-orm"),
    admin: admin.kind === "django" ? { ...admin, kind: "none", name: null, registrations: 0 } : admin,
    migrations: {
      ...migrations,
      unknown: "Django's migrations go with Django",
      tools: migrations.tools.filter((entry) => entry.tool !== "django"),
    },
  };
}

export function executionsOf({ access }: AsyncSignal): number {
  return access.awaited + access.threaded + access.syncInSync + access.syncInAsync;
}

export function asyncThroughout(now: AsyncSignal, executions: number): AsyncSignal {
  const access = { awaited: executions, threaded: 0, syncInSync: 0, syncInAsync: 0 };
  return { ...now, databaseAccess: "async", weight: "essential", access };
}

export function syncThroughout(now: AsyncSignal, executions: number): AsyncSignal {
  const access = { awaited: 0, threaded: 0, syncInSync: executions, syncInAsync: 0 };
  return { ...now, databaseAccess: "sync", weight: "absent", access };
}

/** Turns plain statements into advanced ones, plainest first, until they make up the share. */
export function withAdvancedShare(signals: ProjectSignals, share: number): ProjectSignals {
  const { byTier } = signals.queries;
  const counts = statementCounts(signals);
  const base = counts.total === 0 ? ASSUMED_STATEMENTS : counts.total;
  const wanted = Math.max(0, Math.round(base * share) - counts.advanced - counts.beyond);
  const fromCrud = Math.min(counts.crud, wanted);
  const fromModerate = Math.min(counts.moderate, wanted - fromCrud);
  return {
    ...signals,
    queries: {
      ...signals.queries,
      byTier: {
        ...byTier,
        crud: byTier.crud - fromCrud,
        moderate: byTier.moderate - fromModerate,
        advanced: byTier.advanced + wanted,
      },
    },
  };
}

export function withRawShare(signals: ProjectSignals, share: number): ProjectSignals {
  const { byLayer } = signals.queries;
  const counts = statementCounts(signals);
  const total = counts.raw + counts.orm + counts.core;
  const wanted = Math.max(0, Math.round((total === 0 ? ASSUMED_STATEMENTS : total) * share) - counts.raw);
  const fromOrm = Math.min(counts.orm, wanted);
  const fromCore = Math.min(counts.core, wanted - fromOrm);
  return {
    ...signals,
    queries: {
      ...signals.queries,
      byLayer: { orm: byLayer.orm - fromOrm, core: byLayer.core - fromCore, raw: byLayer.raw + wanted },
    },
  };
}

const HARDNESS_OF: Readonly<Record<Tier, Hardness>> = {
  crud: "easy",
  moderate: "medium",
  advanced: "hard",
  "beyond-django-orm": "extra",
};

/** Half of the statements are of this tier and the rest plain; with "crud" all are plain. */
export function withHalfOfTier(signals: ProjectSignals, tier: Tier): ProjectSignals {
  const counts = statementCounts(signals);
  const total = counts.total === 0 ? ASSUMED_STATEMENTS : counts.total;
  if (tier === "crud") return withOnlyCrud(signals, counts.total, total);
  const demanding = Math.ceil(total / 2);
  const { byTier } = signals.queries;
  // Commits and schema statements are in these counts too, and stay.
  const aside = {
    crud: byTier.crud - counts.crud,
    moderate: byTier.moderate - counts.moderate,
    advanced: byTier.advanced - counts.advanced,
    "beyond-django-orm": byTier["beyond-django-orm"] - counts.beyond,
  };
  const plain = { ...aside, crud: aside.crud + total - demanding };
  return {
    ...signals,
    queries: {
      ...signals.queries,
      total: Math.max(signals.queries.total, total),
      byTier: { ...plain, [tier]: plain[tier] + demanding },
      byHardness: {
        easy: total - demanding,
        medium: 0,
        hard: 0,
        extra: 0,
        [HARDNESS_OF[tier]]: demanding,
      },
    },
  };
}

/** The statements themselves are plain, too: none is left that raw SQL would be named for. */
function withOnlyCrud(signals: ProjectSignals, before: number, total: number): ProjectSignals {
  const { byTier, items } = signals.queries;
  const all = byTier.crud + byTier.moderate + byTier.advanced + byTier["beyond-django-orm"];
  return {
    ...signals,
    queries: {
      ...signals.queries,
      total: Math.max(signals.queries.total, total),
      byTier: { crud: all - before + total, moderate: 0, advanced: 0, "beyond-django-orm": 0 },
      byHardness: { easy: total, medium: 0, hard: 0, extra: 0 },
      items: items.map((query) => ({ ...query, tier: "crud" as const, beyondDjango: [], features: [] })),
    },
  };
}
