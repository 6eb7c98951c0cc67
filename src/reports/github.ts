// Workflow commands, which GitHub Actions turns into annotations beside the code. Of each level it shows ten a step and drops the rest
// in silence, so the rest is counted in a notice.
import type { Finding, Report, Severity } from "../model/report.ts";
import { plainName, plainText } from "../text/plain-text.ts";
import { counted } from "./count-words.ts";
import { openFindings } from "./open-findings.ts";
import type { RenderOptions, Reporter } from "./reporter.ts";
import { shownPath } from "./shown-path.ts";

const MAX_PER_LEVEL = 10;
const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "notice" };

function render(report: Report, options: RenderOptions): string {
  const findings = openFindings(report);
  const shown = (["error", "warning", "note"] as const).flatMap((severity) =>
    // The last notice says what was left out.
    findings
      .filter((one) => one.severity === severity)
      .slice(0, severity === "note" ? MAX_PER_LEVEL - 1 : MAX_PER_LEVEL),
  );
  const left = findings.length - shown.length;
  const more =
    left === 0
      ? []
      : [
          `::notice title=ormverdict::${counted(left, "more finding")} than GitHub shows; the log and the job summary have all`,
        ];
  const lines = [...shown.map((finding) => annotation(finding, options)), ...more];
  return lines.length === 0 ? "::debug::ormverdict found nothing\n" : `${lines.join("\n")}\n`;
}

function annotation(
  { path, line, column, endLine, endColumn, severity, rule, message }: Finding,
  options: RenderOptions,
): string {
  // Columns are only understood where a finding keeps to one line.
  const extent =
    endLine === line
      ? [`col=${column}`, `endLine=${line}`, `endColumn=${Math.max(endColumn, column)}`]
      : [`endLine=${endLine}`];
  const properties = [
    `file=${property(visiblePath(shownPath(path, options)))}`,
    `line=${line}`,
    ...extent,
    `title=${property(`ormverdict: ${rule}`)}`,
  ];
  return `::${COMMANDS[severity]} ${properties.join(",")}::${data(plainText(message))}`;
}

/** Line ends of a name have an escape of their own and stay; what else cannot be seen would reach the log as it is. */
function visiblePath(path: string): string {
  return path.replace(/[^\r\n]+/g, plainName);
}

/** As the Actions toolkit escapes data: `%`, and what ends a line. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** As it escapes properties: also what separates them. */
function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Findings beside the code of a pull request. */
export const github: Reporter = {
  name: "github",
  mediaType: "text/plain; charset=utf-8",
  describe: "findings as annotations of GitHub Actions",
  subject: "findings",
  forRepository: true,
  render,
};
