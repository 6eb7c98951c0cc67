// Bytes of a source file to text, as Python itself would read it: byte order mark, PEP 263 cookie, else UTF-8.
import type { Problem } from "../model/problem.ts";

export interface Decoded {
  /** Without byte order mark. A lone `\r` became `\n`, which moves no offset; `\r\n` is kept. Empty for binary files. */
  readonly text: string;
  readonly problem: Omit<Problem, "path"> | null;
}

/** https://peps.python.org/pep-0263/: the comment may stand on line one, or on line two after a blank or comment line. */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK_OR_COMMENT = /^[ \t\f]*(#.*)?$/;

/** Python's names of codecs that the WHATWG labels of TextDecoder do not know, lower case with `-` for `_`. */
const CODEC_ALIASES: Readonly<Record<string, string>> = {
  u8: "utf-8",
  utf: "utf-8",
  cp65001: "utf-8",
  latin: "latin-1",
  l1: "latin-1",
  "8859": "latin-1",
  cp819: "latin-1",
  iso8859: "latin-1",
  "us-ascii": "ascii",
  "646": "ascii",
  cp932: "shift_jis",
  ms932: "shift_jis",
  mskanji: "shift_jis",
  sjis: "shift_jis",
  "shift-jis": "shift_jis",
  eucjp: "euc-jp",
  ujis: "euc-jp",
  euckr: "euc-kr",
  cp949: "euc-kr",
  uhc: "euc-kr",
  cp936: "gbk",
  ms936: "gbk",
  cp950: "big5",
  "koi8-r": "koi8-r",
  cp866: "ibm866",
  "mac-roman": "macintosh",
  "iso2022-jp": "iso-2022-jp",
};

/** Decodes one source file. Never throws; what could not be understood is told in `problem`. */
export function decode(bytes: Uint8Array): Decoded {
  const marked = decodeMarked(bytes);
  if (marked !== null) return marked;
  if (bytes.includes(0)) {
    return {
      text: "",
      problem: { kind: "binary", message: "It holds binary data, not Python, and was not read." },
    };
  }
  const cookie = declaredEncoding(bytes);
  return cookie === null ? decodeUtf8(bytes, "no encoding is declared") : decodeDeclared(bytes, cookie);
}

function decodeMarked(bytes: Uint8Array): Decoded | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return decodeUtf8(bytes.subarray(3), "a UTF-8 byte order mark stands first");
  }
  const label =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : null;
  if (label === null) return null;
  const text = new TextDecoder(label).decode(bytes);
  const message = "It is UTF-16, which Python itself refuses as source; it was read as UTF-16.";
  return { text: unixLines(text), problem: { kind: "encoding", message } };
}

/** Lower case, as Python normalises codec names, with the line it stands on; null when there is none. */
function declaredEncoding(bytes: Uint8Array): { name: string; line: number } | null {
  const head = latin1(bytes.subarray(0, 1024)).split(/\r\n|\r|\n/, 2);
  for (const [index, line] of head.entries()) {
    const name = COOKIE.exec(line)?.[1];
    if (name !== undefined) return { name: name.toLowerCase().replaceAll("_", "-"), line: index + 1 };
    if (!BLANK_OR_COMMENT.test(line)) return null;
  }
  return null;
}

function decodeDeclared(bytes: Uint8Array, cookie: { name: string; line: number }): Decoded {
  const alias = Object.hasOwn(CODEC_ALIASES, cookie.name) ? CODEC_ALIASES[cookie.name] : undefined;
  const name = alias ?? cookie.name;
  if (/^(utf-?8|ascii)(-.*)?$/.test(name)) return decodeUtf8(bytes, `${cookie.name} is declared`);
  // TextDecoder's "latin1" is windows-1252; Python's is the real one.
  if (/^(latin-?1|iso-?8859-1|iso-latin-1)(-.*)?$/.test(name)) {
    return { text: unixLines(latin1(bytes)), problem: null };
  }
  if (/^(cp|windows-?)1252$/.test(name)) return { text: unixLines(windows1252(bytes)), problem: null };
  const decoder = decoderFor(name);
  if (decoder === null) {
    const read = decodeUtf8(bytes, "");
    const how = read.problem === null ? "UTF-8" : "UTF-8 with gaps";
    const message = `The declared encoding "${cookie.name.slice(0, 40)}" is not known; it was read as ${how}.`;
    return { text: read.text, problem: { kind: "encoding", line: cookie.line, message } };
  }
  const text = unixLines(decoder.decode(bytes));
  const gap = text.indexOf("\ufffd");
  if (gap < 0) return { text, problem: null };
  const message = `Not all bytes are valid ${cookie.name}, which is declared; the others were read.`;
  return { text, problem: { kind: "encoding", line: lineOf(text, gap), message } };
}

function decoderFor(name: string): InstanceType<typeof TextDecoder> | null {
  for (const label of [name, name.replaceAll("-", ""), name.replace(/^cp/, "windows-")]) {
    try {
      return new TextDecoder(label);
    } catch {
      // A label that TextDecoder does not know: the next spelling may be one.
    }
  }
  return null;
}

function decodeUtf8(bytes: Uint8Array, why: string): Decoded {
  try {
    return {
      text: unixLines(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)),
      problem: null,
    };
  } catch {
    const text = unixLines(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
    if (isMostlyControl(text)) {
      const message = "It holds binary data, not Python, and was not read.";
      return { text: "", problem: { kind: "binary", message } };
    }
    const message = `Not all bytes are valid UTF-8 although ${why}; the others were read.`;
    return { text, problem: { kind: "encoding", line: lineOf(text, text.indexOf("\ufffd")), message } };
  }
}

/** Compressed or encrypted data without a NUL byte: one character in twenty is a control character or undecodable. */
function isMostlyControl(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary data from text
  const odd = text.match(/[\u0001-\u0008\u000e-\u001a\u001c-\u001f]/g)?.length ?? 0;
  return odd * 50 > text.length;
}

/** Python ends a line at a lone `\r` too, the grammar does not. */
function unixLines(text: string): string {
  return text.includes("\r") ? text.replace(/\r(?!\n)/g, "\n") : text;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** Bytes 0x80 to 0x9f of windows-1252; its five unassigned bytes stay as they are. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** By hand, because TextDecoder of several Node releases takes windows-1252 for latin-1. */
function windows1252(bytes: Uint8Array): string {
  return latin1(bytes).replace(/[\u0080-\u009f]/g, (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80] ?? char);
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
