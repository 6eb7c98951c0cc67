import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { rulesDocument } from "../../src/findings/rules-document.ts";

it("RULES.md is what the rules say; `npm run docs` writes it", () => {
  const path = new URL("../../src/findings/RULES.md", import.meta.url);
  expect(readFileSync(path, "utf8")).toBe(rulesDocument());
});
