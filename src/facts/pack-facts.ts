// Facts as bytes, to be kept or handed over. The body stays packed until something looks at it: of many files only the imports are
// ever asked for.
import type { Statement } from "../model/code.ts";
import type { FileFacts } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";
import { withLateBody } from "./late-body.ts";

/** What reading one file gave. */
export interface ReadFile {
  /** Null where nothing could be read. */
  readonly facts: FileFacts | null;
  /** About decoding. */
  readonly problem: Problem | null;
  /** True where the file was skimmed: its body is made from the source when it is first asked for. */
  readonly isSkimmed: boolean;
}

/** Bytes that say how long the part before the body is. */
const LENGTH_BYTES = 4;

/** Packs what was read; `unpackFile` gives it back, for this path or another with the same content. */
export function packFile({ facts, problem, isSkimmed }: ReadFile): Uint8Array {
  const head = Buffer.from(
    JSON.stringify({ facts: facts === null ? null : headOf(facts), problem, isSkimmed }),
  );
  const code = Buffer.from(facts === null || isSkimmed ? "" : JSON.stringify(facts.body));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(head.length);
  return Buffer.concat([length, head, code]);
}

/** All but the body, which is not touched: making it may cost a parse. */
function headOf(facts: FileFacts): Omit<FileFacts, "body"> {
  const entries = Object.keys(facts).flatMap((key) =>
    key === "body" ? [] : [[key, facts[key as keyof FileFacts]]],
  );
  return Object.fromEntries(entries);
}

/**
 * Reads packed bytes back.
 *
 * @param bodyOfSkimmed makes the body of a file that was only skimmed.
 */
export function unpackFile(
  packed: Uint8Array,
  path: string,
  bodyOfSkimmed: () => readonly Statement[],
): ReadFile {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const start = LENGTH_BYTES + bytes.readUInt32LE(0);
  const head: {
    facts: Omit<FileFacts, "body"> | null;
    problem: Problem | null;
    isSkimmed: boolean;
  } = JSON.parse(bytes.toString("utf8", LENGTH_BYTES, start));
  const problem = head.problem && { ...head.problem, path };
  const { isSkimmed } = head;
  if (head.facts === null) return { facts: null, problem, isSkimmed };
  const code = bytes.subarray(start);
  const make = isSkimmed ? bodyOfSkimmed : () => JSON.parse(code.toString("utf8"));
  const problems = head.facts.problems.map((one) => ({ ...one, path }));
  return { facts: withLateBody({ ...head.facts, path, problems }, make), problem, isSkimmed };
}
