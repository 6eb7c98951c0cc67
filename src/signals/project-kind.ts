import type { FrameworkUse, ProjectKind } from "../model/report.ts";
import { nameOf } from "../text/path.ts";
import { frameworkTraces, isApplicationCall } from "./frameworks/traces.ts";
import type { ProjectView } from "./project-view.ts";

/**
 * What a project is: an app when it builds an application to be deployed; an integration when it supports several frameworks
 * and runs on none; a tool when it is run from the command line; else a library.
 */
export function projectKind(view: ProjectView, frameworks: readonly FrameworkUse[]): ProjectKind {
  const running = frameworks.filter(({ role }) => role === "runs-on");
  const supported = frameworks.filter(({ role }) => role === "supports");
  if (running.length === 0 && supported.length > 1) return "integration";
  const { manifests } = view.project;
  const isPublished = manifests.some(
    ({ kind, projectName }) => projectName !== null && kind !== "conda-environment",
  );
  const hasScript = manifests.some(({ entryPoints }) =>
    entryPoints.some(({ group }) => group === "console_scripts" || group === "gui_scripts"),
  );
  const isRun = view.files.some(({ isScript, path }) => isScript || nameOf(path) === "__main__.py");
  if (running.length > 0) {
    const builds = frameworkTraces(view).some(
      ({ grade, isIntegration }) => grade === "application" && !isIntegration,
    );
    if (!isPublished) return "app";
    return builds && (hasScript || isDeployed(view) || servesItself(view)) ? "app" : "library";
  }
  if (hasScript || (!isPublished && isRun)) return "tool";
  return isPublished ? "library" : "app";
}

/** Files that stand for a deployment of the project itself. */
function isDeployed(view: ProjectView): boolean {
  const isStarted = view.files.some(({ path }) => /^(?:manage|__main__)\.py$/.test(nameOf(path)));
  return isStarted || view.project.texts.some(({ path }) => /(?:^|\/)(?:Dockerfile|Procfile)/.test(path));
}

/** An application built where the module is imported, or by a module's factory that servers are pointed at. */
function servesItself(view: ProjectView): boolean {
  return view.externalCalls.some(({ name, site: { fn } }) => {
    if (!isApplicationCall(name)) return false;
    return (
      fn === null || (fn.owner === null && /^(?:create|make|get|build|init)_?\w*app\w*$|^main$/.test(fn.name))
    );
  });
}
