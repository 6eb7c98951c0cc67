/** Where the verdict changes its kind of answer. Policy, so it can be overridden. */
export interface Thresholds {
  /** A margin nearer to zero than this decides nothing. */
  readonly decide: number;
  /** Below this much seen (0 to 1) a near-zero margin is "undecided", not "either". */
  readonly enoughSeen: number;
  /** Below this much seen nothing is decided, whatever the margin. */
  readonly leastSeen: number;
  /** Confidence from which moving away from an ORM in use is advised. */
  readonly moveConfidence: number;
  /** Points of need that today's third ORM does not meet, from which leaving it is advised. */
  readonly moveNeed: number;
  /** Share of the statements up to which a second ORM counts as "the few". */
  readonly fewShare: number;
}

export const defaultThresholds: Thresholds = {
  decide: 0.5,
  enoughSeen: 0.5,
  leastSeen: 0.2,
  moveConfidence: 0.9,
  moveNeed: 1.5,
  fewShare: 0.2,
};

export interface JudgeOptions {
  /** Weights by criterion id, in place of the defaults; each finite and not negative. */
  readonly weights?: Readonly<Record<string, number>>;
  readonly thresholds?: Partial<Thresholds>;
  /** What to take for granted in place of what was seen, by key of the assumption. */
  readonly assume?: Readonly<Record<string, string>>;
}
