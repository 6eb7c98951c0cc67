import { words } from "../../src/text/words.ts";

/**
 * Expectations about queries, written beside the lines of a fixture:
 *
 *     # query: select Book join aggregate hardness=medium executes=iteration
 *
 * That is one statement: what it does, its model (`-` where there is none), all of its features in any order, and, where
 * told, its hardness and the method that executes it (`build` where nothing here does). A mark behind code is about that
 * line; marks on lines of their own are about the next line of code. `missed=…` names what a statement has and the scan
 * does not see, `noise=…` what the scan sees and the statement does not have; `# known-miss: …` is a whole statement
 * that the scan does not find, `# known-noise: …` one that it finds where there is none. A limit that is gone fails, and asks to be promoted.
 */
export interface QueryMark {
  readonly path: string;
  /** Where the statement runs, or where it is built when nothing runs it. */
  readonly line: number;
  readonly isMissed: boolean;
  /** Operation, model, features, `hardness=…`, `executes=…`: as the scan should give them today. */
  readonly tags: readonly string[];
}

const OPERATIONS = words("select insert update delete upsert flush commit ddl unknown");
const MARK = /#\s*(known-miss|known-noise|query)\s*:\s*(.*)$/;
const MISSPELT = /#\s*(?:kn?o[\w-]*|q\w*)\s*:/;

/** The marks of one file. Throws for a mark that nothing would ever compare. */
export function readQueryMarks(path: string, text: string, features: ReadonlySet<string>): QueryMark[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const [, kind, told] = MARK.exec(line) ?? [];
    if (kind === undefined || told === undefined) {
      if (MISSPELT.test(line)) throw new Error(`${path}:${index + 1}: this is no mark`);
      return [];
    }
    const isAlone = line.trim().startsWith("#");
    const at = isAlone ? lines.findIndex((code, other) => other > index && isCode(code)) : index;
    const tags = tagsOf(told.trim().split(/\s+/), features, `${path}:${index + 1}`);
    return [{ path, line: at + 1, isMissed: kind === "known-miss", tags }];
  });
}

function isCode(line: string): boolean {
  return line.trim() !== "" && !line.trim().startsWith("#");
}

function tagsOf(told: readonly string[], known: ReadonlySet<string>, where: string): string[] {
  const [operation = "", model, ...rest] = told;
  if (!OPERATIONS.includes(operation)) throw new Error(`${where}: "${operation}" is no operation`);
  if (model === undefined || known.has(model)) throw new Error(`${where}: no model, nor "-"`);
  const tags = rest.flatMap((word) => {
    const [key = "", value] = word.split("=");
    if (value !== undefined && (key === "hardness" || key === "executes")) return [word];
    const name = value ?? key;
    if (!known.has(name) || (value !== undefined && key !== "missed" && key !== "noise"))
      throw new Error(`${where}: "${word}" says nothing known`);
    return key === "missed" ? [] : [name];
  });
  return [operation, model, ...tags];
}
