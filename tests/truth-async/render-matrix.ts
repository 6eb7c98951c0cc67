// Writes every snippet in every context as Python: what runs where is the same for the interpreter and for the scan.
import { compareText } from "../../src/text/compare-text.ts";
import { groupBy } from "../truth/group-by.ts";
import type { Snippet } from "./snippet.ts";

/** One snippet in one context: a coroutine of the generated project. Lines are 1-based. */
export interface Cell {
  /** "QuerySet.get direct". */
  readonly id: string;
  readonly path: string;
  readonly module: string;
  readonly function: string;
  readonly line: number;
  readonly endLine: number;
}

export interface Matrix {
  readonly files: Readonly<Record<string, string>>;
  readonly cells: readonly Cell[];
}

/** Lines of a function, with `$` for the name that all functions of the snippet share. */
export interface Written {
  readonly context: string | null;
  readonly lines: readonly string[];
}

export interface Layout {
  /** Imports of every generated module. */
  readonly header: readonly string[];
  /** How this library's code is handed away from the event loop. */
  readonly handOvers: (written: SyncSnippet) => readonly Written[];
}

/** A synchronous snippet as functions: `$_plain` runs it, `$_further` calls that. */
export interface SyncSnippet {
  readonly snippet: Snippet;
  /** "book: Book, tag: Tag", and the same names as arguments. */
  readonly typed: string;
  readonly names: string;
}

export function renderMatrix(snippets: readonly Snippet[], { handOvers, header }: Layout): Matrix {
  const files: Record<string, string> = {};
  const cells: Cell[] = [];
  const bySubject = [...groupBy(snippets, ({ subject }) => subject)];
  for (const [subject, of] of bySubject.sort(([left], [right]) => compareText(left, right))) {
    const module = subject.toLowerCase().replace(/\W+/g, "_");
    const path = `shop/cells/${module}.py`;
    const lines = [...header];
    for (const [index, snippet] of of.entries()) {
      const stem = `c${index}_${snippet.id.replace(/^.*\./, "").replace(/\W+/g, "_").toLowerCase()}`;
      for (const written of pythonContexts(snippet, handOvers)) {
        lines.push("", "");
        const { context } = written;
        const text = written.lines.map((one) => one.replaceAll("$", stem));
        if (context !== null)
          cells.push({
            id: `${snippet.id} ${context}`,
            path,
            module: `shop.cells.${module}`,
            function: `${stem}_${context}`,
            line: lines.length + 1,
            endLine: lines.length + text.length,
          });
        lines.push(...text);
      }
    }
    files[path] = `${lines.join("\n")}\n`;
  }
  return { files: { ...files, "shop/cells/__init__.py": "" }, cells };
}

function pythonContexts(snippet: Snippet, handOvers: Layout["handOvers"]): Written[] {
  switch (snippet.kind) {
    case "sync":
      return syncContexts(snippet, handOvers);
    case "awaitable":
      return awaitableContexts(snippet);
    case "async":
      return [coroutine(snippet, "direct", snippet.lines)];
  }
}

/** The lines in a coroutine of their own, which is a cell. */
export function coroutine({ setup, within }: Snippet, context: string, lines: readonly string[]): Written {
  const body = [...setup, ...lines];
  const inner = within === undefined ? body : [within, ...indented(body)];
  return { context, lines: [`async def $_${context}():`, ...indented(inner)] };
}

function plain(name: string, parameters: string, lines: readonly string[]): Written {
  return { context: null, lines: [`def ${name}(${parameters}):`, ...indented(lines)] };
}

export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}

function syncContexts(snippet: Snippet, handOvers: Layout["handOvers"]): Written[] {
  const { lines } = snippet;
  const typed = snippet.parameters.map(({ name, type }) => `${name}: ${type}`).join(", ");
  const names = snippet.parameters.map(({ name }) => name).join(", ");
  const method = [
    "class $Work:",
    `    def run(self${typed === "" ? "" : `, ${typed}`}):`,
    ...indented(indented(lines)),
  ];
  return [
    coroutine(snippet, "direct", lines),
    plain("$_plain", typed, lines),
    plain("$_further", typed, [`return $_plain(${names})`]),
    coroutine(snippet, "called", [`$_plain(${names})`]),
    coroutine(snippet, "deep", [`$_further(${names})`]),
    { context: null, lines: method },
    coroutine(snippet, "method", [`$Work().run(${names})`]),
    ...handOvers({ snippet, typed, names }),
  ];
}

function awaitableContexts(snippet: Snippet): Written[] {
  const [expression = ""] = snippet.lines;
  const typed = snippet.parameters.map(({ name, type }) => `${name}: ${type}`).join(", ");
  const names = snippet.parameters.map(({ name }) => name).join(", ");
  return [
    coroutine(snippet, "awaited", [`await ${expression}`]),
    coroutine(snippet, "unawaited", [expression]),
    coroutine(snippet, "gathered", [`await asyncio.gather(${expression})`]),
    coroutine(snippet, "task", [`await asyncio.create_task(${expression})`]),
    plain("$_made", typed, [`return ${expression}`]),
    coroutine(snippet, "returned", [`await $_made(${names})`]),
    { context: null, lines: [`async def $_deeper(${typed}):`, ...indented([`await ${expression}`])] },
    coroutine(snippet, "inner", [`await $_deeper(${names})`]),
    coroutine(snippet, "unawaited_inner", [`$_deeper(${names})`]),
  ];
}
