// The capability table held against real ORMs: the probes of tests/knowledge run on each, and every cell is asked for.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beyondDjango, beyondSqlalchemy, capabilityOf } from "../../src/knowledge/capabilities.ts";
import { preparePython } from "./python-environment.ts";

const run = promisify(execFile);
const PROBES = fileURLToPath(new URL("../knowledge/probes/", import.meta.url));

interface Orm {
  readonly library: "django" | "sqlalchemy";
  readonly requirements: readonly string[];
}

const ORMS: readonly Orm[] = [
  { library: "django", requirements: ["Django==4.2.30"] },
  { library: "django", requirements: ["Django==5.2.19"] },
  { library: "sqlalchemy", requirements: ["SQLAlchemy==2.0.58"] },
  { library: "sqlalchemy", requirements: ["SQLAlchemy==1.4.54"] },
];

interface Probe {
  readonly version: string;
  readonly engine: string;
  readonly feature: string;
  readonly result: "works" | "fails" | "ignored";
  readonly error: string;
}

/** What a capability check found: how many cells were asked, and those that the table has wrong. */
export interface CapabilityCheck {
  readonly library: string;
  readonly version: string;
  readonly asked: number;
  readonly wrong: readonly string[];
}

/** Runs the probes on SQLite with each ORM. "native" must work, "raw only" must fail. */
export async function checkCapabilities(cache: string): Promise<CapabilityCheck[]> {
  const checks: CapabilityCheck[] = [];
  for (const { library, requirements } of ORMS) {
    const python = await preparePython(requirements, cache);
    const { stdout } = await run(python, [`${PROBES}probe_${library}.py`], { maxBuffer: 16 << 20 });
    const probes = stdout.split("\n").flatMap((line): Probe[] => (line === "" ? [] : [JSON.parse(line)]));
    const known = probes.filter(({ feature }) => capabilityOf(feature) !== null && feature !== "merge");
    const isBeyond = library === "django" ? beyondDjango : beyondSqlalchemy;
    const wrong = known.filter(
      ({ engine, feature, result, version }) => isBeyond(feature, version, engine) !== (result === "fails"),
    );
    checks.push({
      library,
      version: probes[0]?.version ?? "",
      asked: known.length,
      wrong: wrong.map(({ error, feature, result }) => `${feature}: ${result} ${error}`.trim()),
    });
  }
  return checks;
}
