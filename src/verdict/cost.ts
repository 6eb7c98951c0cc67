// What moving to the other ORM would take, as arithmetic a reader can redo: so many things of a kind, so much each. The
// unit costs are judgement, given as ranges; one unit is about one hour of a developer who knows both ORMs.

import type { Choice, MoveCost, ProjectSignals, Side } from "../model/report.ts";
import { roundTo } from "./curves.ts";
import { familyOf, presentOrm } from "./orm-family.ts";
import { statementCounts } from "./statements.ts";

interface UnitCost {
  readonly what: string;
  readonly low: number;
  readonly high: number;
  readonly note: (to: Side) => string;
  readonly count: (signals: ProjectSignals, to: Side) => number;
}

const UNIT_COSTS: readonly UnitCost[] = [
  {
    what: "models",
    low: 0.5,
    high: 1.5,
    note: () => "declare columns and relations anew and compare the resulting schema with today's",
    count: (signals) => signals.models.total,
  },
  {
    what: "crud statements",
    low: 0.1,
    high: 0.25,
    note: () => "rewritten one to one",
    count: (signals) => statementCounts(signals).crud,
  },
  {
    what: "moderate statements",
    low: 0.25,
    high: 0.75,
    note: () => "joins and aggregates, each checked against the old SQL",
    count: (signals) => statementCounts(signals).moderate,
  },
  {
    what: "advanced statements",
    low: 1,
    high: 3,
    note: () => "rethought, because subqueries, windows and locking are composed differently",
    count: (signals) => statementCounts(signals).advanced,
  },
  {
    what: "statements beyond the Django ORM",
    low: 1,
    high: 4,
    note: (to) => (to === "django-orm" ? "become raw SQL" : "composed in SQLAlchemy, or their raw SQL kept"),
    count: (signals) => statementCounts(signals).beyond,
  },
  {
    what: "migration histories",
    low: 4,
    high: 12,
    note: (to) =>
      to === "django-orm"
        ? "start Django migrations from the live schema and fake the first one"
        : "set up Alembic and stamp the live schema as its base",
    count: (signals) => signals.migrations.tools.length,
  },
  {
    what: "admin registrations",
    low: 0.25,
    high: 2,
    note: (to) =>
      to === "django-orm" ? "registered with Django's admin" : "rebuilt in another admin package",
    count: (signals) => signals.admin.registrations,
  },
];

/** The cost of moving to the chosen side, or away from it when it is in use; null without a relational ORM to move from. */
export function costOfMoving(signals: ProjectSignals, choice: Choice): MoveCost | null {
  const present = presentOrm(signals);
  if (present === null || choice === "not-needed" || choice === "undecided") return null;
  const to = targetOf(familyOf(present.name), choice);
  const items = UNIT_COSTS.flatMap((unit) => {
    const count = unit.count(signals, to);
    if (count === 0) return [];
    const { what, low, high } = unit;
    return [
      { what, count, low: roundTo(count * low, 2), high: roundTo(count * high, 2), note: noteOf(unit, to) },
    ];
  });
  const sum = (of: (item: (typeof items)[number]) => number): number =>
    roundTo(
      items.reduce((total, item) => total + of(item), 0),
      2,
    );
  return { to, low: sum((item) => item.low), high: sum((item) => item.high), items };
}

function targetOf(family: string, choice: Choice): Side {
  if (family === "sqlalchemy") return "django-orm";
  if (family === "django-orm") return "sqlalchemy";
  return choice === "django-orm" ? "django-orm" : "sqlalchemy";
}

function noteOf(unit: UnitCost, to: Side): string {
  return `each ${unit.low} to ${unit.high}: ${unit.note(to)}`;
}
