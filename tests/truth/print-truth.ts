import type { Counts, Miss, Share, TruthComparison } from "./compare-truth.ts";

const SHOWN_MISSES = 12;
const SQL_WIDTH = 300;
/** The least that holds over applications and own projects. */
const LEAST = { siteRecall: 0.92, sitePrecision: 0.97, featureF1: 0.95, hardnessExact: 0.85 };

/** What the figures count and what they leave out, for whoever reads them; compare-truth.ts has the rules in full. */
export const COUNTING_RULES = `How it counts:
  A site is a line of the code under study from which a statement was sent. Left out of the sites: transactions; what tests send
  themselves; what attributes load; what Django's sessions, auth, contenttypes and the like send for themselves. The last two are
  counted apart. Site recall asks whether anything was predicted on the line, not whether it was the same statement.
  Precision judges predicted sites whose line ran, unless the part of the line that they stand in did not; a site is right where any
  statement at all was sent from its lines, also by code that the library called back there.
  Features, hardness and operation are judged on sites that were matched to a statement. Of several runs of a site the fullest
  statement counts; a site that some branch makes fuller than any run did is wrong by that. What follows the first statement of
  one evaluation (prefetches, what a delete looks for) is nobody's. A flush or commit agrees with any write; save(), set() and the
  get_or_create() family agree with whichever statement the rows led to.
`;

/** One suite's figures; with `verbose` all its misses, else the first of each kind, and none for null. */
export function printTruth(name: string, comparison: TruthComparison, verbose: boolean | null): string {
  const { features, misses } = comparison;
  const rows = Object.entries(features)
    .filter(([, { actual, predicted }]) => actual + predicted > 0)
    .map(([feature, counts]) => `    ${feature.padEnd(14)} ${printCounts(counts)}`);
  return [
    name,
    `  site recall ${printShare(comparison.sites)} · precision ${printShare(comparison.precision)} · hardness ${printShare(comparison.hardness)}`,
    `  operation ${printShare(comparison.operation)} · in async code ${printShare(comparison.async)} · loaded by attributes alone ${printShare(comparison.implicitSites)} · sent by Django's own applications ${printShare(comparison.librarySites)} · SQL not read ${comparison.unreadSql}`,
    ...rows,
    ...(verbose === null ? [] : printMisses(misses, verbose)),
  ].join("\n");
}

/** Whether the figures reach what the project promises of applications. */
export function isTrueEnough({ features, hardness, precision, sites }: TruthComparison): boolean {
  const isLow = (share: Share, least: number): boolean => (ratio(share) ?? 1) < least;
  if (isLow(sites, LEAST.siteRecall) || isLow(precision, LEAST.sitePrecision)) return false;
  if (isLow(hardness, LEAST.hardnessExact)) return false;
  return Object.values(features).every((counts) => (f1(counts) ?? 1) >= LEAST.featureF1);
}

/** The last line: the figures as one line of JSON. */
export function truthJson(comparison: TruthComparison): string {
  return JSON.stringify({
    siteRecall: ratio(comparison.sites),
    sitePrecision: ratio(comparison.precision),
    featureF1: Object.fromEntries(
      Object.entries(comparison.features).map(([feature, counts]) => [feature, f1(counts)]),
    ),
    hardnessExact: ratio(comparison.hardness),
  });
}

function printMisses(misses: readonly Miss[], verbose: boolean): string[] {
  const kinds = [...new Set(misses.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const of = misses.filter((miss) => miss.kind === kind);
    const shown = verbose ? of : of.slice(0, SHOWN_MISSES);
    const more = of.length - shown.length;
    return [
      `  ${kind}: ${of.length} off`,
      ...shown.map(({ line, path, says, sql }) =>
        [`    ${path}:${line}  ${says}`, ...(sql === null ? [] : [`      ${oneLine(sql)}`])].join("\n"),
      ),
      ...(more > 0 ? [`    and ${more} more (--verbose)`] : []),
    ];
  });
}

function oneLine(sql: string): string {
  const text = sql.replace(/\s+/g, " ").replace(/^SELECT (.{120}).*? FROM /, "SELECT $1… FROM ");
  return text.length > SQL_WIDTH ? `${text.slice(0, SQL_WIDTH)}…` : text;
}

function printShare(share: Share): string {
  return share.of === 0 ? "–" : `${(ratio(share) ?? 0).toFixed(3)} (${share.hits}/${share.of})`;
}

function printCounts(counts: Counts): string {
  const { actual, both, predicted } = counts;
  return `precision ${printShare({ hits: both, of: predicted })}  recall ${printShare({ hits: both, of: actual })}  F1 ${f1(counts)?.toFixed(3) ?? "–"}`;
}

/** Rounded to four places; null where there was nothing to count. */
function ratio({ hits, of }: Share): number | null {
  return of === 0 ? null : Math.round((hits / of) * 1e4) / 1e4;
}

function f1({ actual, both, predicted }: Counts): number | null {
  return ratio({ hits: 2 * both, of: predicted + actual });
}
