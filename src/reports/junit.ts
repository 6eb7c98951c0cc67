// JUnit XML, which nearly every CI system shows: one test case a finding, and one that passed where there are none.
import type { Finding, Report } from "../model/report.ts";
import { plainText } from "../text/plain-text.ts";
import { openFindings } from "./open-findings.ts";
import type { RenderOptions, Reporter } from "./reporter.ts";
import { shownPath } from "./shown-path.ts";

function render(report: Report, options: RenderOptions): string {
  const findings = openFindings(report);
  const cases = findings.map((finding) => testCase(finding, options));
  const passed = `    <testcase name="no findings" classname="ormverdict"/>`;
  const tests = Math.max(1, findings.length);
  const counts = `tests="${tests}" failures="${findings.length}" errors="0"`;
  return `${[
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites name="ormverdict" ${counts}>`,
    `  <testsuite name="ormverdict" ${counts} skipped="0">`,
    ...(cases.length === 0 ? [passed] : cases),
    "  </testsuite>",
    "</testsuites>",
  ].join("\n")}\n`;
}

function testCase(
  { rule, severity, message, path, line, column, related }: Finding,
  options: RenderOptions,
): string {
  const file = xml(shownPath(path, options));
  const says = xml(plainText(message));
  const places = related.map(
    (at) => `${shownPath(at.path, options)}:${at.line}:${at.column}: ${plainText(at.says)}`,
  );
  const body = [`${shownPath(path, options)}:${line}:${column}: ${plainText(message)}`, ...places]
    .map(xml)
    .join("\n");
  return [
    `    <testcase name="${xml(rule)} at ${file}:${line}:${column}" classname="${file}" file="${file}" line="${line}">`,
    `      <failure type="${severity}" message="${says}">${body}</failure>`,
    "    </testcase>",
  ].join("\n");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** XML 1.0 has no way at all to write most control characters: they become visible escapes. */
function xml(text: string): string {
  return plainText(text, 2_000)
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Findings as failed tests. */
export const junit: Reporter = {
  name: "junit",
  mediaType: "application/xml",
  describe: "findings as JUnit XML",
  subject: "findings",
  forRepository: true,
  render,
};
