// A project on another ORM than the two: what the nearer of the two would bring it, and what it would cost. Each line has its number
// from the signals, or is left out.

import { ormNamed } from "../knowledge/orms.ts";
import type { Choice, ProjectSignals, Side, ThirdOrm } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import { costOfMoving } from "./cost.ts";
import { roundTo } from "./curves.ts";
import { familyOf, presentOrm } from "./orm-family.ts";
import { counted, listed, ormName, toolName } from "./phrase.ts";
import { statementCounts } from "./statements.ts";

/** Migrations that know no ORM stay what they are under another one. */
const ANY_ORM: ReadonlySet<string> = new Set(["sql-files", "hand-written", "yoyo"]);

/** Null where one of the two is in use, none is, or neither was chosen. */
export function thirdOrm(signals: ProjectSignals, choice: Choice): ThirdOrm | null {
  const present = presentOrm(signals);
  if (present === null || familyOf(present.name) !== "other-orm") return null;
  if (choice !== "sqlalchemy" && choice !== "django-orm") return null;
  return {
    orm: present.name,
    nearer: choice,
    gains: gainsOf(signals, present.name, choice),
    losses: lossesOf(signals, present.name, choice),
  };
}

function gainsOf(signals: ProjectSignals, present: string, side: Side): readonly string[] {
  const { moderate, advanced, beyond, raw } = statementCounts(signals);
  const { awaited, syncInAsync, threaded } = signals.async.access;
  const style = ormNamed(present)?.async ?? "sync";
  const demanding = moderate + advanced + beyond;
  const hasTool = signals.migrations.tools.length > 0;
  const isWanted = signals.async.weight !== "absent" || signals.async.databaseAccess === "async";
  if (side === "django-orm")
    return [
      `an admin made from ${counted(signals.models.total, "model")}`,
      ...(hasTool ? [] : ["migrations that come with the ORM, where none were found"]),
      "auth, forms and nearly every add-on of Django expect its models",
    ];
  return [
    ...(demanding > 0
      ? [
          `${counted(demanding, "statement")} beyond CRUD composed from the whole of SQL, CTEs and windows included`,
        ]
      : []),
    ...(raw > 0 ? [`${counted(raw, "raw statement")} that Core could compose`] : []),
    ...(style === "sync" && isWanted
      ? [
          `async database access, which ${ormName(present)} has not (${counted(awaited + syncInAsync + threaded, "execution")} in async code)`,
        ]
      : []),
    ...(hasTool ? [] : ["migrations with Alembic, where none were found"]),
    "the larger ecosystem: drivers, admin packages, types through Mapped[]",
  ];
}

function lossesOf(signals: ProjectSignals, present: string, side: Side): readonly string[] {
  const cost = costOfMoving(signals, side);
  const { total, crud } = statementCounts(signals);
  const style = ormNamed(present)?.async ?? "sync";
  const tools = signals.migrations.tools
    .filter(({ tool }) => !ANY_ORM.has(tool))
    .map(({ tool }) => toolName(tool))
    .toSorted(compareText);
  const { awaited } = signals.async.access;
  return [
    ...(cost === null
      ? []
      : [
          `${roundTo(cost.low, 0)} to ${roundTo(cost.high, 0)} hours for ${counted(signals.models.total, "model")} and ${counted(total, "statement")}`,
        ]),
    ...(side === "sqlalchemy" && crud > 0
      ? [`brevity: ${counted(crud, "plain statement")} on models would go through a session`]
      : []),
    ...(side === "django-orm" && style === "async" && awaited > 0
      ? [
          `${counted(awaited, "execution")} awaited on an async driver, which Django's a-methods hand to threads`,
        ]
      : []),
    ...(tools.length > 0 ? [`the migrations kept with ${listed(tools)}`] : []),
  ];
}
