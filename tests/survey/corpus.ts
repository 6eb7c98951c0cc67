import { readFileSync } from "node:fs";
import { type Choice, type DatabaseAccess, UsageError } from "../../src/index.ts";
import type { Expectation } from "./record.ts";

/** A labelled repository, and the name of its checkout's folder. */
export interface CorpusEntry {
  readonly folder: string;
  readonly expectation: Expectation;
}

const COLUMNS = ["repo", "frameworks", "primary_orm", "async_db", "projects", "kind", "evidence", "expected"];

const ACCESS: Readonly<Record<string, DatabaseAccess>> = { yes: "async", partly: "mixed" };

/**
 * Reads labels of public repositories from tab-separated text with a header line.
 *
 * The labels are coarser than the records beside this file. They know no supported frameworks, say "no" both for synchronous
 * access and for no access at all (not compared then), and note the frameworks of all projects of a repository together.
 */
export function readCorpus(path: string): CorpusEntry[] {
  const [header = "", ...lines] = readFileSync(path, "utf8").split(/\r?\n/).filter(Boolean);
  const names = header.split("\t");
  const missing = COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new UsageError(`${path} has no column ${missing.join(", ")}.`);
  return lines.map((line) => {
    const cells = line.split("\t");
    return entryOf((name) => cells[names.indexOf(name)]?.trim() ?? "");
  });
}

function entryOf(cell: (column: string) => string): CorpusEntry {
  const repo = cell("repo");
  const access = ACCESS[cell("async_db")];
  const primaryOrm = cell("primary_orm");
  return {
    folder: repo.replace("/", "__"),
    expectation: {
      name: repo,
      frameworks: Object.fromEntries(listed(cell("frameworks")).map((name) => [name, "runs-on" as const])),
      frameworksOfAll: Number(cell("projects")) > 1,
      primaryOrm: primaryOrm === "none" ? null : primaryOrm,
      choices: choicesOf(cell("expected"), cell("kind")),
      ...(access !== undefined && { databaseAccess: access }),
      why: listed(cell("evidence").replaceAll(";", ",")).join("\n"),
    },
  };
}

function choicesOf(expected: string, kind: string): Choice[] {
  if (expected === "sqlalchemy" || expected === "django-orm" || expected === "either") return [expected];
  if (expected !== "no-database") return [];
  // An integration for other people's databases has none itself, and fits either ORM: the label does not tell the two apart.
  return kind === "integration-library" ? ["not-needed", "either"] : ["not-needed"];
}

function listed(text: string): string[] {
  return text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "" && one !== "none");
}
