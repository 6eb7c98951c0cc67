// Facts as bytes, to be kept or handed over. The body stays packed until something looks at it: most files of a repository are tests
// and migrations, of whose code only the imports are ever asked for.
import type { Statement } from "../model/code.ts";
import type { FileFacts } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";

/** What reading one file gave. `problem` is about decoding; facts are null where nothing could be read. */
export interface ReadFile {
  readonly facts: FileFacts | null;
  readonly problem: Problem | null;
}

/** Bytes that say how long the part before the body is. */
const LENGTH_BYTES = 4;

/** Packs what was read; `unpackFile` gives it back, for this path or another with the same content. */
export function packFile({ facts, problem }: ReadFile): Uint8Array {
  const { body = [], ...rest } = facts ?? {};
  const head = Buffer.from(JSON.stringify({ facts: facts === null ? null : rest, problem }));
  const code = Buffer.from(JSON.stringify(body));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(head.length);
  return Buffer.concat([length, head, code]);
}

/** Reads packed bytes back. */
export function unpackFile(packed: Uint8Array, path: string): ReadFile {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const start = LENGTH_BYTES + bytes.readUInt32LE(0);
  const head: { facts: Omit<FileFacts, "body"> | null; problem: Problem | null } = JSON.parse(
    bytes.toString("utf8", LENGTH_BYTES, start),
  );
  const problem = head.problem && { ...head.problem, path };
  if (head.facts === null) return { facts: null, problem };
  const problems = head.facts.problems.map((one) => ({ ...one, path }));
  const facts = { ...head.facts, path, problems, body: [] };
  return { facts: withLateBody(facts, bytes.subarray(start)), problem };
}

/** The same facts with a body that is made when it is first asked for. */
function withLateBody(facts: FileFacts, code: Buffer): FileFacts {
  let packed: Buffer | null = code;
  let body: readonly Statement[] = [];
  return Object.defineProperty(facts, "body", {
    enumerable: true,
    get: () => {
      if (packed !== null) body = JSON.parse(packed.toString("utf8"));
      packed = null;
      return body;
    },
  });
}
