// Reads a parsed tree straight from tree-sitter's memory: asking for each node costs several calls into WebAssembly, which took longer
// than the parse itself. The layout is that of tree-sitter's lib/src/subtree.h and parser.h, language ABI 13 to 15, on 32-bit
// little-endian WebAssembly; the grammar files are pinned in grammars/, and parse-python.ts compares a sample before it relies on this.
import type { Tree } from "web-tree-sitter";
import type { TreeVisitor } from "./build-syntax.ts";

/** A WebAssembly memory; growing it replaces the buffer. */
export interface GrowingMemory {
  readonly buffer: ArrayBuffer;
}

/** Bytes of a Subtree: a pointer, or a small leaf in its place. */
const SUBTREE = 8;
/** tree-sitter counts the bytes of UTF-16: shifting right by this gives units. */
const UNIT = 1;

/** Offsets into SubtreeHeapData. */
const PADDING_BYTES = 4;
const SIZE_BYTES = 16;
const CHILD_COUNT = 36;
const SYMBOL = 40;
const FLAGS = 44;
const MORE_FLAGS = 45;
const PRODUCTION = 66;

/** The tables of TSLanguage that say how the children of a production are called. */
interface Tables {
  readonly aliasesPerProduction: number;
  readonly fieldSlices: number;
  readonly fieldEntries: number;
  readonly publicSymbols: number;
  readonly symbolMetadata: number;
  readonly aliases: number;
}

/** Gives a function that visits a tree of the parser that works in this memory. */
export function memoryWalker(memory: GrowingMemory): (tree: Tree, visitor: TreeVisitor) => void {
  let bytes = new Uint8Array(memory.buffer);
  let words = new Uint32Array(memory.buffer);
  let halves = new Uint16Array(memory.buffer);

  return (tree, visitor) => {
    if (bytes.buffer !== memory.buffer) {
      // Growing the memory moves it.
      bytes = new Uint8Array(memory.buffer);
      words = new Uint32Array(memory.buffer);
      halves = new Uint16Array(memory.buffer);
    }
    const root = (tree as unknown as { readonly 0: number })[0];
    const tables = readTables(words, halves, words[(root + SUBTREE) >> 2] as number);

    const isInline = (at: number): boolean => ((bytes[at] as number) & 1) === 1;
    const padding = (at: number): number =>
      isInline(at)
        ? (bytes[at + 6] as number)
        : (words[((words[at >> 2] as number) + PADDING_BYTES) >> 2] as number);

    const fieldOf = (production: number, index: number): number => {
      const slice = tables.fieldSlices + production * 4;
      const first = halves[slice >> 1] as number;
      const last = first + (halves[(slice + 2) >> 1] as number);
      for (let entry = first; entry < last; entry += 1) {
        const at = tables.fieldEntries + entry * 4;
        if (bytes[at + 2] === index && bytes[at + 3] === 0) return halves[at >> 1] as number;
      }
      return 0;
    };

    /** Visits the subtree at an address; `from` is where it starts, in bytes. */
    const visit = (at: number, from: number, alias: number, field: number): void => {
      if (isInline(at)) {
        const flags = bytes[at] as number;
        if (alias === 0 && (flags & 2) === 0) return;
        const symbol = alias === 0 ? (bytes[at + 1] as number) : alias;
        const isNamed = alias === 0 ? (flags & 4) !== 0 : bytes[tables.symbolMetadata + alias * 3 + 1] === 1;
        const end = from + (bytes[at + 7] as number);
        const known = publicSymbol(symbol);
        if (visitor.enter(known, field, isNamed, (flags & 32) !== 0, from >> UNIT, end >> UNIT))
          visitor.leave();
        return;
      }
      const heap = words[at >> 2] as number;
      const flags = bytes[heap + FLAGS] as number;
      const isVisible = alias !== 0 || (flags & 1) !== 0;
      if (isVisible) {
        const symbol = alias === 0 ? (halves[(heap + SYMBOL) >> 1] as number) : alias;
        const isNamed = alias === 0 ? (flags & 2) !== 0 : bytes[tables.symbolMetadata + alias * 3 + 1] === 1;
        const isMissing = ((bytes[heap + MORE_FLAGS] as number) & 2) !== 0;
        const end = from + (words[(heap + SIZE_BYTES) >> 2] as number);
        if (!visitor.enter(publicSymbol(symbol), field, isNamed, isMissing, from >> UNIT, end >> UNIT))
          return;
      }
      const count = words[(heap + CHILD_COUNT) >> 2] as number;
      if (count > 0) visitChildren(heap, count, from, isVisible ? 0 : field);
      if (isVisible) visitor.leave();
    };

    /** `inherited` is the field of a parent that is not visible itself: its children stand under it. */
    const visitChildren = (heap: number, count: number, from: number, inherited: number): void => {
      const production = halves[(heap + PRODUCTION) >> 1] as number;
      const aliases = production === 0 ? 0 : tables.aliases + production * tables.aliasesPerProduction * 2;
      let at = heap - count * SUBTREE;
      let position = from;
      let structural = 0;
      for (let index = 0; index < count; index += 1, at += SUBTREE) {
        if (index > 0) position += padding(at);
        const isExtra = isInline(at)
          ? ((bytes[at] as number) & 8) !== 0
          : ((bytes[(words[at >> 2] as number) + FLAGS] as number) & 4) !== 0;
        if (isExtra) visit(at, position, 0, 0);
        else {
          const alias = aliases === 0 ? 0 : (halves[(aliases >> 1) + structural] as number);
          visit(at, position, alias, fieldOf(production, structural) || inherited);
          structural += 1;
        }
        position += sizeOf(at);
      }
    };

    const sizeOf = (at: number): number =>
      isInline(at)
        ? (bytes[at + 7] as number)
        : (words[((words[at >> 2] as number) + SIZE_BYTES) >> 2] as number);

    const publicSymbol = (symbol: number): number =>
      symbol >= 65534 ? symbol : (halves[(tables.publicSymbols >> 1) + symbol] as number);

    visit(root, padding(root), 0, 0);
  };
}

function readTables(words: Uint32Array, halves: Uint16Array, language: number): Tables {
  const pointer = (offset: number): number => words[(language + offset) >> 2] as number;
  return {
    aliasesPerProduction: halves[(language + 36) >> 1] as number,
    fieldSlices: pointer(64),
    fieldEntries: pointer(68),
    symbolMetadata: pointer(72),
    publicSymbols: pointer(76),
    aliases: pointer(84),
  };
}
