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

/** Reads and decodes one file. Never throws: what goes wrong is the Problem. */
export async function readText(repository: Repository, path: string): Promise<ReadText> {
  let bytes: Uint8Array;
  try {
    bytes = await repository.read(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      text: "",
      bytes: 0,
      problem: { path, kind: "unreadable", message: `It could not be read: ${reason}.` },
    };
  }
  const { text, problem } = decode(bytes);
  return { text, bytes: bytes.byteLength, problem: problem === null ? null : { path, ...problem } };
}
