// The sample with every text that can come from a repository replaced by one that tries to break out of a format.

import type { Report } from "../../src/model/report.ts";
import { sampleReport } from "./sample-report.ts";

/** Fields whose values are words of ours; everything else may quote the repository. */
const OURS = new Set([
  "role",
  "kind",
  "favours",
  "choice",
  "greenfield",
  "stance",
  "to",
  "severity",
  "tier",
  "hardness",
  "layer",
  "operation",
  "certainty",
  "databaseAccess",
  "weight",
  "beyondDjango",
]);

function replaceTexts(value: unknown, text: string, key: string): unknown {
  if (OURS.has(key)) return value;
  if (typeof value === "string") return text;
  if (Array.isArray(value)) return value.map((entry) => replaceTexts(entry, text, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, replaceTexts(entry, text, name)]),
  );
}

/** The sample report saying `text` wherever it quotes the repository. */
export function reportSaying(text: string): Report {
  const projects = sampleReport.projects.map((project) => ({
    ...(replaceTexts(project, text, "") as typeof project),
    // Roots are told apart by their names, so they stay different.
    root: `${text}${project.root}`,
  }));
  return {
    ...sampleReport,
    projects,
    summary: text,
    problems: sampleReport.problems.map((problem) => ({ ...problem, path: text, message: text })),
  };
}

/** One of each kind of attack, and some of them mixed. */
export const HOSTILE_TEXTS: readonly string[] = [
  "\u001b[2J\u001b]8;;http://evil.example\u0007click\u001b]8;;\u0007 \u009b31m \u0000\u0008\u007f",
  "line one\nline two\r\n\u2028line three\u0085four",
  "::error file=a.py::fooled",
  "::stop-commands::x ##[error]fooled ##vso[task.complete]",
  "`` ` code ` `` | pipe | \\| \\",
  "</details><script>alert(1)</script><img src=x onerror=alert(1)><!-- & -->",
  "@octocat @org/team a#1 GH-2 owner/repo#3 https://evil.example www.evil.example mailto:a@b.example _www.evil.example",
  "[link](javascript:alert(1)) ![image](http://evil.example/x.png) [ref]: http://evil.example [^1] <http://evil.example>",
  "# heading",
  "- [ ] task",
  "1. list",
  "> quote ~~~ *** ___ === $a$ {{ x }}",
  "| a | b |",
  "\u202egnp.exe\u2066x\u2069 \u200bzero\u200f\ufeff width",
  "名前が長いプロジェクト・データベース接続設定ファイル".repeat(3),
  "e\u0301\u0301\u0301👩‍👩‍👧‍👦🇨🇭".repeat(12),
  "very_long_name_without_any_blank/".repeat(40),
  "half a character \ud83d and \udc00",
  "",
  " ",
];
