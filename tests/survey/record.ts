import type { Choice, DatabaseAccess, FrameworkRole, Stance } from "../../src/index.ts";

/** What a person expects of a code base after reading it. A field left out is not compared. */
export interface Expectation {
  readonly name: string;
  /** Frameworks with a role; only `runs-on` must be found exactly, the others must merely not be called that. */
  readonly frameworks: Readonly<Record<string, FrameworkRole>>;
  /** True where the frameworks were noted for the whole repository rather than for its main project. */
  readonly frameworksOfAll?: boolean;
  readonly primaryOrm: string | null;
  /** Several where the label is coarser than the verdict's own words. Empty: no choice was stated. */
  readonly choices: readonly Choice[];
  readonly greenfield?: Choice;
  readonly stance?: Stance;
  readonly databaseAccess?: DatabaseAccess;
  /** Why this is expected, and where it was read. */
  readonly why: string;
}

/** One pinned package of the index, with what reading it led us to expect. */
export interface SurveyRecord {
  readonly package: string;
  readonly version: string;
  /** Exact name of the file on the index. */
  readonly file: string;
  readonly sha256: string;
  readonly kind: "wheel" | "sdist";
  readonly frameworks: Readonly<Record<string, FrameworkRole>>;
  readonly primaryOrm: string | null;
  readonly choice: Choice;
  readonly greenfield?: Choice;
  readonly stance?: Stance;
  readonly databaseAccess?: DatabaseAccess;
  readonly why: string;
  /** `path:line what is there`, inside the archive. */
  readonly evidence: readonly string[];
}

export function expectationOf(record: SurveyRecord): Expectation {
  const { choice, evidence, frameworks, primaryOrm, why } = record;
  return {
    name: `${record.package} ${record.version}`,
    frameworks,
    primaryOrm,
    choices: [choice],
    ...(record.greenfield !== undefined && { greenfield: record.greenfield }),
    ...(record.stance !== undefined && { stance: record.stance }),
    ...(record.databaseAccess !== undefined && { databaseAccess: record.databaseAccess }),
    why: [why, ...evidence].join("\n"),
  };
}
