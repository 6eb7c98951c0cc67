import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { rules } from "../../src/findings/index.ts";
import type { Report } from "../../src/model/report.ts";
import type { RenderOptions } from "../../src/reports/reporter.ts";
import { sarif } from "../../src/reports/sarif.ts";
import { accepted, excused, finding, reportOf } from "./findings-report.ts";
import { HOSTILE_TEXTS } from "./hostile-report.ts";

const options: RenderOptions = { color: false, width: 80, verbose: false, rules };
const schemaFile = new URL("data/sarif-schema-2.1.0.json", import.meta.url);
// Formats are checked below, by parsing; the schema is of draft 7 or older by its own word.
const { $schema: _draft, id: _id, $id: _newId, ...schema } = JSON.parse(readFileSync(schemaFile, "utf8"));
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

interface Place {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: Readonly<Record<"startLine" | "startColumn" | "endLine" | "endColumn", number>>;
  };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Place[];
  readonly relatedLocations?: readonly (Place & { readonly id: number })[];
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly { readonly locations: readonly unknown[] }[];
  }[];
  readonly suppressions?: readonly { readonly kind: string; readonly justification?: string }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

function runOf(report: Report, more: Partial<RenderOptions> = {}) {
  const log = JSON.parse(sarif.render(report, { ...options, ...more }));
  expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  expect(log.runs).toHaveLength(1);
  const [run] = log.runs;
  return { run, results: run.results as readonly Result[], rules: run.tool.driver.rules };
}

describe("sarif", () => {
  it("refuses a log that breaks the schema, so that the other tests mean something", () => {
    expect(validate({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
  });

  it("describes every rule as code scanning wants it", () => {
    const { rules: described } = runOf(reportOf([]));
    expect(described.map(({ id }: { id: string }) => id)).toEqual(rules.map(({ id }) => id).sort());
    for (const rule of described) {
      expect(rule.shortDescription.text).toMatch(/\S/);
      expect(rule.shortDescription.text.length).toBeLessThanOrEqual(1024);
      expect(rule.fullDescription.text.length).toBeLessThanOrEqual(1024);
      expect(rule.help.text).toMatch(/\S/);
      expect(rule.help.markdown).toContain("```python");
      expect(rule.name.length).toBeLessThanOrEqual(255);
      expect(rule.properties.tags.length).toBeLessThanOrEqual(10);
      expect(["error", "warning", "recommendation"]).toContain(rule.properties["problem.severity"]);
      // It would make security alerts of findings about speed.
      expect(rule.properties).not.toHaveProperty("security-severity");
    }
  });

  it("gives each finding its place, its fingerprint and the way to it", () => {
    const { results, rules: described } = runOf(reportOf([finding()]), { pathPrefix: "services/api/" });
    const [result] = results;
    expect(result).toMatchObject({
      ruleId: "query-in-loop",
      level: "warning",
      partialFingerprints: { "ormverdict/v1": "a1b2c3" },
    });
    expect(described[result?.ruleIndex ?? -1].id).toBe("query-in-loop");
    expect(result?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "services/api/app/users/crud.py" },
      region: { startLine: 21, startColumn: 5, endLine: 21, endColumn: 40 },
    });
    expect(result?.message.text).toContain("[the loop](1)");
    expect(result?.relatedLocations?.[0]?.id).toBe(1);
    expect(result?.codeFlows?.[0]?.threadFlows[0]?.locations).toHaveLength(2);
  });

  it("says in which unit columns are, and which runs are to be compared", () => {
    const { run } = runOf(reportOf([]));
    expect(run).toMatchObject({ columnKind: "unicodeCodePoints", automationDetails: { id: "ormverdict/" } });
  });

  it("gives every place a region that is not empty, the end excluded", () => {
    const { results } = runOf(reportOf([finding({ endColumn: 5 })]));
    const places = [...(results[0]?.locations ?? []), ...(results[0]?.relatedLocations ?? [])];
    expect(places.map(({ physicalLocation: { region } }) => region)).toEqual([
      { startLine: 21, startColumn: 5, endLine: 21, endColumn: 6 },
      { startLine: 20, startColumn: 1, endLine: 20, endColumn: 2 },
    ]);
  });

  it("keeps to the locations and the length that code scanning takes of one result", () => {
    const related = Array.from({ length: 120 }, (_, line) => ({
      path: "a.py",
      line: line + 1,
      column: 1,
      says: "x",
    }));
    const { results } = runOf(
      reportOf([finding({ related }), finding({ message: "long ".repeat(1000), related: [] })]),
    );
    for (const { locations, relatedLocations = [], codeFlows = [], message } of results) {
      expect(locations.length + relatedLocations.length).toBeLessThanOrEqual(100);
      for (const { threadFlows } of codeFlows)
        for (const flow of threadFlows) expect(flow.locations.length).toBeLessThanOrEqual(100);
      expect(message.text.length).toBeLessThanOrEqual(1024);
    }
  });

  it("escapes what SARIF takes for placeholders and links", () => {
    const { results } = runOf(reportOf([finding({ message: "{0} of [x](1) \\", related: [] })]));
    expect(results[0]?.message.text).toBe("{{0}} of \\[x\\](1) \\\\");
  });

  it("switches rules off that are off by default", () => {
    const { rules: described } = runOf(reportOf([]));
    const off = described.filter(
      ({ defaultConfiguration }: { defaultConfiguration: { enabled?: boolean } }) =>
        defaultConfiguration.enabled === false,
    );
    expect(off.map(({ id }: { id: string }) => id)).toEqual(
      rules
        .filter(({ offBecause }) => offBecause !== undefined)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it("keeps the region of a statement over several lines to its first", () => {
    const { results } = runOf(reportOf([finding({ endLine: 30, endColumn: 2 })]));
    expect(results[0]?.locations[0]?.physicalLocation.region).toMatchObject({ startLine: 21, endLine: 21 });
  });

  it("tells suppressed findings from those that count, and leaves unchanged code out", () => {
    const unchanged = finding({ suppressed: true, suppression: { kind: "unchanged", reason: null } });
    const { results } = runOf(reportOf([accepted, excused, unchanged, finding()]));
    expect(results.map(({ suppressions }) => suppressions)).toEqual([
      undefined,
      [{ kind: "external" }],
      [{ kind: "inSource", justification: "three rows at most" }],
    ]);
  });

  it("cuts the least severe beyond the limit, and says so", () => {
    const notes = Array.from({ length: 5000 }, (_, index) => finding({ severity: "note", line: index + 1 }));
    const { run, results } = runOf(reportOf([...notes, finding({ severity: "error", path: "z.py" })]));
    expect(results).toHaveLength(5000);
    expect(results[0]).toMatchObject({ level: "error" });
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toMatch(/^1 of 5001 findings/);
  });

  it.each(HOSTILE_TEXTS.map((text) => [text]))("carries %j", (text) => {
    const name = text === "" ? "x" : text;
    const hostile = finding({
      message: text,
      path: `app/${name}`,
      related: [{ path: `${name}:b`, line: 1, column: 1, says: text }],
      suppressed: true,
      suppression: { kind: "comment", reason: text },
    });
    const { results } = runOf(reportOf([hostile]));
    const [result] = results;
    expect(result?.message.text).toMatch(/\S/);
    // Links of the text's own would lead anywhere: only ours, which are numbers, are left.
    for (const [, target] of (result?.message.text ?? "").matchAll(/(?<!\\)\]\(([^)]*)\)/g))
      expect(target).toBe("1");
    const uri = result?.locations[0]?.physicalLocation.artifactLocation.uri ?? "";
    expect(uri).toMatch(/^[A-Za-z0-9._~%/-]+$/);
    expect(decodeURIComponent(uri)).toBe(`app/${name.replace(/\p{Cs}/gu, "\ufffd")}`);
    expect(
      new URL(result?.relatedLocations?.[0]?.physicalLocation.artifactLocation.uri ?? "", "file:///r/").href,
    ).toMatch(/^file:/);
  });

  it("cuts what rules say of themselves to what code scanning takes, as one line of visible text", () => {
    const long = `first\nsecond \u001b[31m${"x".repeat(2_000)}`;
    const rule = {
      id: `long-rule-${"x".repeat(300)}`,
      severity: "warning",
      title: long,
      why: long,
      advice: "",
      examples: { bad: [], good: [] },
    } as const;
    const [described] = runOf(reportOf([]), { rules: [rule] }).rules;
    expect(described.name).toHaveLength(255);
    for (const { text } of [described.shortDescription, described.fullDescription]) {
      expect(text.length).toBe(1_000);
      expect(text).toMatch(/^first second \\x1b\[31mx+…$/);
    }
  });

  it("carries reasons and related places as visible text, and none of them empty", () => {
    const related = [...HOSTILE_TEXTS, ""].map((says, index) => ({
      path: "a.py",
      line: index + 1,
      column: 1,
      says,
    }));
    const suppression = { kind: "comment", reason: "\u001b[31mred\u202e" } as const;
    const { results } = runOf(reportOf([finding({ related, suppressed: true, suppression })]));
    const [result] = results;
    expect(result?.suppressions).toEqual([{ kind: "inSource", justification: "\\x1b[31mred\\u{202e}" }]);
    const steps = result?.codeFlows?.[0]?.threadFlows[0]?.locations as readonly {
      readonly location: { readonly message: { readonly text: string } };
    }[];
    const near = result?.relatedLocations as unknown as readonly {
      readonly message: { readonly text: string };
    }[];
    const texts = [
      ...steps.map(({ location }) => location.message.text),
      ...near.map(({ message }) => message.text),
    ];
    expect(texts).toHaveLength(2 * related.length + 1);
    for (const text of texts) expect(text).toMatch(/^[^\p{Cc}\u200b\u202e\u2028]+$/u);
    expect(near.at(-1)?.message.text).toBe("related");
    expect(result?.message.text).toMatch(/ \[related\]\(\d+\)$/);
  });

  it("shows a statement over several lines by one character of its first", () => {
    const { results } = runOf(reportOf([finding({ column: 5, endLine: 23, endColumn: 60 })]));
    expect(results[0]?.locations[0]?.physicalLocation.region).toEqual({
      startLine: 21,
      startColumn: 5,
      endLine: 21,
      endColumn: 6,
    });
  });
});
