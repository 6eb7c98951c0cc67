import type { Progress } from "../index.ts";
import type { Host } from "./host.ts";

/** How long one stage took. */
export interface StageTiming {
  readonly stage: string;
  readonly milliseconds: number;
}

export interface ProgressLine {
  update(progress: Progress): void;
  /** Removes the line and gives what each stage took. */
  finish(): readonly StageTiming[];
}

const VERBS: Readonly<Record<Progress["stage"], string>> = {
  list: "listing files",
  read: "reading",
  link: "linking",
  judge: "judging",
};
const CLEAR = "\r\u001b[K";
/** Redrawing more often than this costs time and shows nothing more. */
const MIN_INTERVAL_MS = 80;

/** A line on standard error that says what is going on: only for a person who watches, never in CI. */
export function progressLine(host: Host, isQuiet: boolean): ProgressLine {
  const { stderr, environment } = host;
  const isShown = stderr.isTerminal && !isQuiet && !environment.CI && environment.TERM !== "dumb";
  const timings: StageTiming[] = [];
  let current: { stage: string; since: number } | null = null;
  let drawn = Number.NEGATIVE_INFINITY;

  const enter = (stage: string | null, now: number): void => {
    if (current !== null) timings.push({ stage: current.stage, milliseconds: now - current.since });
    current = stage === null ? null : { stage, since: now };
  };
  return {
    update({ stage, done, total }) {
      const now = host.now();
      if (current?.stage !== stage) enter(stage, now);
      else if (now - drawn < MIN_INTERVAL_MS) return;
      if (!isShown) return;
      drawn = now;
      stderr.write(`${CLEAR}${VERBS[stage]}${total === null ? "" : ` ${done} of ${total} files`}`);
    },
    finish() {
      enter(null, host.now());
      if (drawn > Number.NEGATIVE_INFINITY) stderr.write(CLEAR);
      return timings;
    },
  };
}
