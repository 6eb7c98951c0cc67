import { tmpdir } from "node:os";
import type { Cost } from "./bench-result.ts";
import { CLI } from "./contestants.ts";
import { quotient, type Ratios } from "./ratios.ts";
import { runMeasured } from "./run-measured.ts";
import { spreadOf } from "./spread.ts";

const COMMANDS = {
  node: [process.execPath, "--eval", "0"],
  version: [...CLI, "--version"],
  help: [...CLI, "--help"],
} as const;

/** Medians of what it costs to start and do nothing much, by command; Node itself is what no program in it can go below. */
export type StartCosts = Readonly<Record<keyof typeof COMMANDS, Cost>>;

export async function measureStart(runs: number): Promise<StartCosts> {
  const costs: Record<keyof typeof COMMANDS, Cost[]> = { node: [], version: [], help: [] };
  for (let round = 0; round < runs; round += 1)
    for (const name of ["node", "version", "help"] as const)
      costs[name].push((await runMeasured({ argv: COMMANDS[name], cwd: tmpdir(), accepts: [0] })).cost);
  return { node: middle(costs.node), version: middle(costs.version), help: middle(costs.help) };
}

function middle(costs: readonly Cost[]): Cost {
  const of = (figure: (cost: Cost) => number): number => spreadOf(costs.map(figure))?.median ?? 0;
  return {
    seconds: of(({ seconds }) => seconds),
    processorSeconds: of(({ processorSeconds }) => processorSeconds),
    peakBytes: of(({ peakBytes }) => peakBytes),
  };
}

export function startRatios({ help, node, version }: StartCosts): Ratios {
  return {
    "version/node": quotient(version.seconds, node.seconds),
    "help/node": quotient(help.seconds, node.seconds),
  };
}

export function printStart(costs: StartCosts): string {
  const one = ({ peakBytes, processorSeconds, seconds }: Cost): string =>
    `${(seconds * 1000).toFixed(0)} ms (${(processorSeconds * 1000).toFixed(0)} ms processor, ${Math.round(peakBytes / 1e6)} MB)`;
  return `start: --version ${one(costs.version)}, --help ${one(costs.help)}, Node alone ${one(costs.node)}`;
}
