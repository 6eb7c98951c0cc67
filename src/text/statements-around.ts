import type { Statement } from "../model/code.ts";
import { blocksOf } from "./visit-code.ts";

export type Block = readonly Statement[];

/** A statement around an offset, and where it stands. */
export interface StatementAround {
  readonly statement: Statement;
  readonly block: Block;
  /** Its place in the block. */
  readonly index: number;
  /** The block of the statement that the offset is in, or that begins last before it. */
  readonly inner: Block | undefined;
}

/** The statements around an offset of the source, outermost first. */
export function statementsAround(body: Block, offset: number): readonly StatementAround[] {
  const around: StatementAround[] = [];
  let block: Block | undefined = body;
  while (block !== undefined) {
    const index = lastBefore(block, offset);
    const statement: Statement | undefined = block[index];
    if (statement === undefined) break;
    const inner: Block | undefined = blocksOf(statement).findLast((one) => beginsBefore(one, offset));
    around.push({ statement, block, index, inner });
    block = inner;
  }
  return around;
}

/** True for a block whose first statement begins at the offset or before it. */
export function beginsBefore([first]: Block, offset: number): boolean {
  return first !== undefined && first.start <= offset;
}

/** The index of the last statement that begins at the offset or before it, by halving; -1 where none does. */
function lastBefore(block: Block, offset: number): number {
  let low = 0;
  let high = block.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const isBefore = (block[middle]?.start ?? Number.POSITIVE_INFINITY) <= offset;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Finds the first statement of a block that is of some kind, once for each block; the block's length where none is. */
export function firstIndexOf(isKind: (statement: Statement) => boolean): (block: Block) => number {
  const known = new WeakMap<Block, number>();
  return (block) => {
    const found = known.get(block);
    if (found !== undefined) return found;
    const index = block.findIndex(isKind);
    const first = index === -1 ? block.length : index;
    known.set(block, first);
    return first;
  };
}
