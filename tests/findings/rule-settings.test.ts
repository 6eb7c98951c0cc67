import { expect, it } from "vitest";
import { settingsByPath } from "../../src/findings/rule-settings.ts";
import { finding } from "../reports/findings-report.ts";

const settings = settingsByPath({
  rules: { "query-in-loop": "error", "new-orm": "off" },
  perPath: [
    { glob: "ops/", rules: { "query-in-loop": "off" } },
    { glob: "/ops/nightly.py", rules: { "query-in-loop": "note" } },
  ],
  thresholds: {},
});
const severityOf = (path: string, rule = "query-in-loop"): string | undefined =>
  settings.enforce(finding({ path, rule }))[0]?.severity;

it("sets severities and switches rules off, later globs beating earlier ones and all of them the rest", () => {
  expect(severityOf("app/main.py")).toBe("error");
  expect(severityOf("app/ops/main.py")).toBeUndefined();
  expect(severityOf("ops/nightly.py")).toBe("note");
  expect(severityOf("app/main.py", "new-orm")).toBeUndefined();
  expect(severityOf("app/main.py", "mixed-orms")).toBe("warning");
});

it("leaves a rule off that is off by default, until it is switched on or one of its limits is set", () => {
  const none = { rules: {}, perPath: [], thresholds: {} };
  const settingOf = (change: Partial<Parameters<typeof settingsByPath>[0]>): string =>
    settingsByPath({ ...none, ...change }).of("query-too-complex", "app/main.py");
  expect(settingOf({})).toBe("off");
  expect(settingOf({ rules: { "query-too-complex": "on" } })).toBe("on");
  expect(settingOf({ perPath: [{ glob: "app/", rules: { "query-too-complex": "note" } }] })).toBe("note");
  expect(settingOf({ thresholds: { queryParts: 20 } })).toBe("on");
  expect(settingOf({ thresholds: { queryParts: 20 }, rules: { "query-too-complex": "off" } })).toBe("off");
});
