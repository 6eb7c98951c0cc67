// The changes that flips try: each a small, named alteration of the signals, in steps from small to large. They change what
// the criteria read and nothing else, so a flip is the verdict itself, re-evaluated, never a guess in prose.

import type { AsyncSignal, ProjectSignals } from "../model/report.ts";
import {
  ASSUMED_STATEMENTS,
  asyncThroughout,
  executionsOf,
  runningOn,
  syncThroughout,
  withAdvancedShare,
  withoutDjango,
  withRawShare,
} from "./alterations.ts";
import { relationalDatabases } from "./databases.ts";
import { runningFrameworks } from "./frameworks.ts";
import { statementCounts } from "./statements.ts";

export interface Change {
  /** Changes of one kind exclude each other. */
  readonly kind: "framework" | "admin" | "async" | "queries" | "databases" | "raw";
  /** The change as a condition: "it ran on Django". */
  readonly says: string;
  readonly apply: (signals: ProjectSignals) => ProjectSignals;
}

const SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
/** Changes that would alter this project, by kind; within a kind the smallest first. */
export function changesFor(signals: ProjectSignals): readonly (readonly Change[])[] {
  return [
    frameworkChanges(signals),
    adminChanges(signals),
    asyncOn(signals),
    asyncOff(signals),
    moreComplexQueries(signals),
    onlyCrud(signals),
    databaseChanges(signals),
    moreRawSql(signals),
    noRawSql(signals),
  ].filter((steps) => steps.length > 0);
}

function frameworkChanges(signals: ProjectSignals): readonly Change[] {
  const { django, others } = runningFrameworks(signals);
  if (django.length === 0) {
    const says = others.length > 0 ? "it ran on Django instead" : "it ran on Django";
    return [{ kind: "framework", says, apply: (was) => runningOn(was, ["django"]) }];
  }
  return [
    {
      kind: "framework",
      says: "it were written for FastAPI instead of Django, whose ORM, admin and migrations go with it",
      apply: (was) => withoutDjango(runningOn(was, ["fastapi"])),
    },
  ];
}

function adminChanges({ admin, models }: ProjectSignals): readonly Change[] {
  if (admin.kind !== "none")
    return [
      {
        kind: "admin",
        says: "no admin were wanted",
        apply: (was) => ({ ...was, admin: { ...was.admin, kind: "none", name: null, registrations: 0 } }),
      },
    ];
  const registrations = Math.max(5, models.total);
  return [
    {
      kind: "admin",
      says: "an automatic admin over its models were wanted",
      apply: (was) => ({
        ...was,
        admin: { ...was.admin, kind: "django", name: "django.contrib.admin", registrations },
      }),
    },
  ];
}

function asyncOn({ async: now }: ProjectSignals): readonly Change[] {
  const executions = executionsOf(now);
  const isAlready =
    now.databaseAccess === "async" && now.access.awaited === executions && now.weight === "essential";
  if (isAlready) return [];
  return [
    {
      kind: "async",
      says: "its database access were async throughout",
      apply: (was) => ({
        ...was,
        async: asyncThroughout(was.async, Math.max(executions, ASSUMED_STATEMENTS)),
      }),
    },
  ];
}

function asyncOff({ async: now }: ProjectSignals): readonly Change[] {
  const executions = executionsOf(now);
  const isAlready = now.access.syncInSync === executions && PRESENT_ASYNC[now.databaseAccess] === false;
  if (isAlready) return [];
  return [
    {
      kind: "async",
      says: "its database access were synchronous throughout",
      apply: (was) => ({ ...was, async: syncThroughout(was.async, executions) }),
    },
  ];
}

const PRESENT_ASYNC: Readonly<Record<AsyncSignal["databaseAccess"], boolean>> = {
  async: true,
  mixed: true,
  sync: false,
  none: false,
  unknown: false,
};

function moreComplexQueries(signals: ProjectSignals): readonly Change[] {
  const { total, advanced, beyond } = statementCounts(signals);
  const now = total === 0 ? 0 : (advanced + beyond) / total;
  return SHARES.filter((share) => share > now + 0.05).map((share) => ({
    kind: "queries" as const,
    says: `${percentOf(share)} of its statements were advanced (subqueries, windows, set operations)`,
    apply: (was: ProjectSignals) => withAdvancedShare(was, share),
  }));
}

function onlyCrud(signals: ProjectSignals): readonly Change[] {
  const { moderate, advanced, beyond } = statementCounts(signals);
  const above = moderate + advanced + beyond;
  if (above === 0) return [];
  return [
    {
      kind: "queries",
      says: "all its statements were plain CRUD",
      apply: (was) => {
        const { byTier } = was.queries;
        const crud = byTier.crud + byTier.moderate + byTier.advanced + byTier["beyond-django-orm"];
        const plain = { crud, moderate: 0, advanced: 0, "beyond-django-orm": 0 };
        return { ...was, queries: { ...was.queries, byTier: plain } };
      },
    },
  ];
}

function databaseChanges(signals: ProjectSignals): readonly Change[] {
  const now = relationalDatabases(signals);
  if (now.length > 1)
    return [
      {
        kind: "databases",
        says: "it used one database",
        apply: (was) => ({
          ...was,
          databases: { ...was.databases, items: now.slice(0, 1), routers: 0, explicitRouting: 0 },
        }),
      },
    ];
  const added = ["imagined-1", "imagined-2", "imagined-3"].map((alias) => ({
    alias,
    engine: "postgresql",
    driver: null,
    evidence: [],
  }));
  return [
    {
      kind: "databases",
      says: "it used several databases with routing between them",
      apply: (was) => ({
        ...was,
        databases: {
          ...was.databases,
          items: [...was.databases.items, ...added],
          explicitRouting: was.databases.explicitRouting + 3,
        },
      }),
    },
  ];
}

function moreRawSql(signals: ProjectSignals): readonly Change[] {
  const { raw, orm, core } = statementCounts(signals);
  const total = raw + orm + core;
  const now = total === 0 ? 0 : raw / total;
  return SHARES.filter((share) => share > now + 0.05).map((share) => ({
    kind: "raw" as const,
    says: `${percentOf(share)} of its statements were raw SQL`,
    apply: (was: ProjectSignals) => withRawShare(was, share),
  }));
}

function noRawSql(signals: ProjectSignals): readonly Change[] {
  if (statementCounts(signals).raw === 0) return [];
  return [
    {
      kind: "raw",
      says: "its raw SQL were written through an ORM",
      apply: (was) => {
        const { byLayer } = was.queries;
        return {
          ...was,
          queries: { ...was.queries, byLayer: { ...byLayer, orm: byLayer.orm + byLayer.raw, raw: 0 } },
        };
      },
    },
  ];
}

function percentOf(share: number): string {
  return `${Math.round(share * 100)} %`;
}
