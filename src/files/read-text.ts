import type { Problem } from "../model/problem.ts";
import { decode } from "./decode.ts";
import type { Repository } from "./repository.ts";

export interface ReadText {
  /** Empty when nothing could be read; `problem` says why. */
  readonly text: string;
  /** Size on disk. */
  readonly bytes: number;
  readonly problem: Problem | null;
}

/** Reads one file. Never throws: `bytes` is null where there is a problem. */
export async function readBytes(
  repository: Repository,
  path: string,
): Promise<{ readonly bytes: Uint8Array | null; readonly problem: Problem | null }> {
  try {
    return { bytes: await repository.read(path), problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      bytes: null,
      problem: { path, kind: "unreadable", message: `It could not be read: ${reason}.` },
    };
  }
}

/** Reads and decodes one file. Never throws: what goes wrong is the Problem. */
export async function readText(repository: Repository, path: string): Promise<ReadText> {
  const { bytes, problem: unread } = await readBytes(repository, path);
  if (bytes === null) return { text: "", bytes: 0, problem: unread };
  const { text, problem } = decode(bytes);
  return { text, bytes: bytes.byteLength, problem: problem === null ? null : { path, ...problem } };
}
