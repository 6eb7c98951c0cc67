import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../src/index.ts";
import { compareText } from "../../src/text/compare-text.ts";
import { surveyRecords } from "./record.schema.ts";
import type { SurveyRecord } from "./record.ts";

/** Reads every record file beside this one, ordered by package. */
export function readRecords(folder: string = fileURLToPath(new URL(".", import.meta.url))): SurveyRecord[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const records = files.sort(compareText).flatMap((file) => readFile(folder, file));
  return records.sort((left, right) => compareText(left.package, right.package));
}

function readFile(folder: string, file: string): SurveyRecord[] {
  const parsed = surveyRecords.safeParse(JSON.parse(readFileSync(`${folder}/${file}`, "utf8")));
  if (parsed.success) return parsed.data as SurveyRecord[];
  const issues = parsed.error.issues.map(({ message, path }) => `${path.join(".")}: ${message}`);
  throw new UsageError(`The survey's record file ${file} is not as it should be:\n${issues.join("\n")}`);
}
