import { collectFile } from "../../../src/facts/collect-file.ts";
import { skimFile } from "../../../src/facts/skim/skim-file.ts";
import type { FileFacts } from "../../../src/model/facts.ts";
import { createPythonParser, type PythonParser } from "../../../src/syntax/parse-python.ts";

export type Head = Omit<FileFacts, "body">;

/** Both ways to read a text. */
export interface BothReadings {
  /** Null where the file is left to the parser. */
  readonly skimmed: Head | null;
  readonly parsed: Head;
}

const source = { path: "a.py", role: "test", bytes: 0 } as const;

export async function bothReadings(): Promise<(text: string) => BothReadings> {
  const parse: PythonParser = await createPythonParser();
  return (text) => {
    const { body: _, ...parsed } = collectFile(source, parse(text));
    return { skimmed: skimFile(source, text), parsed };
  };
}
