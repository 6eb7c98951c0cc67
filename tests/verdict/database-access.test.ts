// The way queries meet the event loop, as a tech lead reads it: plain words, no zeros, one and many told apart.
import { expect, it } from "vitest";
import type { AsyncSignal } from "../../src/model/report.ts";
import { databaseAccessWords } from "../../src/verdict/database-access.ts";
import { singleReport } from "../reports/sample-report.ts";

function words(
  databaseAccess: AsyncSignal["databaseAccess"],
  [awaited, threaded, syncInSync, syncInAsync]: readonly [number, number, number, number],
): string {
  const [project] = singleReport.projects;
  if (project === undefined) throw new Error("the sample has a project");
  const access = { awaited, threaded, syncInSync, syncInAsync };
  return databaseAccessWords({ ...project.async, databaseAccess, access });
}

it.each([
  ["async", [7, 0, 0, 0], "async: all 7 queries are awaited"],
  ["sync", [0, 0, 1, 0], "synchronous: its one query runs in a plain function"],
  [
    "mixed",
    [0, 173, 152, 1],
    "partly async: of 326 queries, 173 run in threads, 152 run in plain functions and 1 blocks the event loop",
  ],
  [
    "mixed",
    [1, 1, 1, 2],
    "partly async: of 5 queries, 1 is awaited, 1 runs in a thread, 1 runs in a plain function and 2 block the event loop",
  ],
  ["none", [0, 0, 0, 0], "absent, and no query was seen to run"],
  ["unknown", [0, 0, 0, 0], "of unknown kind, and no query was seen to run"],
] as const)("%s %j", (kind, counts, says) => {
  expect(words(kind, counts)).toBe(says);
});
