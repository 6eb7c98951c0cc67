import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProjectSignals, Query, Side, Tier } from "../../src/model/report.ts";
import { choose } from "../../src/verdict/choose.ts";
import { criteria } from "../../src/verdict/criteria/index.ts";
import { applyChanges, findFlips } from "../../src/verdict/flips.ts";
import { judgeProject } from "../../src/verdict/judge-project.ts";
import { situationOf } from "../../src/verdict/situation.ts";
import { defaultThresholds } from "../../src/verdict/thresholds.ts";
import { weigh } from "../../src/verdict/weigh.ts";
import { withoutPresentOrm } from "../../src/verdict/without-present-orm.ts";
import { arbitrarySignals } from "./arbitrary-signals.ts";
import { framework, query, querySignal } from "./signals.ts";

const choiceOf = (signals: ProjectSignals) => choose(signals, {}, defaultThresholds).choice;
const withQueries = (signals: ProjectSignals, more: readonly Query[]): ProjectSignals => ({
  ...signals,
  queries: querySignal([...signals.queries.items, ...more]),
});

/** Exact strength, before rounding, so that a wrong direction cannot hide in a rounded digit. */
function exactMargin(signals: ProjectSignals): number {
  return criteria.reduce(
    (sum, { favours, weight, measure }) =>
      sum + (favours === "sqlalchemy" ? 1 : -1) * weight * measure(signals).strength,
    0,
  );
}

describe("any project", { timeout: 30_000 }, () => {
  test("is judged within bounds, and its contributions add up to the margin exactly", () => {
    fc.assert(
      fc.property(arbitrarySignals, (signals) => {
        const { criteria: results, verdict, comparison } = judgeProject(signals);
        const hundredths = results.reduce((sum, result) => sum + Math.round(result.contribution * 100), 0);
        expect(Math.round(verdict.margin * 100)).toBe(hundredths);
        expect(verdict.margin).toBe(hundredths / 100);
        expect(verdict.confidence).toBeGreaterThanOrEqual(0);
        expect(verdict.confidence).toBeLessThanOrEqual(0.99);
        for (const { strength, contribution, favours, weight, evidence, says } of results) {
          expect(strength).toBeGreaterThanOrEqual(0);
          expect(strength).toBeLessThanOrEqual(1);
          expect(Math.abs(Math.abs(contribution) - weight * strength)).toBeLessThanOrEqual(0.005 + 1e-9);
          expect(favours === "sqlalchemy" ? contribution : -contribution).toBeGreaterThanOrEqual(0);
          expect(evidence.length).toBeLessThanOrEqual(3);
          expect(says).not.toBe("");
        }
        expect(comparison).toHaveLength(10);
        for (const { here } of comparison) expect(here).toMatch(/^[A-Z0-9].*\.$/);
        expect(verdict.says).toMatch(/^[A-Z].*\.$/);
        expect(verdict.reasons.length).toBeLessThanOrEqual(5);
        expect(verdict.against.length).toBeLessThanOrEqual(5);
      }),
    );
  });

  test("gets the same answer twice, and whatever order its facts came in", () => {
    fc.assert(
      fc.property(arbitrarySignals, (signals) => {
        const shuffled: ProjectSignals = {
          ...signals,
          frameworks: signals.frameworks.toReversed(),
          orms: signals.orms.toReversed(),
          queries: { ...signals.queries, items: signals.queries.items.toReversed() },
          databases: { ...signals.databases, drivers: signals.databases.drivers.toReversed() },
          migrations: { ...signals.migrations, tools: signals.migrations.tools.toReversed() },
        };
        const once = JSON.stringify(judgeProject(signals));
        expect(JSON.stringify(judgeProject(signals))).toBe(once);
        expect(JSON.parse(JSON.stringify(judgeProject(shuffled).verdict))).toEqual(JSON.parse(once).verdict);
      }),
      { numRuns: 60 },
    );
  });

  test("has an answer whose sign is the margin's, and an undecided one claims no confidence", () => {
    fc.assert(
      fc.property(arbitrarySignals, (signals) => {
        const { choice, margin, confidence } = judgeProject(signals).verdict;
        const isWeighed = situationOf(signals).kind === "weigh";
        if (choice === "sqlalchemy" && isWeighed) expect(margin).toBeGreaterThan(0);
        if (choice === "django-orm") expect(margin).toBeLessThan(0);
        if (choice === "sqlalchemy" || choice === "django-orm")
          expect(confidence).toBeGreaterThanOrEqual(0.5);
        if (choice === "undecided") expect(confidence).toBe(0);
      }),
    );
  });

  test("is less sure of the same margin when more files could not be read", () => {
    fc.assert(
      fc.property(arbitrarySignals, fc.integer({ min: 1, max: 50 }), (signals, lost) => {
        const worse = { ...signals, size: { ...signals.size, unread: signals.size.unread + lost } };
        const before = judgeProject(signals).verdict;
        const after = judgeProject(worse).verdict;
        fc.pre(before.choice === after.choice);
        expect(after.confidence).toBeLessThanOrEqual(before.confidence);
      }),
    );
  });
});

interface Evidence {
  readonly what: string;
  readonly side: Side;
  readonly add: (signals: ProjectSignals) => ProjectSignals;
}
const tiered = (tier: Tier) => (signals: ProjectSignals) =>
  withQueries(signals, [query({ tier, hardness: "hard" })]);
const access = (field: keyof ProjectSignals["async"]["access"]) => (signals: ProjectSignals) => ({
  ...signals,
  async: { ...signals.async, access: { ...signals.async.access, [field]: signals.async.access[field] + 1 } },
});
const running = (name: string) => (signals: ProjectSignals) => ({
  ...signals,
  frameworks: [...signals.frameworks.filter((use) => use.name !== name), framework(name)],
});
const moreEvidence: readonly Evidence[] = [
  { what: "an advanced statement", side: "sqlalchemy", add: tiered("advanced") },
  { what: "a moderate statement", side: "sqlalchemy", add: tiered("moderate") },
  { what: "a plain, easy statement", side: "django-orm", add: (signals) => withQueries(signals, [query()]) },
  { what: "an awaited execution", side: "sqlalchemy", add: access("awaited") },
  { what: "an execution in a thread", side: "sqlalchemy", add: access("threaded") },
  { what: "an execution that blocks a coroutine", side: "sqlalchemy", add: access("syncInAsync") },
  { what: "a synchronous execution", side: "django-orm", add: access("syncInSync") },
  { what: "a framework other than Django", side: "sqlalchemy", add: running("sanic") },
  { what: "Django as a framework", side: "django-orm", add: running("django") },
  {
    what: "a locking clause on every statement",
    side: "sqlalchemy",
    add: (signals) => ({
      ...signals,
      queries: querySignal(
        signals.queries.items.map((item) => ({
          ...item,
          features: [...item.features, { name: "locking", line: 1 }],
        })),
      ),
    }),
  },
  {
    what: "a beyond-Django feature in every statement",
    side: "sqlalchemy",
    add: (signals) => ({
      ...signals,
      queries: querySignal(
        signals.queries.items.map((item) => ({ ...item, tier: "beyond-django-orm" as const })),
      ),
    }),
  },
  {
    what: "raw SQL in place of every statement",
    side: "sqlalchemy",
    add: (signals) => ({
      ...signals,
      queries: querySignal(signals.queries.items.map((item) => ({ ...item, layer: "raw" as const }))),
    }),
  },
  {
    what: "a routed statement",
    side: "sqlalchemy",
    add: (signals) => ({
      ...signals,
      databases: { ...signals.databases, explicitRouting: signals.databases.explicitRouting + 1 },
    }),
  },
  {
    what: "another database",
    side: "sqlalchemy",
    add: (signals) => ({
      ...signals,
      databases: {
        ...signals.databases,
        items: [...signals.databases.items, { alias: "new", engine: "mysql", driver: null, evidence: [] }],
      },
    }),
  },
  {
    what: "a relation",
    side: "sqlalchemy",
    add: (signals) => ({
      ...signals,
      models: { ...signals.models, relations: signals.models.relations + 1 },
    }),
  },
  {
    what: "an ORM concept to learn",
    side: "sqlalchemy",
    add: (signals) => ({ ...signals, concepts: { ...signals.concepts, total: signals.concepts.total + 1 } }),
  },
  {
    what: "a registration with Django's admin",
    side: "django-orm",
    add: (signals) => ({
      ...signals,
      admin: { ...signals.admin, kind: "django" as const, registrations: signals.admin.registrations + 1 },
    }),
  },
  {
    what: "a Django migration",
    side: "django-orm",
    add: (signals) => {
      const { tools } = signals.migrations;
      const now = tools.find((entry) => entry.tool === "django")?.count ?? 0;
      const django = { tool: "django", count: now + 1, evidence: [] };
      return {
        ...signals,
        migrations: {
          ...signals.migrations,
          tools: [...tools.filter((entry) => entry.tool !== "django"), django],
        },
      };
    },
  },
];

describe("more evidence for a side never moves the margin to the other", { timeout: 30_000 }, () => {
  test.each(moreEvidence)("$what speaks for $side", ({ side, add }) => {
    fc.assert(
      fc.property(arbitrarySignals, (signals) => {
        const change = exactMargin(add(signals)) - exactMargin(signals);
        expect(side === "sqlalchemy" ? change : -change).toBeGreaterThanOrEqual(-1e-9);
      }),
    );
  });
});

describe("weights", { timeout: 30_000 }, () => {
  const weights = fc.dictionary(
    fc.constantFrom(...criteria.map(({ id }) => id)),
    fc.float({ min: 0, max: 9, noNaN: true }),
    { noNullPrototype: true },
  );
  test("are the ones given, and nothing else changes", () => {
    fc.assert(
      fc.property(arbitrarySignals, weights, (signals, given) => {
        const usual = weigh(signals).criteria;
        weigh(signals, given).criteria.forEach((result, index) => {
          expect(result.weight).toBe(given[result.id] ?? usual[index]?.weight);
          expect(result.strength).toBe(usual[index]?.strength);
        });
      }),
    );
  });

  test("of zero silence a criterion", () => {
    fc.assert(
      fc.property(arbitrarySignals, (signals) => {
        const silent = Object.fromEntries(criteria.map(({ id }) => [id, 0]));
        expect(weigh(signals, silent).margin).toBe(0);
      }),
    );
  });
});

describe("the greenfield answer", { timeout: 30_000 }, () => {
  test("is the same whichever ORM, migrations and registrations there are today", () => {
    fc.assert(
      fc.property(arbitrarySignals, arbitrarySignals, (signals, other) => {
        const { orms, migrations, concepts } = other;
        const admin = { ...signals.admin, registrations: other.admin.registrations };
        const swapped = { ...signals, orms, migrations, concepts, admin };
        expect(weigh(withoutPresentOrm(swapped)).margin).toBe(weigh(withoutPresentOrm(signals)).margin);
      }),
    );
  });

  test("leaves alone what declares no input of today's ORM", () => {
    const independent = criteria.filter((criterion) => criterion.presentOrmInputs.length === 0);
    expect(independent.length).toBeGreaterThan(0);
    fc.assert(
      fc.property(arbitrarySignals, (signals) => {
        for (const { measure } of independent)
          expect(measure(withoutPresentOrm(signals)).strength).toBe(measure(signals).strength);
      }),
    );
  });

  test("moves what declares one, for some project", () => {
    for (const { id, presentOrmInputs, measure } of criteria) {
      if (presentOrmInputs.length === 0) continue;
      const moved = fc
        .sample(arbitrarySignals, { numRuns: 300, seed: 7 })
        .some((signals) => measure(withoutPresentOrm(signals)).strength !== measure(signals).strength);
      expect([id, moved]).toEqual([id, true]);
    }
  });
});

describe("flips", { timeout: 30_000 }, () => {
  test("really flip the choice when applied, and no change of a pair does so alone", () => {
    fc.assert(
      fc.property(arbitrarySignals, (signals) => {
        const now = choiceOf(signals);
        for (const { changes, choice } of findFlips(signals, choiceOf)) {
          expect(choice).not.toBe(now);
          expect(choiceOf(applyChanges(signals, changes))).toBe(choice);
          expect(["sqlalchemy", "django-orm", "either"]).toContain(choice);
          if (changes.length === 2)
            for (const change of changes)
              expect([now, "undecided", "not-needed"]).toContain(choiceOf(change.apply(signals)));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("symmetry", { timeout: 30_000 }, () => {
  test("the framework weighs the same on both sides", () => {
    const weightOf = (id: string) => criteria.find((criterion) => criterion.id === id)?.weight;
    expect(weightOf("framework-not-django")).toBe(weightOf("django-application"));
  });

  test("swapping the framework moves the margin by both framework weights and nothing more", () => {
    fc.assert(
      fc.property(arbitrarySignals, (signals) => {
        const onDjango = weigh({ ...signals, orms: [], frameworks: [framework("django")] }).margin;
        const onFlask = weigh({ ...signals, orms: [], frameworks: [framework("flask")] }).margin;
        expect(onFlask - onDjango).toBeCloseTo(8, 6);
      }),
    );
  });

  test("ORMs of one family are interchangeable", () => {
    fc.assert(
      fc.property(arbitrarySignals, (signals) => {
        const as = (name: string) => ({
          ...signals,
          orms: signals.orms.map((use) => (use.name === "sqlalchemy-orm" ? { ...use, name } : use)),
        });
        fc.pre(!signals.orms.some((use) => use.name === "sqlmodel"));
        const { choice, margin, greenfield } = judgeProject(as("sqlmodel")).verdict;
        expect(judgeProject(as("sqlalchemy-orm")).verdict).toMatchObject({ choice, margin, greenfield });
      }),
      { numRuns: 60 },
    );
  });
});
