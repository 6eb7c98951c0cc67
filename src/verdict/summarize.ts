import type { Choice, ProjectReport } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import { relationalDatabases } from "./databases.ts";
import { runningFrameworks } from "./frameworks.ts";
import { activeOrms } from "./orm-family.ts";
import { counted, frameworkName, listed, ormName } from "./phrase.ts";

const FITS: Readonly<Record<Choice, string>> = {
  sqlalchemy: "SQLAlchemy fits",
  "django-orm": "the Django ORM fits",
  either: "either fits",
  "not-needed": "neither is needed in",
  undecided: "too little was seen of",
};

/**
 * One sentence over all projects: which choice goes with which, and what they share (frameworks, ORMs, database engines).
 */
export function summarize(projects: readonly ProjectReport[]): string {
  const [only] = projects;
  if (only === undefined) return "No Python project was found.";
  if (projects.length === 1) return only.verdict.says;
  const choices = [...new Set(projects.map((project) => project.verdict.choice))];
  const shared = sharedBy(projects);
  const sharing = shared === "" ? "" : `; all share ${shared}`;
  const [first] = choices;
  if (choices.length === 1 && first !== undefined)
    return `${counted(projects.length, "project")}: ${FITS[first]} ${isPlace(first) ? "any of them" : "all of them"}${sharing}.`;
  const groups = (Object.keys(FITS) as Choice[])
    .filter((choice) => choices.includes(choice))
    .map((choice) => {
      const roots = projects
        .filter((project) => project.verdict.choice === choice)
        .map(nameOf)
        .toSorted(compareText);
      return `${FITS[choice]} ${listed(roots)}`;
    });
  return `${counted(projects.length, "project")} that differ: ${groups.join("; ")}${sharing}.`;
}

function isPlace(choice: Choice): boolean {
  return choice === "not-needed" || choice === "undecided";
}

function nameOf({ root, name }: ProjectReport): string {
  return root === "." ? name : root;
}

function sharedBy(projects: readonly ProjectReport[]): string {
  const frameworks = inAll(projects, (project) => {
    const { django, others } = runningFrameworks(project);
    return [...django, ...others].map((framework) => frameworkName(framework.name));
  });
  const orms = inAll(projects, (project) => activeOrms(project).map((orm) => ormName(orm.name)));
  const engines = inAll(projects, (project) =>
    relationalDatabases(project).flatMap((database) => (database.engine === null ? [] : [database.engine])),
  );
  return listed([...frameworks, ...orms, ...engines]);
}

function inAll(
  projects: readonly ProjectReport[],
  namesOfProject: (project: ProjectReport) => readonly string[],
): readonly string[] {
  const sets = projects.map((project) => new Set(namesOfProject(project)));
  const [first, ...rest] = sets;
  return [...(first ?? [])].filter((name) => rest.every((set) => set.has(name))).toSorted(compareText);
}
