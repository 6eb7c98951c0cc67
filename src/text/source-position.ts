/** What is needed to turn offsets into positions; FileFacts carries it. */
export interface LineTable {
  readonly lineStarts: readonly number[];
  readonly astral: readonly number[];
}

/** The offsets at which lines start, and those of characters that take two UTF-16 units. `\r\n`, `\n` and `\r` end a line. */
export function lineTable(text: string): LineTable {
  const lineStarts = [0];
  const astral: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === 10 || (unit === 13 && text.charCodeAt(index + 1) !== 10)) lineStarts.push(index + 1);
    else if (unit >= 0xd800 && unit <= 0xdbff) astral.push(index);
  }
  return { lineStarts, astral };
}

/** Lines of a text; a line end at its very end begins no further line. */
export function lineCount(text: string, { lineStarts }: LineTable): number {
  const endsOpen = text.length > 0 && (lineStarts.at(-1) ?? 0) < text.length;
  return endsOpen ? lineStarts.length : lineStarts.length - 1;
}

/** The index of the last entry not greater than `value` in ascending numbers; -1 when all are greater. */
function lastNotAfter(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The 1-based line that holds a UTF-16 offset. */
export function lineAt(table: LineTable, offset: number): number {
  return lastNotAfter(table.lineStarts, offset) + 1;
}

/** The 1-based line and column of a UTF-16 offset; the column counts Unicode code points. */
export function positionAt(table: LineTable, offset: number): { line: number; column: number } {
  const index = lastNotAfter(table.lineStarts, offset);
  const lineStart = table.lineStarts[index] ?? 0;
  const wide = lastNotAfter(table.astral, offset - 1) - lastNotAfter(table.astral, lineStart - 1);
  return { line: index + 1, column: offset - lineStart - wide + 1 };
}
