// Writes the documents that are made from registries. Run with `npm run docs` (through tsx, because the registries are TypeScript).

import { writeFileSync } from "node:fs";
import { criteriaDocument } from "../src/verdict/criteria-document.ts";

const documents = [["../src/verdict/CRITERIA.md", criteriaDocument]];

for (const [path, render] of documents) writeFileSync(new URL(path, import.meta.url), render());
