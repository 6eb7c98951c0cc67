// Import statements, from their tokens.
import type { ImportStatement } from "../../model/code.ts";
import type { PlacedImport } from "../../model/facts.ts";
import { Token } from "../../syntax/lex-python.ts";
import { type Cursor, isWord, keywordAt, kindAt, textAt } from "./cursor.ts";

export interface ImportReading extends Cursor {
  /** Takes what is found. */
  readonly imports: PlacedImport[];
  /** Blocks around the statement at hand. */
  depth: number;
}

function addImport(
  reading: ImportReading,
  start: number,
  rest: Omit<ImportStatement, "kind" | "start">,
): void {
  reading.imports.push({
    statement: { kind: "import", start, ...rest },
    isTopLevel: reading.depth === 0,
  });
}

function readDottedName(reading: ImportReading): string | null {
  let name = "";
  for (;;) {
    if (!isWord(reading, 0)) return null;
    name += textAt(reading, 0);
    reading.index += 1;
    if (kindAt(reading, 0) !== Token.dot) return name;
    name += ".";
    reading.index += 1;
  }
}

/** `as x`; undefined where there is none, null where it is broken. */
function readAlias(reading: ImportReading): string | null | undefined {
  if (keywordAt(reading, 0) !== "as") return undefined;
  reading.index += 1;
  if (!isWord(reading, 0)) return null;
  reading.index += 1;
  return textAt(reading, -1);
}

function startOf(reading: ImportReading): number {
  return reading.tokens.starts[reading.index] as number;
}

/** `import a.b as c, d`: reads to after it; false where it is none. */
export function readImport(reading: ImportReading): boolean {
  const start = startOf(reading);
  do {
    reading.index += 1;
    const module = readDottedName(reading);
    const alias = module === null ? null : readAlias(reading);
    if (module === null || alias === null) return false;
    addImport(reading, start, { module, level: 0, name: null, alias: alias ?? null });
  } while (kindAt(reading, 0) === Token.comma);
  return true;
}

/** `from .a import (b as c, d)`: reads to after it; false where it is none. */
export function readFromImport(reading: ImportReading): boolean {
  const start = startOf(reading);
  reading.index += 1;
  let level = 0;
  for (;;) {
    const kind = kindAt(reading, 0);
    if (kind === Token.dot) level += 1;
    else if (kind === Token.ellipsis) level += 3;
    else break;
    reading.index += 1;
  }
  const isNamed = keywordAt(reading, 0) !== "import";
  const module = isNamed ? readDottedName(reading) : "";
  if (module === null || (module === "" && level === 0) || keywordAt(reading, 0) !== "import") return false;
  reading.index += 1;
  if (kindAt(reading, 0) === Token.star && textAt(reading, 0) === "*") {
    addImport(reading, start, { module, level, name: "*", alias: null });
    reading.index += 1;
    return true;
  }
  const isBracketed = kindAt(reading, 0) === Token.open;
  if (isBracketed && textAt(reading, 0) !== "(") return false;
  if (isBracketed) reading.index += 1;
  for (;;) {
    if (!isWord(reading, 0)) return false;
    const name = textAt(reading, 0);
    reading.index += 1;
    const alias = readAlias(reading);
    if (alias === null) return false;
    addImport(reading, start, { module, level, name, alias: alias ?? null });
    if (kindAt(reading, 0) !== Token.comma) break;
    reading.index += 1;
    if (isBracketed && kindAt(reading, 0) === Token.close) break;
  }
  if (!isBracketed) return true;
  reading.index += 1;
  return kindAt(reading, -1) === Token.close;
}
