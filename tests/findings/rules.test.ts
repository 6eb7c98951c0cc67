// What holds for every rule, whatever it looks for.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { rules } from "../../src/findings/index.ts";
import { findingsOf } from "./scan-files.ts";

const FOLDER = fileURLToPath(new URL("../../src/findings/rules", import.meta.url));

/** Of a project that had no use for an ORM. */
const EMPTY_BASELINE = JSON.stringify({
  version: 1,
  projects: [{ root: ".", choice: "not-needed", stance: "none", confidence: 0.5, orms: [] }],
  findings: [],
});

async function isFlagged(rule: string, example: string): Promise<boolean> {
  const needsBaseline = rules.find(({ id }) => id === rule)?.needsBaseline === true;
  const findings = await findingsOf({
    "app/main.py": example,
    ...(needsBaseline && { "ormverdict-baseline.json": EMPTY_BASELINE }),
  });
  return findings.some((finding) => finding.rule === rule);
}

describe("rules", () => {
  it("are the files of the folder, each named after its rule", () => {
    const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name.replace(/\.ts$/, ""));
    expect(files.sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  it("are named after smells, once each", () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => /^(?:use|avoid|no|prefer|check)-/.test(id))).toEqual([]);
    expect(ids.filter((id) => !/^[a-z]+(?:-[a-z0-9]+)+$/.test(id))).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    "%s: flags its bad examples only",
    async (id, rule) => {
      expect(rule.examples.bad.length).toBeGreaterThan(0);
      expect(rule.examples.good.length).toBeGreaterThan(0);
      for (const example of rule.examples.bad)
        expect([example, await isFlagged(id, example)]).toEqual([example, true]);
      for (const example of rule.examples.good)
        expect([example, await isFlagged(id, example)]).toEqual([example, false]);
    },
  );
});
