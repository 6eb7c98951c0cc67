// INI files as Python's configparser reads them: `key = value` or `key: value`, indented lines continue a value, whole
// lines starting with # or ; are comments. npm's readers join continuation lines and lose their requirements, hence by hand.
export interface IniLine {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}
export interface IniEntry {
  /** As written. */
  readonly key: string;
  readonly line: number;
  /** The value line by line, trimmed; the first may be empty when the value starts on the next line. */
  readonly value: readonly IniLine[];
}
export interface IniSection {
  readonly name: string;
  readonly line: number;
  readonly entries: readonly IniEntry[];
}
export interface IniFile {
  readonly sections: readonly IniSection[];
  /** Lines that are neither section, entry, continuation nor comment. */
  readonly unread: readonly IniLine[];
}

export function readIni(text: string): IniFile {
  const sections: {
    name: string;
    line: number;
    entries: { key: string; line: number; value: IniLine[] }[];
  }[] = [];
  const unread: IniLine[] = [];
  let indent = 0;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = index + 1;
    const content = raw.trim();
    if (content === "" || content.startsWith("#") || content.startsWith(";")) continue;
    const depth = raw.length - raw.trimStart().length;
    const section = sections.at(-1);
    const open = section?.entries.at(-1);
    if (open !== undefined && depth > indent) {
      open.value.push({ text: content, line });
      continue;
    }
    const header = /^\[(.+)\]/.exec(content)?.[1];
    const split = content.search(/[=:]/);
    if (header !== undefined) sections.push({ name: header.trim(), line, entries: [] });
    else if (section === undefined || split <= 0) unread.push({ text: content, line });
    else {
      indent = depth;
      const value = [{ text: content.slice(split + 1).trim(), line }];
      section.entries.push({ key: content.slice(0, split).trim(), line, value });
    }
  }
  return { sections, unread };
}

/** The value of a key (compared without case) as one text, lines joined by "\n"; null when there is none. */
export function iniText(section: IniSection | undefined, key: string): string | null {
  const entry = iniEntry(section, key);
  if (entry === undefined) return null;
  return entry.value
    .map(({ text }) => text)
    .join("\n")
    .trim();
}

/** The last entry of that key, compared without case: configparser lets later ones win. */
export function iniEntry(section: IniSection | undefined, key: string): IniEntry | undefined {
  return section?.entries.findLast((entry) => entry.key.toLowerCase() === key.toLowerCase());
}
