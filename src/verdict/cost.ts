// What moving to the other ORM would take, as arithmetic a reader can redo: so many things of a kind, so much each. The
// unit costs are judgement, given as ranges; one unit is about one hour of a developer who knows both ORMs.

import type { Choice, MoveCost, ProjectSignals, Side } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import { byName, type CostItem, type CostLine, firstOf } from "./cost-line.ts";
import { mappingLines } from "./cost-of-mapping.ts";
import { queryLines } from "./cost-of-queries.ts";
import { roundTo } from "./curves.ts";
import { familyOf, type OrmFamily, presentOrm } from "./orm-family.ts";
import { counted } from "./phrase.ts";

/** Each dependent of the ORM that goes: judgement, and what has to be done. */
const DEPENDENTS: Readonly<Record<string, readonly [low: number, high: number, does: string]>> = {
  forms: [0.25, 1, "fields and validation are declared anew, saving is written"],
  serializers: [0.25, 1, "fields are declared anew, saving is written"],
  views: [0.25, 1.5, "generic views and filters over models are written anew"],
  "signal receivers": [0.5, 2, "attached to the other's events, whose moments differ"],
  managers: [0.5, 2, "become functions, or a class of queries of the other's"],
  "user and login": [0.25, 2, "the user model and what logs in by it are set up on the other ORM"],
};

/** The cost of moving to the chosen side, or away from it when it is in use; null without a relational ORM to move from. */
export function costOfMoving(signals: ProjectSignals, choice: Choice): MoveCost | null {
  const present = presentOrm(signals);
  if (present === null || choice === "not-needed" || choice === "undecided") return null;
  const family = familyOf(present.name);
  const to = targetOf(family, choice);
  const lines = [
    ...mappingLines(signals, family, to),
    ...queryLines(signals, family, to),
    ...migrationLines(signals, to),
    ...adminLines(signals, to),
    ...dependentLines(signals, family),
  ];
  const items = lines.filter(({ count }) => count > 0).map(multiplied);
  const sum = (of: (item: CostItem) => number): number =>
    roundTo(
      items.reduce((total, item) => total + of(item), 0),
      2,
    );
  return { to, low: sum((item) => item.low), high: sum((item) => item.high), items };
}

function multiplied({ what, count, ...rest }: CostLine): CostItem {
  const { low, high } = rest.each;
  return { what, count, low: roundTo(count * low, 2), high: roundTo(count * high, 2), ...rest };
}

function targetOf(family: OrmFamily, choice: Choice): Side {
  if (family === "sqlalchemy") return "django-orm";
  if (family === "django-orm") return "sqlalchemy";
  return choice === "django-orm" ? "django-orm" : "sqlalchemy";
}

function migrationLines({ migrations: { tools } }: ProjectSignals, to: Side): readonly CostLine[] {
  const files = tools.reduce((total, { count }) => total + count, 0);
  const begin =
    to === "django-orm"
      ? "start Django migrations from the live schema and fake the first one"
      : "set up Alembic and stamp the live schema as its base";
  return [
    {
      what: "migration histories",
      group: "migrations",
      carries: "not",
      count: tools.length,
      each: { low: 4, high: 12 },
      note: `${begin}; ${counted(files, "migration")} of today's ${files === 1 ? "stays" : "stay"} behind`,
      evidence: firstOf(tools.toSorted((left, right) => compareText(left.tool, right.tool))),
    },
  ];
}

function adminLines({ admin }: ProjectSignals, to: Side): readonly CostLine[] {
  return [
    {
      what: "admin registrations",
      group: "admin",
      carries: "not",
      count: admin.registrations,
      each: { low: 0.25, high: 2 },
      note: to === "django-orm" ? "registered with Django's admin" : "rebuilt in another admin package",
      evidence: admin.evidence.slice(0, 3),
    },
  ];
}

function dependentLines({ ties }: ProjectSignals, family: OrmFamily): readonly CostLine[] {
  return Object.entries(DEPENDENTS).map(([name, [low, high, does]]) => {
    const found = ties.items.filter(
      (tie) => tie.kind === "dependent" && tie.name === name && familyOf(tie.orm) === family,
    );
    return {
      what: name,
      group: "dependents" as const,
      carries: "not" as const,
      count: found.reduce((total, { count }) => total + count, 0),
      each: { low, high },
      note: does,
      evidence: firstOf(found.toSorted(byName)),
    };
  });
}
