/**
 * A line that starts with `::`, or holds `##[`, would be a command to the log viewers of some CI services. Only text of
 * the repository can put either there; a look-alike of the same width disarms it.
 */
function disarm(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a coloured line starts with an escape sequence
  return line.replace(/^((?:\s|\u001b\[\d+m)*):(?=:)/u, "$1\ua789").replaceAll("##[", "##(");
}

/** Lines of a text for a terminal as one string that ends in a newline. */
export function joinLines(lines: readonly string[]): string {
  return `${lines.map((line) => disarm(line).trimEnd()).join("\n")}\n`;
}
