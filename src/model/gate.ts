// What `check` compares a scan with: findings that were accepted before, and lines that changed. Plain data, read by the command line.

/** Findings of one rule that are alike: same file, same symbol, same expression. No line numbers, so that moved code stays known. */
export interface BaselineEntry {
  readonly rule: string;
  readonly path: string;
  readonly symbol: string | null;
  readonly snippet: string;
  readonly count: number;
}

/** What was agreed on for one project when the baseline was written. */
export interface BaselineProject {
  readonly root: string;
  readonly choice: string;
  readonly stance: string;
  readonly confidence: number;
  /** ORMs in use in production code. */
  readonly orms: readonly string[];
}

/** What a team accepted on the day it wrote the file. */
export interface Baseline {
  readonly projects: readonly BaselineProject[];
  readonly findings: readonly BaselineEntry[];
}

/** First and last line, 1-based. */
export type LineRange = readonly [number, number];

/** Changed lines by path relative to the scanned root; "all" for a file that is new. */
export type ChangedLines = ReadonlyMap<string, "all" | readonly LineRange[]>;

/** What narrows the findings of one scanned folder. */
export interface Gate {
  readonly baseline: Baseline | null;
  readonly changes: ChangedLines | null;
  /** Whether a file that the scan did not read is still there: its accepted findings are kept then. */
  exists(path: string): boolean;
}

/** How a baseline stands against a scan. */
export interface BaselineState {
  /** What `--write-baseline` writes: everything found now and not suppressed by a comment. */
  readonly current: Baseline;
  /** The baseline without what is gone, and with the new paths of renamed files; null when there is none, or nothing changes. */
  readonly shrunk: Baseline | null;
  /** Accepted findings that are gone. */
  readonly gone: number;
  /** Accepted findings whose file has another path now. */
  readonly moved: number;
}
