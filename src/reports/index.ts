import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import type { Reporter } from "./reporter.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

/** Every output format, in the order in which help lists them. */
export const reporters: readonly Reporter[] = [text, json, markdown, sarif, github, gitlab, junit];
