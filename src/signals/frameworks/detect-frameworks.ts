// Which frameworks a project runs on, which it only supports, and which only its tests, docs or examples use.
import { extensionOfImportRoot } from "../../knowledge/framework-extensions.ts";
import { foundationsOf, frameworkNamed, frameworkOfImportRoot } from "../../knowledge/frameworks.ts";
import type { Evidence, FrameworkRole, FrameworkUse } from "../../model/report.ts";
import { versionOf } from "../../project/manifests/version-of.ts";
import { compareText } from "../../text/compare-text.ts";
import { externalImports } from "../imports.ts";
import type { ProjectView } from "../project-view.ts";
import { frameworkTraces, type Grade, type Trace } from "./traces.ts";

const GRADES: readonly Grade[] = ["application", "inside", "part", "import"];
const MOST_EVIDENCE = 5;

/** Sorted: runs-on first, then supports, then dev-only; by name within. */
export function detectFrameworks(view: ProjectView): FrameworkUse[] {
  const traces = groupByFramework(frameworkTraces(view));
  const roles = productionRoles(view, traces);
  for (const [name] of devOnlyTraces(view)) if (!roles.has(name)) roles.set(name, "dev-only");
  const uses = [...roles].map(([name, role]) => frameworkUse(view, name, role, traces.get(name) ?? []));
  const order: readonly FrameworkRole[] = ["runs-on", "supports", "dev-only"];
  return uses.sort(
    (left, right) =>
      order.indexOf(left.role) - order.indexOf(right.role) || compareText(left.name, right.name),
  );
}

function groupByFramework(traces: readonly Trace[]): Map<string, Trace[]> {
  const groups = new Map<string, Trace[]>();
  for (const trace of traces) {
    const group = groups.get(trace.framework);
    if (group === undefined) groups.set(trace.framework, [trace]);
    else group.push(trace);
  }
  return groups;
}

/**
 * An application that is built, or code made to live inside one, outside the places where integrations live, means that
 * the project runs on the framework. Parts alone mean it only when no other framework has as much. All else is support.
 */
function productionRoles(
  view: ProjectView,
  traces: ReadonlyMap<string, readonly Trace[]>,
): Map<string, FrameworkRole> {
  const roles = new Map<string, FrameworkRole>();
  const isRooted = (name: string, grades: readonly Grade[]): boolean =>
    (traces.get(name) ?? []).some((trace) => grades.includes(trace.grade) && !trace.isIntegration);
  const names = [...traces.keys()].sort(compareText);
  const strong = names.filter((name) => isRooted(name, ["application", "inside"]));
  const carried = new Set(strong.flatMap(foundationsOf));
  // Middleware of the framework beneath (Starlette under FastAPI) is part of working with the one on top.
  const running = strong.filter((name) => !carried.has(name) || isRooted(name, ["application"]));
  for (const name of running) roles.set(name, "runs-on");
  const rest = names.filter((name) => !roles.has(name) && !carried.has(name));
  const withParts = rest.filter((name) => isRooted(name, ["part"]));
  const layered = new Set(withParts.flatMap(foundationsOf));
  const candidates = withParts.filter((name) => !layered.has(name));
  for (const name of rest) {
    if (layered.has(name) && !candidates.includes(name)) continue;
    const isOnly = running.length === 0 && candidates.length === 1 && candidates[0] === name;
    roles.set(name, isOnly && !isOptionalDependency(view, name) ? "runs-on" : "supports");
  }
  return roles;
}

/** True when the project's own manifests ask for the framework only as an extra, or for development. */
function isOptionalDependency(view: ProjectView, name: string): boolean {
  const distributions = new Set(frameworkNamed(name)?.distributions ?? []);
  const asked = view.project.manifests.flatMap((manifest) =>
    manifest.dependencies.filter((one) => distributions.has(one.name)),
  );
  return asked.length > 0 && asked.every(({ scope }) => scope === "optional" || scope === "development");
}

/** Frameworks imported only by files that do not count: tests, docs, examples, scripts. */
function devOnlyTraces(view: ProjectView): Map<string, Evidence> {
  const found = new Map<string, Evidence>();
  for (const file of view.project.files) {
    if (view.counts(file)) continue;
    for (const { root, name, path, line } of externalImports(view.world, file)) {
      const framework = frameworkOfImportRoot(root);
      const isClient = /^(?:aiohttp|tornado)(?!\.web\b)/.test(name);
      if (framework !== null && !isClient && !found.has(framework.name))
        found.set(framework.name, { path, line, says: `${file.role} code imports ${name}` });
    }
  }
  for (const name of [...found.keys()]) for (const base of foundationsOf(name)) found.delete(base);
  return found;
}

function frameworkUse(
  view: ProjectView,
  name: string,
  role: FrameworkRole,
  traces: readonly Trace[],
): FrameworkUse {
  const { manifests } = view.project;
  const versions = (frameworkNamed(name)?.distributions ?? []).map((distribution) =>
    versionOf(manifests, distribution),
  );
  const version = versions.find((found) => found !== null) ?? null;
  const dev = role === "dev-only" ? devOnlyTraces(view).get(name) : undefined;
  return {
    name,
    version: version?.version ?? null,
    role,
    extensions: extensionsOf(view, name),
    evidence: dev === undefined ? strongest(traces) : [dev],
  };
}

/** One a file, the strongest grade first. */
function strongest(traces: readonly Trace[]): Evidence[] {
  const sorted = [...traces].sort(
    (left, right) =>
      Number(left.isIntegration) - Number(right.isIntegration) ||
      GRADES.indexOf(left.grade) - GRADES.indexOf(right.grade) ||
      compareText(left.evidence.path, right.evidence.path) ||
      left.evidence.line - right.evidence.line,
  );
  const seen = new Set<string>();
  const evidence = sorted.flatMap((trace) => {
    if (seen.has(trace.evidence.path)) return [];
    seen.add(trace.evidence.path);
    return [trace.evidence];
  });
  return evidence.slice(0, MOST_EVIDENCE);
}

function extensionsOf(view: ProjectView, name: string): string[] {
  const found = new Set<string>();
  for (const file of view.files)
    for (const { root } of externalImports(view.world, file)) {
      const extension = extensionOfImportRoot(root);
      if (extension?.framework === name) found.add(extension.name);
    }
  return [...found].sort(compareText);
}
