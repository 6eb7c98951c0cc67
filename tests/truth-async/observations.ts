// What cells did when they ran, kept as data beside the project they ran in, so that the comparison needs no Python.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../../src/text/compare-text.ts";
import type { Members } from "./member-snippets.ts";

/** "raises": SynchronousOnlyOperation or MissingGreenlet. "unawaited": a coroutine was dropped. Others are fine for the loop. */
export type Outcome = "raises" | "unawaited" | "fine" | `other ${string}`;

export interface Observations {
  /** Versions of Python and of the libraries that it was seen with. */
  readonly versions: Readonly<Record<string, string>>;
  readonly members: Members;
  /** By snippet and context. */
  readonly outcomes: Readonly<Record<string, Readonly<Record<string, Outcome>>>>;
}

/** Whether a version was observed; one that is new in the table is not, until the command has run. */
export function isRecorded(folder: string, name: string): boolean {
  return existsSync(fileOf(folder, name));
}

export function readObservations(folder: string, name: string): Observations {
  return JSON.parse(readFileSync(fileOf(folder, name), "utf8"));
}

/** One line a snippet, sorted, so that what changes in a new version is seen in a diff. */
export function writeObservations(folder: string, name: string, observations: Observations): void {
  const { members, outcomes, versions } = observations;
  const text = [
    "{",
    `  "versions": ${JSON.stringify(versions)},`,
    '  "members": {',
    linesOf(members),
    "  },",
    '  "outcomes": {',
    linesOf(outcomes),
    "  }",
    "}",
  ];
  writeFileSync(fileOf(folder, name), `${text.join("\n")}\n`);
}

function linesOf(record: Readonly<Record<string, unknown>>): string {
  return Object.entries(record)
    .sort(([left], [right]) => compareText(left, right))
    .map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(",\n");
}

function fileOf(folder: string, name: string): string {
  return join(folder, "observed", `${name}.json`);
}

/** Outcomes by the id of a cell, "snippet context", as the recorder writes them, put under their snippets. */
export function bySnippet(outcomes: Readonly<Record<string, Outcome>>): Observations["outcomes"] {
  const found: Record<string, Record<string, Outcome>> = {};
  for (const [id, outcome] of Object.entries(outcomes)) {
    const at = id.lastIndexOf(" ");
    const snippet = id.slice(0, at);
    found[snippet] = { ...found[snippet], [id.slice(at + 1)]: outcome };
  }
  return found;
}

/** The members that any of the versions has. */
export function allMembers(all: readonly Observations[]): Members {
  const merged: Record<string, Members[string]> = {};
  for (const { members } of all)
    for (const [name, found] of Object.entries(members)) merged[name] = { ...merged[name], ...found };
  return merged;
}
