// One file's bytes to its facts: what runs in a worker, and what a cache saves.
import { collectFile } from "./facts/collect-file.ts";
import type { ReadFile } from "./facts/pack-facts.ts";
import { decode } from "./files/decode.ts";
import type { ListedFile } from "./files/repository.ts";
import { roleFromContent } from "./files/role-from-content.ts";
import type { PythonParser } from "./syntax/parse-python.ts";

/** Reads one Python file. Depends on nothing but the arguments. */
export function readSource(file: ListedFile, bytes: Uint8Array, parse: PythonParser): ReadFile {
  const { text, problem: found } = decode(bytes);
  const problem = found === null ? null : { path: file.path, ...found };
  if (problem !== null && text === "") return { facts: null, problem };
  const { role } = roleFromContent(file, text);
  return { facts: collectFile({ path: file.path, bytes: file.bytes, role }, parse(text)), problem };
}
