// `npm run bench`: what a scan costs, beside other tools on the same files in the same run. Exit code 0 when everything that was
// asked for was measured, whatever the figures are (a busy machine is no defect); 1 with a hole; 2 where it could not start.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { UsageError } from "../../src/index.ts";
import type { InputResult } from "./bench-result.ts";
import { type ContestantCommand, installTool, ownCommands, TOOLS } from "./contestants.ts";
import { describeMachine } from "./machine.ts";
import { measureInput, type Plan } from "./measure-input.ts";
import { measureStart, printStart, startRatios } from "./measure-start.ts";
import { type Input, openInput } from "./open-input.ts";
import { printInput } from "./print-bench.ts";
import { ratiosOf } from "./ratios.ts";

const CACHE = fileURLToPath(new URL("../../.bench", import.meta.url));
const BUNDLE = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const INPUTS: readonly Input[] = JSON.parse(readFileSync(new URL("inputs.json", import.meta.url), "utf8"));
const SKIPPABLE = [...TOOLS.map(({ name }) => name), "warm", "growth"];

async function main(): Promise<number> {
  const options = readOptions();
  if (!existsSync(BUNDLE))
    throw new UsageError("There is no dist/cli.js to measure. Run `npm run build` first.");
  const machine = describeMachine();
  const start = await measureStart(options.runs);
  console.log(`${machine}\n${printStart(start)}\n`);
  const { commands, missing } = await installTools(options.skip);
  const results: InputResult[] = [];
  for (const input of options.inputs) {
    const scratch = mkdtempSync(join(tmpdir(), "bench-"));
    try {
      const folder = await openInput(input, CACHE, join(scratch, "source"));
      const own = ownCommands(scratch).filter(
        ({ name }) => name === "cold" || !options.skip.includes("warm"),
      );
      const plan = { commands: [...own, ...commands], missing, scratch, say, ...runsOf(options) };
      const result = await measureInput(`${input.name} ${input.version}`, folder, plan);
      results.push(result);
      console.log(`${printInput(result)}\n`);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  const ofInputs = results.map((one) => [one.name, ratiosOf(one)]);
  const ratios = { start: startRatios(start), ...Object.fromEntries(ofInputs) };
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(
    join(CACHE, "result.json"),
    `${JSON.stringify({ machine, ratios, start, results }, null, 2)}\n`,
  );
  const holes = results.flatMap(holesOf);
  for (const hole of holes) console.error(`NOT MEASURED: ${hole}`);
  console.log(JSON.stringify(ratios));
  return holes.length === 0 ? 0 : 1;
}

interface Options {
  readonly inputs: readonly Input[];
  readonly skip: readonly string[];
  readonly runs: number;
  readonly growthRuns: number;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      skip: { type: "string", multiple: true, default: [] },
      runs: { type: "string", default: "5" },
      "growth-runs": { type: "string", default: "2" },
    },
  });
  const { only, skip } = values;
  const names = INPUTS.map(({ name }) => name);
  refuseUnknown("--only", only ?? [], names);
  refuseUnknown("--skip", skip, SKIPPABLE);
  const inputs = INPUTS.filter(({ name }) => only === undefined || only.includes(name));
  return {
    inputs,
    skip,
    runs: numberOf("--runs", values.runs),
    growthRuns: numberOf("--growth-runs", values["growth-runs"]),
  };
}

function refuseUnknown(option: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((one) => !known.includes(one));
  if (unknown !== undefined) throw new UsageError(`${option} takes ${known.join(", ")}, not "${unknown}".`);
}

function numberOf(option: string, text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new UsageError(`${option} takes a number from 1 to 99, not "${text}".`);
  return Number(text);
}

function runsOf({ growthRuns, runs, skip }: Options): Pick<Plan, "runs" | "growthRuns"> {
  return { runs, growthRuns: skip.includes("growth") ? 0 : growthRuns };
}

/** What could be installed, and of the rest why it could not: that shows in every table, and in the exit code. */
async function installTools(skip: readonly string[]): Promise<Pick<Plan, "commands" | "missing">> {
  const commands: ContestantCommand[] = [];
  const missing: Record<string, string> = {};
  for (const tool of TOOLS.filter(({ name }) => !skip.includes(name))) {
    say(`installing ${tool.name}`);
    try {
      commands.push(await installTool(tool, CACHE));
    } catch (error) {
      if (error instanceof UsageError) throw error;
      missing[tool.name] = `it could not be installed: ${(error as Error).message.split("\n").at(-1)}`;
      console.error(`MISSING ${tool.name}: ${(error as Error).message}`);
    }
  }
  return { commands, missing };
}

function holesOf({ growth, name, outcomes }: InputResult): string[] {
  return [
    ...Object.entries(outcomes).map(([one, outcome]) => [one, outcome] as const),
    ...growth.map(({ factor, outcome }) => [`${factor}× the input`, outcome] as const),
  ].flatMap(([one, { failure }]) => (failure === null ? [] : [`${name}, ${one}: ${failure}`]));
}

function say(text: string): void {
  if (process.stderr.isTTY) console.error(text);
}

try {
  process.exitCode = await main();
} catch (error) {
  const isArgumentError = String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS");
  if (!(error instanceof UsageError) && !isArgumentError) throw error;
  console.error((error as Error).message);
  process.exitCode = 2;
}
