// Writes the documents that are made from registries. Run with `npm run docs` (through tsx, because the registries are TypeScript).

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rulesDocument } from "../src/findings/rules-document.ts";
import { criteriaDocument } from "../src/verdict/criteria-document.ts";
import { withScreen } from "../tests/readme-screen.ts";

const documents = [
  ["../src/findings/RULES.md", rulesDocument],
  ["../src/verdict/CRITERIA.md", criteriaDocument],
];

for (const [path, render] of documents) writeFileSync(new URL(path, import.meta.url), render());

// The README shows what the program really prints.
const readme = new URL("../README.md", import.meta.url);
const root = fileURLToPath(new URL("..", import.meta.url));
writeFileSync(readme, await withScreen(readFileSync(readme, "utf8"), root));
