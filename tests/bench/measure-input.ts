// Measures one input: all commands take turns, so that a busy moment of the machine falls on each alike; then the input grows.
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Contestant, Cost, Growth, InputResult, Outcome, StageLines } from "./bench-result.ts";
import { COLD_SCAN, type ContestantCommand, TELLING_SCAN } from "./contestants.ts";
import { sizeOf } from "./open-input.ts";
import { runMeasured } from "./run-measured.ts";
import { readStageLines } from "./stage-lines.ts";

const FACTORS = [1, 2, 4, 8];

export interface Plan {
  readonly commands: readonly ContestantCommand[];
  /** Tools that are not there, with the reason. */
  readonly missing: Readonly<Partial<Record<Contestant, string>>>;
  readonly runs: number;
  readonly growthRuns: number;
  /** An empty folder for copies. */
  readonly scratch: string;
  readonly say: (text: string) => void;
}

export async function measureInput(name: string, folder: string, plan: Plan): Promise<InputResult> {
  const missing = Object.entries(plan.missing).map(([one, failure]) => [one, { costs: [], failure }]);
  const outcomes = await takeTurns(name, folder, plan);
  return {
    name,
    size: sizeOf(folder),
    outcomes: { ...Object.fromEntries(missing), ...outcomes },
    told: await askScan(folder),
    growth: await grow(name, folder, plan),
  };
}

async function takeTurns(
  name: string,
  folder: string,
  { commands, runs, say }: Plan,
): Promise<Partial<Record<Contestant, Outcome>>> {
  const outcomes: Partial<Record<Contestant, Outcome>> = {};
  for (let round = 0; round < runs; round += 1) {
    for (const { accepts, argv, mostRuns, name: one, prepare } of commands) {
      const before = outcomes[one] ?? { costs: [], failure: null };
      if (before.failure !== null || round >= mostRuns) continue;
      say(`${name}: ${one}, run ${round + 1}`);
      prepare?.();
      outcomes[one] = await runAgain(before, { accepts, argv, cwd: folder });
    }
  }
  return outcomes;
}

/** Adds a run; the first failure ends a series. */
async function runAgain(before: Outcome, command: Parameters<typeof runMeasured>[0]): Promise<Outcome> {
  try {
    const { cost } = await runMeasured(command);
    return { ...before, costs: [...before.costs, cost] };
  } catch (error) {
    return { ...before, failure: (error as Error).message };
  }
}

async function askScan(folder: string): Promise<StageLines> {
  const told = await runMeasured({ argv: TELLING_SCAN, cwd: folder, accepts: [0] }).catch(() => null);
  return readStageLines(told?.stderr ?? "");
}

/** One folder that holds more and more copies, each under a name of its own. */
async function grow(name: string, folder: string, { growthRuns, say, scratch }: Plan): Promise<Growth[]> {
  const growth: Growth[] = [];
  if (growthRuns === 0) return growth;
  const place = join(scratch, "grown");
  mkdirSync(place);
  let copies = 0;
  for (const factor of FACTORS) {
    for (; copies < factor; copies += 1)
      cpSync(folder, join(place, `copy-${copies + 1}`), { recursive: true });
    let outcome: Outcome = { costs: [] as readonly Cost[], failure: null };
    for (let run = 0; run < growthRuns && outcome.failure === null; run += 1) {
      say(`${name}: ${factor}× the input, run ${run + 1}`);
      outcome = await runAgain(outcome, { argv: COLD_SCAN, cwd: place, accepts: [0] });
    }
    growth.push({ factor, outcome });
  }
  return growth;
}
