// Facts of all files are linked together; what that tells of each project is all that verdicts and findings are made of.
import { evaluateRepository } from "./evaluation/evaluate-repository.ts";
import { evaluationProblems } from "./evaluation/evaluation-problems.ts";
import type { AsyncFacts } from "./model/async-facts.ts";
import type { FileFacts, RepositoryFacts } from "./model/facts.ts";
import type { FileRole } from "./model/file-role.ts";
import type { Problem } from "./model/problem.ts";
import type { QueryFacts } from "./model/query-facts.ts";
import type { ProjectSignals } from "./model/report.ts";
import { findProjects, outsideProjects } from "./project/find-projects.ts";
import { isKnownLibrary } from "./project/known-library.ts";
import { buildModuleTable } from "./project/module-table.ts";
import { collectAsyncFacts } from "./signals/async/async-facts.ts";
import { detectSignals } from "./signals/detect-signals.ts";
import { viewProject } from "./signals/project-view.ts";
import { sqlParserFor } from "./signals/queries/sql-parser-for.ts";
import { collectQueryFacts } from "./signals/query-facts.ts";

/** Roles that count besides production when tests are included. */
const COUNTED_WITH_TESTS: ReadonlySet<FileRole> = new Set(["test", "example", "script", "docs"]);

export interface LinkedProject {
  readonly signals: ProjectSignals;
  readonly async: AsyncFacts;
  readonly queries: QueryFacts;
  /** Files whose code counts. */
  readonly paths: readonly string[];
}

/** Plain data: it may be kept, and given back for the same facts. */
export interface LinkedRepository {
  readonly projects: readonly LinkedProject[];
  readonly problems: readonly Problem[];
}

/** What was found, and what it took. */
export interface Linking {
  readonly linked: LinkedRepository;
  /** Statements evaluated, each as often as it was. */
  readonly evaluated: number;
}

export async function linkProjects(facts: RepositoryFacts, includeTests: boolean): Promise<Linking> {
  const counts = (file: FileFacts): boolean =>
    file.role === "production" || (includeTests && COUNTED_WITH_TESTS.has(file.role));
  const table = buildModuleTable(
    facts.files.map(({ path }) => path),
    isKnownLibrary,
  );
  const world = evaluateRepository({ files: facts.files, table, counts });
  const parseSql = await sqlParserFor(world);
  const found = findProjects(facts);
  const projects = found.map((project) => {
    const view = viewProject(project, world, counts, parseSql);
    const signals = detectSignals(view);
    return {
      signals,
      async: collectAsyncFacts(view, signals.frameworks),
      queries: collectQueryFacts(view),
      paths: view.files.map(({ path }) => path),
    };
  });
  const problems = [...evaluationProblems(world, counts), ...outsideProjects(facts, found)];
  return { linked: { projects, problems }, evaluated: world.steps };
}
