// One file's bytes to its facts: what runs in a worker, and what a cache saves.
import { collectFile } from "../facts/collect-file.ts";
import { withLateBody } from "../facts/late-body.ts";
import type { ReadFile } from "../facts/pack-facts.ts";
import { skimFile } from "../facts/skim/skim-file.ts";
import { decode } from "../files/decode.ts";
import type { ListedFile } from "../files/repository.ts";
import { roleFromContent } from "../files/role-from-content.ts";
import type { Statement } from "../model/code.ts";
import type { FileRole } from "../model/file-role.ts";
import type { PythonParser } from "../syntax/parse-python.ts";

/** How far files are read. */
export interface ReadingDepth {
  /** False parses every file. */
  readonly skims: boolean;
  /** True where the code of tests and examples counts as well. */
  readonly includeTests: boolean;
}

/** Files whose code is looked at whatever happens; of the others a few are, where these import them. */
const ALWAYS_PARSED: ReadonlySet<FileRole> = new Set(["production", "migration"]);

/**
 * Reads one Python file. Depends on nothing but the arguments.
 *
 * @param onBody called when the body of a file that was skimmed is asked for.
 */
export function readSource(
  file: ListedFile,
  bytes: Uint8Array,
  parse: PythonParser,
  { skims, includeTests }: ReadingDepth,
  onBody: () => void = () => {},
): ReadFile {
  const { text, problem: found } = decode(bytes);
  const problem = found === null ? null : { path: file.path, ...found };
  if (problem !== null && text === "") return { facts: null, problem, isSkimmed: false };
  const { role } = roleFromContent(file, text);
  const source = { path: file.path, bytes: file.bytes, role };
  const head = skims && !includeTests && !ALWAYS_PARSED.has(role) ? skimFile(source, text) : null;
  if (head === null) return { facts: collectFile(source, parse(text)), problem, isSkimmed: false };
  const makeBody = (): readonly Statement[] => {
    onBody();
    return readBody(file, bytes, parse);
  };
  return { facts: withLateBody(head, makeBody), problem, isSkimmed: true };
}

/** The body of a file that was skimmed before. */
export function readBody(file: ListedFile, bytes: Uint8Array, parse: PythonParser): readonly Statement[] {
  const { path, role } = file;
  return collectFile({ path, role, bytes: file.bytes }, parse(decode(bytes).text)).body;
}
