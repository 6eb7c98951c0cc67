import type { Reporter } from "./reporter.ts";

/** The verdict on one screen. */
export const text: Reporter = {
  name: "text",
  mediaType: "text/plain",
  render: (report) => `${report.summary}\n`,
};
