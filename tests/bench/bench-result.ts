// What one run of the bench measured, as plain data.

/** The commands that are compared: four ways to start ormverdict, and four other tools. */
export type Contestant = "cold" | "fill" | "warm" | "ruff" | "astGrep" | "astParse" | "semgrep";

/** What one run of one command cost. The peak is that of its largest process. */
export interface Cost {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly peakBytes: number;
}

/** All runs of one command; a failure says why there are none, or no more of them. */
export interface Outcome {
  readonly costs: readonly Cost[];
  readonly failure: string | null;
}

/** How much Python an input holds: files, their lines and bytes. */
export interface Size {
  readonly files: number;
  readonly lines: number;
  readonly bytes: number;
}

export interface Growth {
  /** How many copies of the input were scanned at once. */
  readonly factor: number;
  readonly outcome: Outcome;
}

/** What a scan says of itself with --verbose. */
export interface StageLines {
  /** Milliseconds by stage. */
  readonly stages: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<string, number>>;
}

export interface InputResult {
  readonly name: string;
  readonly size: Size;
  /** What was left out on request is absent; what failed or could not be installed is there and says so. */
  readonly outcomes: Readonly<Partial<Record<Contestant, Outcome>>>;
  readonly growth: readonly Growth[];
  readonly told: StageLines;
}
