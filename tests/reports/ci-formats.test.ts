// GitHub annotations, GitLab Code Quality and JUnit, each held to what its service documents.
import { describe, expect, it } from "vitest";
import { github } from "../../src/reports/github.ts";
import { gitlab } from "../../src/reports/gitlab.ts";
import { junit } from "../../src/reports/junit.ts";
import { accepted, excused, finding, reportOf } from "./findings-report.ts";
import { HOSTILE_TEXTS } from "./hostile-report.ts";

const options = { color: false, width: 80, verbose: false };
const hostile = HOSTILE_TEXTS.map((text, index) =>
  finding({
    message: text,
    path: `app/${text}.py`,
    fingerprint: `h${index}`,
    related: [{ path: text, line: 1, column: 1, says: text }],
  }),
);

describe("github", () => {
  const COMMAND = /^::(error|warning|notice)(?: ([^:]*))?::(.*)$/;

  it("annotates each finding that counts, columns only within one line", () => {
    const report = reportOf([
      finding({ message: "50% of, a: b" }),
      finding({ endLine: 30, severity: "error", path: "a,b:c.py" }),
      accepted,
      excused,
    ]);
    expect(github.render(report, { ...options, pathPrefix: "api/" })).toBe(
      [
        "::error file=api/a%2Cb%3Ac.py,line=21,endLine=30,title=ormverdict%3A query-in-loop::`scalars()` on Post runs once per turn of the loop on line 20",
        "::warning file=api/app/users/crud.py,line=21,col=5,endLine=21,endColumn=40,title=ormverdict%3A query-in-loop::50%25 of, a: b",
        "",
      ].join("\n"),
    );
  });

  it("stays within ten a level and counts what GitHub would drop", () => {
    const many = Array.from({ length: 25 }, (_, index) => finding({ line: index + 1, severity: "error" }));
    const lines = github.render(reportOf(many), options).trimEnd().split("\n");
    expect(lines).toHaveLength(11);
    expect(lines[10]).toMatch(/^::notice .*::15 more findings than GitHub shows/);
  });

  it("counts the notice that says what was left out among the ten", () => {
    const many = Array.from({ length: 25 }, (_, index) => finding({ line: index + 1, severity: "note" }));
    const lines = github.render(reportOf(many), options).trimEnd().split("\n");
    expect(lines).toHaveLength(10);
    expect(lines[9]).toMatch(/^::notice .*::16 more findings than GitHub shows/);
  });

  it("lets no text of the repository become a command", () => {
    for (const one of hostile) {
      const lines = github
        .render(reportOf([one]), options)
        .trimEnd()
        .split("\n");
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(COMMAND);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there.
      expect(lines[0]).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      const properties = COMMAND.exec(lines[0] ?? "")?.[2] ?? "";
      expect(properties.split(",").map((part) => part.split("=")[0])).toEqual([
        "file",
        "line",
        "col",
        "endLine",
        "endColumn",
        "title",
      ]);
    }
  });
});

describe("gitlab", () => {
  const issuesOf = (findings: Parameters<typeof reportOf>[0]) =>
    JSON.parse(gitlab.render(reportOf(findings), { ...options, pathPrefix: "api/" }));

  it("writes what Code Quality reads, of findings that count only", () => {
    expect(issuesOf([finding(), accepted])).toEqual([
      {
        description: "query-in-loop: `scalars()` on Post runs once per turn of the loop on line 20",
        check_name: "query-in-loop",
        fingerprint: "a1b2c3",
        severity: "minor",
        location: {
          path: "api/app/users/crud.py",
          positions: { begin: { line: 21, column: 5 }, end: { line: 21, column: 40 } },
        },
      },
    ]);
    expect(issuesOf([])).toEqual([]);
  });

  it("gives each issue a fingerprint of its own, none of them made of lines", () => {
    const fingerprints = (line: number): string[] =>
      issuesOf([finding({ line }), finding({ line: line + 1 }), ...hostile]).map(
        (issue: { fingerprint: string }) => issue.fingerprint,
      );
    expect(new Set(fingerprints(1)).size).toBe(hostile.length + 2);
    expect(fingerprints(7)).toEqual(fingerprints(1));
  });

  it("describes each issue on one line of visible characters", () => {
    for (const { description } of issuesOf(hostile))
      expect(description).not.toMatch(/\p{Cc}|[\u2028\u202e\u200b]/u);
  });

  it("knows only GitLab's severities, and starts with no byte order mark", () => {
    const severities = (["error", "warning", "note"] as const).map((severity) => finding({ severity }));
    expect(issuesOf(severities).map((issue: { severity: string }) => issue.severity)).toEqual([
      "major",
      "minor",
      "info",
    ]);
    expect(gitlab.render(reportOf(hostile), options)).toMatch(/^\[\n/);
  });
});

/** Names and texts of well-formed XML without comments and sections; throws for anything else. */
function readXml(text: string): { readonly names: string[]; readonly texts: string[] } {
  const names: string[] = [];
  const texts: string[] = [];
  const open: string[] = [];
  const token =
    /<\?xml [^?]*\?>|<(\/?)([a-z]+)((?: [a-z]+="(?:[^<&"]|&(?:amp|lt|gt|quot|apos);)*")*)(\/?)>|((?:[^<&]|&(?:amp|lt|gt|quot|apos);)+)/gy;
  for (let at = 0; at < text.length; ) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) throw new Error(`no XML at ${JSON.stringify(text.slice(at, at + 60))}`);
    at = token.lastIndex;
    const [, close, name, , self, content] = match;
    if (content !== undefined) texts.push(content);
    else if (name !== undefined && close === "/") {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
    } else if (name !== undefined) {
      names.push(name);
      if (self !== "/") open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`${open.join()} stays open`);
  return { names, texts };
}

describe("junit", () => {
  it("has a failed case for each finding that counts, with the places that belong to it", () => {
    const rendered = junit.render(reportOf([finding(), excused]), options);
    expect(readXml(rendered).names).toEqual(["testsuites", "testsuite", "testcase", "failure"]);
    expect(rendered).toContain('tests="1" failures="1"');
    expect(rendered).toContain('file="app/users/crud.py" line="21"');
    expect(rendered).toContain("app/users/crud.py:20:1: the loop");
  });

  it("has a passed case where there is none, since services take an empty suite for a broken one", () => {
    const { names } = readXml(junit.render(reportOf([accepted]), options));
    expect(names).toEqual(["testsuites", "testsuite", "testcase"]);
    expect(junit.render(reportOf([accepted]), options)).toContain('tests="1" failures="0"');
  });

  it("stays well-formed XML 1.0 whatever the repository says", () => {
    const none = finding({ message: "a\ufffeb", path: "app/\uffff.py" });
    const rendered = junit.render(reportOf([...hostile, none]), options);
    expect(readXml(rendered).names.filter((name) => name === "testcase")).toHaveLength(hostile.length + 1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 allows none of these.
    expect(rendered).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u);
  });

  it("keeps quotes inside its attributes", () => {
    const rendered = junit.render(
      reportOf([finding({ message: `reads "a" & 'b' <c>`, path: 'a".py' })]),
      options,
    );
    expect(rendered).toContain(`message="reads &quot;a&quot; &amp; &apos;b&apos; &lt;c&gt;"`);
    expect(rendered).toContain(`file="a&quot;.py"`);
  });
});
