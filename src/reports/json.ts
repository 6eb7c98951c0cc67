import type { Reporter } from "./reporter.ts";

// Exact on purpose: text of the repository stays as it is, since JSON escapes what could break it. JSON.stringify leaves
// DEL and the C1 controls alone, some of which a terminal obeys; escaped, they decode to the same text.
function escapeControls(json: string): string {
  return json.replace(/[\u007f-\u009f\u2028\u2029]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** The report itself, for machines. Its shape is what `ormverdict schema report` describes. */
export const json: Reporter = {
  name: "json",
  mediaType: "application/json",
  describe: "the whole report, for machines",
  render: (report) => `${escapeControls(JSON.stringify(report, null, 2))}\n`,
};
