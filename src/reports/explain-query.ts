import type { Query, Tier } from "../model/report.ts";
import { plainText } from "../text/plain-text.ts";
import { productName } from "./display-names.ts";
import { type Item, type ItemStyle, itemLines, placeOf } from "./item-lines.ts";
import { joinLines } from "./join-lines.ts";
import { paintFor } from "./paint.ts";
import { featureName } from "./query-summary.ts";
import type { RenderOptions } from "./reporter.ts";
import { tableLines } from "./text-table.ts";
import { readableWidth, wrapText } from "./wrap-text.ts";

/** Whether an ORM expresses a feature: by itself, with limits, or only through raw SQL. */
export type Expressible = "yes" | "limited" | "no";

/** What is known of one query feature in the versions that the project uses. */
export interface FeatureSupport {
  /** A name of QueryFeature. */
  readonly feature: string;
  readonly djangoOrm: Expressible;
  readonly sqlalchemy: Expressible;
  /** The limit, in one clause; empty when there is none. */
  readonly note: string;
}

const SUPPORT = { yes: "yes", limited: "with limits", no: "raw SQL only" } as const satisfies Record<
  Expressible,
  string
>;

const TIERS = {
  crud: "crud: plain reads and writes, the same in either ORM",
  moderate: "moderate: joins, relation lookups or aggregates, which either ORM does well",
  advanced: "advanced: more than joins and aggregates; both ORMs can, with more work",
  "beyond-django-orm": "beyond the Django ORM: it takes raw SQL there",
} as const satisfies Record<Tier, string>;

const RUNS = {
  sync: "executed synchronously",
  awaited: "awaited",
  "not-executed": "built here, not executed",
  unknown: "where it is executed could not be seen",
} as const satisfies Record<Query["execution"]["kind"], string>;

function runWords({ execution, inAsync, inLoop }: Query): string {
  const isKnown = execution.kind === "sync" || execution.kind === "awaited";
  const blocks = inAsync && execution.kind === "sync" && !execution.threaded;
  return [
    isKnown ? `${RUNS[execution.kind]} on line ${execution.line}` : RUNS[execution.kind],
    ...(execution.threaded ? ["in a thread"] : []),
    ...(blocks ? ["inside async code, so it blocks the event loop"] : inAsync ? ["inside async code"] : []),
    ...(inLoop ? ["once per turn of a loop"] : []),
  ].join(", ");
}

/** Spider's rule is a table over three counts; naming what each counts lets a reader check it. */
function hardnessItems({ hardness, components: { one, two, others } }: Query): readonly Item[] {
  const kinds = [
    `${one} of WHERE, GROUP BY, ORDER BY, LIMIT, each joined table, OR and LIKE`,
    `${two} of nested queries, UNION, INTERSECT and EXCEPT`,
    `${others} of several aggregates, several columns, several conditions, several grouping terms`,
  ];
  return [
    { label: "hardness", says: `${hardness}, as the Spider benchmark counts:` },
    ...kinds.map((says) => ({ label: "", says })),
  ];
}

function featureRows(query: Query, support: readonly FeatureSupport[]): readonly (readonly string[])[] {
  const known = new Map(support.map((entry) => [entry.feature, entry]));
  return query.features.map(({ name, line }) => {
    const entry = known.get(name);
    // The query knows what the project's own Django version lacks; that beats what holds in general.
    const django = query.beyondDjango.includes(name) ? SUPPORT.no : entry && SUPPORT[entry.djangoOrm];
    const note = entry === undefined || entry.note === "" ? "" : entry.note;
    const alchemy = entry === undefined ? "not recorded" : SUPPORT[entry.sqlalchemy];
    return [featureName(name), String(line), django ?? "not recorded", alchemy, note];
  });
}

function featureLines(query: Query, support: readonly FeatureSupport[], style: ItemStyle): readonly string[] {
  if (query.features.length === 0)
    return itemLines({ label: "features", says: "none beyond a plain statement" }, style);
  const rows = featureRows(query, support);
  const head = ["feature", "line", "Django ORM", "SQLAlchemy", "limits"];
  // A column that says nothing takes room from those that do.
  const columns = rows.some((row) => row[4] !== "") ? 5 : 4;
  return [
    "",
    ...tableLines(
      [head, ...rows].map((row) => row.slice(0, columns)),
      style.width,
      style.paint,
    ),
  ];
}

function otherOrm(query: Query, support: readonly FeatureSupport[]): string {
  const names = query.features.map(({ name }) => name);
  if (!query.orm.startsWith("django")) {
    const beyond = [...new Set(query.beyondDjango)].map(featureName);
    return beyond.length === 0
      ? "the Django ORM can express all of it"
      : `the Django ORM needs raw SQL for ${beyond.join(", ")}`;
  }
  const lacking = support.filter(({ feature, sqlalchemy }) => sqlalchemy === "no" && names.includes(feature));
  const unknown = names.some((name) => !support.some(({ feature }) => feature === name));
  if (lacking.length > 0)
    return `SQLAlchemy needs raw SQL for ${lacking.map(({ feature }) => featureName(feature)).join(", ")}`;
  return unknown ? "not recorded for every feature" : "SQLAlchemy can express all of it";
}

/**
 * The text of `explain path:line` for one query: what it is, where it runs, what makes it as hard as it is, and what either
 * ORM would make of it. `support` may leave features out; the text then says so. Ends in a newline.
 */
export function explainQuery(
  query: Query,
  support: readonly FeatureSupport[],
  options: Pick<RenderOptions, "color" | "width">,
): string {
  const paint = paintFor(options.color);
  const style: ItemStyle = { width: readableWidth(options.width), paint };
  const where = query.function === null ? "at module level" : `in ${query.function}`;
  const what = `${query.operation} on ${query.model ?? "a model that could not be resolved"}, by ${productName(query.orm)} (${query.layer} layer), ${where}`;
  const seen =
    query.certainty === "resolved" ? "its types were resolved" : "inferred from the shape of the code alone";
  const items: readonly Item[] = [
    { label: "runs", says: runWords(query) },
    { label: "tier", says: TIERS[query.tier] },
    ...hardnessItems(query),
    { label: "elsewhere", says: otherOrm(query, support) },
    { label: "certainty", says: seen },
  ];
  const lines = [
    paint.bold(placeOf(query)),
    ...wrapText(plainText(what), style.width - 2).map((line) => `  ${line}`),
    "",
    ...items.flatMap((item) => itemLines(item, style)),
    ...featureLines(query, support, style),
  ];
  return joinLines(lines);
}
