import type { ProjectReport } from "../model/report.ts";
import { counted } from "./count-words.ts";
import { productName } from "./display-names.ts";

function named(use: { readonly name: string; readonly version: string | null }): string {
  return use.version === null ? productName(use.name) : `${productName(use.name)} ${use.version}`;
}

const EVERY_QUERY = { async: " (async)", mixed: " (partly async)", sync: "", none: "", unknown: "" } as const;

/** The frameworks that a project runs on: "FastAPI 0.115", "Django 5.1 with rest framework". */
export function frameworkWords(project: ProjectReport): readonly string[] {
  return project.frameworks
    .filter(({ role }) => role === "runs-on")
    .map((use) =>
      use.extensions.length === 0 ? named(use) : `${named(use)} with ${use.extensions.join(", ")}`,
    );
}

/** The ORMs that production code uses, the primary one first. */
export function ormWords(project: ProjectReport): readonly string[] {
  const primary = project.orms.filter(({ role }) => role === "primary");
  const secondary = project.orms.filter(({ role }) => role === "secondary");
  return [
    ...primary.map((use) => named(use) + EVERY_QUERY[project.async.databaseAccess]),
    ...secondary.map((use) => `${named(use)} besides`),
  ];
}

/** What a project is made of: frameworks, ORMs, migration tools. Never empty. */
export function stackWords(project: ProjectReport): readonly string[] {
  const frameworks = frameworkWords(project);
  const orms = ormWords(project);
  // Django's migrations are part of Django: naming them would say nothing.
  const tools = project.migrations.tools
    .filter(({ tool }) => tool !== "django")
    .map(({ tool }) => productName(tool));
  return [
    ...(project.kind === "app" ? [] : [project.kind]),
    ...(frameworks.length > 0 ? frameworks : ["no web framework"]),
    ...(orms.length > 0 ? orms : ["no ORM"]),
    ...tools,
  ];
}

/** "312 files, 41,208 lines". */
export function sizeWords({ files, lines }: { readonly files: number; readonly lines: number }): string {
  return `${counted(files, "file")}, ${counted(lines, "line")}`;
}

/** What a project is called: its folder, and for the whole repository its own name. */
export function projectTitle(project: Pick<ProjectReport, "root" | "name">): string {
  return project.root === "." && project.name !== "" ? project.name : project.root;
}
