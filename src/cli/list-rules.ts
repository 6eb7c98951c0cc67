import { criteria, rules } from "../index.ts";
import type { Host } from "./host.ts";

const SIDES = { sqlalchemy: "SQLAlchemy", "django-orm": "Django ORM" } as const;

/** `rules`: what `check` enforces and what the verdict weighs, each with its default. */
export function listRules(host: Host): void {
  const ruleLines = rules.map(({ id, severity, title, offBecause }) => [
    id,
    offBecause === undefined ? severity : `${severity}, off`,
    title,
  ]);
  const criterionLines = criteria.map(({ id, favours, weight, title }) => [
    id,
    `${weight.toFixed(1)} for ${SIDES[favours]}`,
    title,
  ]);
  host.stdout.write(
    [
      `Rules that \`check\` enforces${rules.length === 0 ? ": none yet" : ""}`,
      ...columns(ruleLines),
      "",
      "Criteria that the verdict weighs, with their weights",
      ...columns(criterionLines),
      "",
      "`ormverdict explain ID` says more about each.",
      "",
    ].join("\n"),
  );
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number): number => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0));
  const widths = [width(0), width(1)];
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}
