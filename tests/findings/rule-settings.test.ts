import { expect, it } from "vitest";
import { settingsByPath } from "../../src/findings/rule-settings.ts";
import { finding } from "../reports/findings-report.ts";

const settings = settingsByPath({
  rules: { "query-in-loop": "error", "new-orm": "off" },
  perPath: [
    { glob: "ops/", rules: { "query-in-loop": "off" } },
    { glob: "/ops/nightly.py", rules: { "query-in-loop": "note" } },
  ],
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
