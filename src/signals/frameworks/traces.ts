// Traces of frameworks in code, graded: an application that is built, code made to live inside one, parts used, imports.
import { externalAncestors } from "../../evaluation/class-info.ts";
import { extensionOfApplication } from "../../knowledge/framework-extensions.ts";
import {
  FRAMEWORKS,
  type Framework,
  frameworkHosting,
  frameworkOfApplication,
  frameworkOfImportRoot,
  frameworkOfPart,
} from "../../knowledge/frameworks.ts";
import type { Evidence } from "../../model/report.ts";
import { lineAt } from "../../text/source-position.ts";
import { externalImports } from "../imports.ts";
import { isIntegrationPlace } from "../integration-place.ts";
import { evidenceAt, type ProjectView } from "../project-view.ts";

export type Grade = "application" | "inside" | "part" | "import";

export interface Trace {
  readonly framework: string;
  readonly grade: Grade;
  readonly evidence: Evidence;
  /** True where the file's place says that it only integrates with the framework, as with others. */
  readonly isIntegration: boolean;
}

/** Traces in the code that counts. */
export function frameworkTraces(view: ProjectView): readonly Trace[] {
  const known = tracesOfView.get(view);
  if (known !== undefined) return known;
  const found = findTraces(view);
  tracesOfView.set(view, found);
  return found;
}

// Three detectors ask; a project is searched once.
const tracesOfView = new WeakMap<ProjectView, readonly Trace[]>();

function findTraces(view: ProjectView): Trace[] {
  const traces: Trace[] = [];
  const add = (framework: string, grade: Grade, evidence: Evidence): void => {
    traces.push({
      framework,
      grade,
      evidence,
      isIntegration: isIntegrationPlace(view.project.root, evidence.path, [framework]),
    });
  };
  addCalls(view, add);
  addClasses(view, add);
  addDjangoSettings(view, add);
  for (const file of view.files)
    for (const { name, root, path, line } of externalImports(view.world, file)) {
      const part = frameworkOfPart(name) ?? frameworkHosting(name) ?? serverModule(name);
      if (part !== null) add(part.name, "part", { path, line, says: `imports ${name}` });
      else {
        const framework = frameworkOfImportRoot(root);
        if (framework !== null && provesUse(framework, name))
          add(framework.name, "import", { path, line, says: `imports ${name}` });
      }
    }
  return traces;
}

type Add = (framework: string, grade: Grade, evidence: Evidence) => void;

function addCalls(view: ProjectView, add: Add): void {
  for (const call of view.externalCalls) {
    const { module } = call.site;
    const application = applicationOf(call.name);
    if (application !== null)
      add(application, "application", evidenceAt(module, call.at, `builds ${call.name}()`));
    else {
      const part = frameworkOfPart(call.name);
      if (part !== null) add(part.name, "part", evidenceAt(module, call.at, `uses ${call.name}`));
    }
  }
}

/** True for a call that builds or starts an application of a framework. */
export function isApplicationCall(name: string): boolean {
  return applicationOf(name) !== null;
}

function applicationOf(name: string): string | null {
  const framework =
    frameworkOfApplication(name) ?? FRAMEWORKS.find((one) => one.factories.includes(name)) ?? null;
  return framework?.name ?? extensionOfApplication(name)?.framework ?? null;
}

function addClasses(view: ProjectView, add: Add): void {
  for (const cls of view.classes) {
    const { module, statement, name } = cls;
    for (const ancestor of externalAncestors(cls)) {
      const application = frameworkOfApplication(ancestor);
      if (application !== null) {
        add(
          application.name,
          "application",
          evidenceAt(module, statement.start, `class ${name} is a ${ancestor}`),
        );
        continue;
      }
      const host = frameworkHosting(ancestor);
      if (host !== null)
        add(host.name, "inside", evidenceAt(module, statement.start, `class ${name} is a ${ancestor}`));
      else {
        const part = frameworkOfPart(ancestor);
        if (part !== null)
          add(part.name, "part", evidenceAt(module, statement.start, `class ${name} is a ${ancestor}`));
      }
    }
    const host = cls.frame.environment.has("init_app") ? extendedBy(view, module) : null;
    if (host !== null)
      add(host, "inside", evidenceAt(module, statement.start, `class ${name} has init_app(): an extension`));
  }
}

/** The framework whose extensions have `init_app`: Quart where a module imports it, else Flask. */
function extendedBy(view: ProjectView, module: ProjectView["modules"][number]): string | null {
  const roots = new Set(externalImports(view.world, module.facts).map(({ root }) => root));
  return roots.has("quart") ? "quart" : roots.has("flask") ? "flask" : null;
}

/** A settings module of Django, or its manage.py. */
function addDjangoSettings(view: ProjectView, add: Add): void {
  for (const module of view.modules) {
    const { environment } = module.frame;
    const isSettings =
      environment.has("INSTALLED_APPS") &&
      (environment.has("ROOT_URLCONF") || environment.has("MIDDLEWARE") || environment.has("DATABASES"));
    if (isSettings) {
      const at = module.facts.body.find(
        (statement) =>
          statement.kind === "assign" &&
          statement.targets.some((target) => target.kind === "name" && target.id === "INSTALLED_APPS"),
      );
      add("django", "application", {
        path: module.path,
        line: lineAt(module.facts, at?.start ?? 0),
        says: "Django settings with INSTALLED_APPS",
      });
    }
  }
}

/** `from aiohttp import web` brings in the server, whatever of it is then used. */
function serverModule(name: string): Framework | null {
  return name === "aiohttp.web" || name === "tornado.web" ? frameworkOfImportRoot(name.slice(0, -4)) : null;
}

/** An import that says nothing of a server: aiohttp and tornado are mostly used as clients and loops. */
function provesUse(framework: Framework, name: string): boolean {
  if (framework.name === "aiohttp") return name.startsWith("aiohttp.web");
  if (framework.name === "tornado") return name.startsWith("tornado.web");
  if (framework.name === "twisted") return name.startsWith("twisted.web");
  return true;
}
