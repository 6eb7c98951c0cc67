import type { FrameworkUse, ProjectKind } from "../model/report.ts";
import { nameOf } from "../text/path.ts";
import { frameworkTraces } from "./frameworks/traces.ts";
import type { ProjectView } from "./project-view.ts";

/**
 * What a project is: an app when it builds an application to be deployed; an integration when it supports several frameworks
 * and runs on none; a tool when it is run from the command line; else a library.
 */
export function projectKind(view: ProjectView, frameworks: readonly FrameworkUse[]): ProjectKind {
  const running = frameworks.filter(({ role }) => role === "runs-on");
  const supported = frameworks.filter(({ role }) => role === "supports");
  const isPublished = view.project.manifests.some(
    ({ kind, projectName }) => projectName !== null && kind !== "conda-environment",
  );
  const builds = frameworkTraces(view).some(
    ({ grade, isIntegration }) => grade === "application" && !isIntegration,
  );
  const isDeployed = view.project.files.some(
    ({ path, role }) => role === "production" && nameOf(path) === "manage.py",
  );
  if (running.length === 0 && supported.length > 1) return "integration";
  if (isDeployed || (builds && running.length > 0)) return "app";
  if (running.length > 0) return isPublished ? "library" : "app";
  const hasScript = view.project.manifests.some(({ entryPoints }) =>
    entryPoints.some(({ group }) => group === "console_scripts" || group === "gui_scripts"),
  );
  const isRun = view.files.some(({ isScript, path }) => isScript || nameOf(path) === "__main__.py");
  if (hasScript || (!isPublished && isRun)) return "tool";
  return isPublished ? "library" : "app";
}
