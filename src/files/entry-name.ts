const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A file name's bytes as text. Bytes that are no UTF-8 are written `\xHH`, so that such a name can be shown and compared;
 * `isExact` is then false and the file is reached by its bytes only.
 */
export function entryName(raw: Buffer): { name: string; isExact: boolean } {
  try {
    return { name: strict.decode(raw), isExact: true };
  } catch {
    let name = "";
    for (const byte of raw) {
      name += byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`;
    }
    return { name, isExact: false };
  }
}
