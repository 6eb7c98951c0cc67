// The rooms of src and who may import whom, as data. What is not in the table fails: a new room is a decision, made here.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = join(dirname(dirname(fileURLToPath(import.meta.url))), "src");

const STAGES = ["files", "syntax", "facts", "project", "evaluation", "signals", "verdict", "findings"];

/** Room → rooms it may import beside itself, model and text. A file directly under src is a room of its own. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  model: [],
  text: [],
  files: [],
  cache: [],
  syntax: [],
  knowledge: [],
  reports: [],
  config: [],
  facts: ["syntax", "knowledge"],
  project: ["knowledge"],
  evaluation: ["project", "knowledge"],
  sql: [],
  signals: ["project", "knowledge", "evaluation", "sql"],
  verdict: ["knowledge"],
  findings: ["knowledge"],
  reading: ["cache", "files", "facts", "project", "syntax"],
  "link-projects.ts": ["evaluation", "project", "signals"],
  "link-once.ts": ["cache", "link-projects.ts", "reading"],
  "scan.ts": [...STAGES, "cache", "link-once.ts", "link-projects.ts", "reading", "knowledge", "reports"],
  "index.ts": ["scan.ts", "config", "verdict", "findings", "reports", "knowledge", "files"],
  cli: ["index.ts"],
};
const EVERYWHERE = ["model", "text"];

/** Packages that only one place may load, because they are slow to start or stand for a decision. */
const PACKAGE_HOMES: Readonly<Record<string, RegExp>> = {
  zod: /\.schema\.ts$/,
  "web-tree-sitter": /^syntax\//,
  commander: /^cli\//,
  "node-sql-parser": /^sql\//,
  "node-sql-parser/build/postgresql.js": /^sql\//,
  "node-sql-parser/build/mysql.js": /^sql\//,
  "node-sql-parser/build/sqlite.js": /^sql\//,
};

/** What makes output depend on more than input; only the command line may touch these. */
const IMPURE =
  /\b(process\.|console\.|Date\.now|new Date\b|performance\.|Math\.random|localeCompare|toLocale\w+|EOL\b)/;

const IMPURE_BY_DECISION: Readonly<Record<string, string>> = {
  "files/run-git.ts":
    "hands git its environment, without the variables that would lead it to another repository",
};

const MAX_LINES = 450;

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly code: string;
  readonly imports: readonly string[];
}

function readSources(): SourceFile[] {
  const entries = readdirSync(SRC, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".md"))
    .map((entry) => {
      const path = relative(SRC, join(entry.parentPath, entry.name)).split(sep).join("/");
      const text = readFileSync(join(SRC, path), "utf8");
      const code = withoutComments(text);
      return { path, room: roomOf(path), text, code, imports: importsOf(code) };
    });
}

function roomOf(path: string): string {
  return path.split("/")[0] ?? path;
}

/** Strings are matched first, so that a `//` inside one is not taken for a comment. */
function withoutComments(text: string): string {
  const token = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return text.replace(token, (_match, literal: string | undefined) => literal ?? "");
}

function importsOf(code: string): string[] {
  const written = /(?:^(?:import|export)\b[^";]*?\bfrom\s*|^import\s*|\bimport\s*\(\s*)"([^"\n]+)"/gm;
  return [...code.matchAll(written)].map(([, specifier = ""]) => specifier);
}

/** What is loaded when the module is: no types, no import(). */
function staticImportsOf(code: string): string[] {
  const written = /^(?:import|export)\b(?!\s+type\b)(?:[^";]*?\bfrom)?\s*"([^"\n]+)"/gm;
  return [...code.matchAll(written)].map(([, specifier = ""]) => specifier);
}

function targetOf(file: SourceFile, specifier: string): string | null {
  return specifier.startsWith(".") ? posix.join(posix.dirname(file.path), specifier) : null;
}

/** `room → room` arrows that exist, each with one file that draws it. */
function arrows(sources: readonly SourceFile[]): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const file of sources) {
    const to = found.get(file.room) ?? new Map<string, string>();
    found.set(file.room, to);
    for (const specifier of file.imports) {
      const target = targetOf(file, specifier);
      if (target !== null && roomOf(target) !== file.room) to.set(roomOf(target), `${file.path} → ${target}`);
    }
  }
  return found;
}

function findCycle(graph: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] | null {
  const done = new Set<string>();
  const visit = (room: string, trail: readonly string[]): string[] | null => {
    if (trail.includes(room)) return [...trail.slice(trail.indexOf(room)), room];
    if (done.has(room)) return null;
    for (const next of graph.get(room)?.keys() ?? []) {
      const cycle = visit(next, [...trail, room]);
      if (cycle !== null) return cycle;
    }
    done.add(room);
    return null;
  };
  for (const room of graph.keys()) {
    const cycle = visit(room, []);
    if (cycle !== null) return cycle;
  }
  return null;
}

describe("architecture", () => {
  const sources = readSources();

  it("sees the source", () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(sources.length);
  });

  it("knows every room and holds only TypeScript and Markdown", () => {
    expect(sources.filter(({ room }) => !(room in ALLOWED)).map(({ path }) => path)).toEqual([]);
    expect(sources.filter(({ path }) => !path.endsWith(".ts")).map(({ path }) => path)).toEqual([]);
  });

  it("has no arrow that the table does not allow", () => {
    const wrong = sources.flatMap((file) =>
      file.imports.flatMap((specifier) => {
        const target = targetOf(file, specifier);
        if (target === null) return [];
        if (target.startsWith("../")) return [`${file.path} leaves src: ${specifier}`];
        if (!target.endsWith(".ts")) return [`${file.path} imports without .ts: ${specifier}`];
        const to = roomOf(target);
        const base = file.room === "model" ? [] : EVERYWHERE;
        const allowed = [file.room, ...base, ...(ALLOWED[file.room] ?? [])];
        return allowed.includes(to) ? [] : [`${file.path} → ${target}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it("imports by literal names only, so that no arrow is hidden", () => {
    const hidden = sources.filter(
      ({ code }) => /\bimport\s*\(\s*[^"\s]/.test(code) || /\brequire\s*\(/.test(code),
    );
    expect(hidden.map(({ path }) => path)).toEqual([]);
  });

  it("has no cycle between rooms", () => {
    expect(findCycle(arrows(sources))).toBeNull();
  });

  it("loads heavy packages only where they belong", () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports
        .filter(
          (specifier) => PACKAGE_HOMES[specifier] !== undefined && !PACKAGE_HOMES[specifier]?.test(path),
        )
        .map((specifier) => `${path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it("starts without the schema library and the grammar: they are behind import()", () => {
    const byPath = new Map(sources.map((file) => [file.path, file]));
    const reached = new Set(["cli/main.ts"]);
    for (const path of reached) {
      const file = byPath.get(path);
      if (file === undefined) continue;
      for (const specifier of staticImportsOf(file.code)) reached.add(targetOf(file, specifier) ?? specifier);
    }
    expect(reached).toContain("index.ts");
    const heavy = [...reached].filter((path) =>
      /\.schema\.ts$|^syntax\/|^scan\.ts$|^zod$|^web-tree-sitter$|^node-sql-parser/.test(path),
    );
    expect(heavy).toEqual([]);
  });

  it("touches process, clock, locale and chance only in the command line", () => {
    const impure = sources.filter(({ room, code }) => room !== "cli" && IMPURE.test(withoutStrings(code)));
    const wrong = impure.filter(({ path }) => IMPURE_BY_DECISION[path] === undefined);
    expect(wrong.map(({ path, code }) => `${path}: ${IMPURE.exec(withoutStrings(code))?.[0]}`)).toEqual([]);
  });

  it(`has no file over ${MAX_LINES} lines`, () => {
    const long = sources.map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }));
    expect(long.filter(({ lines }) => lines > MAX_LINES)).toEqual([]);
  });

  it("has no default export", () => {
    const wrong = sources.filter(({ code }) => /\bexport default\b|\bas default\b/m.test(code));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

describe("the cycle finder", () => {
  it("finds a cycle over three rooms and none in a line", () => {
    const graph = (edges: readonly (readonly [string, string])[]) => {
      const map = new Map<string, Map<string, string>>();
      for (const [from, to] of edges) map.set(from, (map.get(from) ?? new Map()).set(to, ""));
      return map;
    };
    expect(
      findCycle(
        graph([
          ["a", "b"],
          ["b", "c"],
          ["c", "a"],
        ]),
      ),
    ).toEqual(["a", "b", "c", "a"]);
    expect(
      findCycle(
        graph([
          ["a", "b"],
          ["b", "c"],
          ["a", "c"],
        ]),
      ),
    ).toBeNull();
  });
});

function withoutStrings(code: string): string {
  return code.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""');
}
