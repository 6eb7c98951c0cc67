import { type Finding, type Report, rules } from "../index.ts";
import { printable } from "../text/printable.ts";
import type { Host } from "./host.ts";
import { scanAndPrint } from "./print-verdict.ts";
import type { ScanFlags } from "./scan-flags.ts";

/** `check`: prints the findings and gives the exit code, 1 when there are any that nothing suppresses. */
export async function checkFindings(paths: readonly string[], flags: ScanFlags, host: Host): Promise<number> {
  const { report } = await scanAndPrint(paths, flags, host, renderFindings);
  return openFindings(report).length === 0 ? 0 : 1;
}

function openFindings(report: Report): Finding[] {
  return report.projects.flatMap(({ findings }) => findings.filter(({ suppressed }) => !suppressed));
}

function renderFindings(report: Report): string {
  const findings = openFindings(report);
  const lines = findings.map(({ path, line, column, severity, rule, message }) =>
    printable(`${path}:${line}:${column}: ${severity} ${rule}: ${message}`),
  );
  const { problems, stats } = report;
  const notes = [
    `${counted(findings.length, "finding")} in ${counted(stats.files, "file")}`,
    ...(rules.length === 0 ? ["this version has no rules yet"] : []),
    ...(problems.length === 0
      ? []
      : [`${counted(problems.length, "problem")}, which \`ormverdict scan\` lists`]),
  ];
  return [...lines, notes.join("; "), ""].join("\n");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
