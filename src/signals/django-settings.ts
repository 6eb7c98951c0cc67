// Django's settings wherever they are: modules and classes that bind what only settings bind. What a file is called tells
// what it is for: base, production, development or tests.
import type { ClassInfo } from "../evaluation/class-info.ts";
import { externalAncestors } from "../evaluation/class-info.ts";
import type { Environment, Frame } from "../evaluation/frame.ts";
import type { ModuleInfo } from "../evaluation/module-info.ts";
import { resolveBinding } from "../evaluation/scope.ts";
import type { Value } from "../evaluation/value.ts";
import type { Statement } from "../model/code.ts";
import { folderOf, nameOf } from "../text/path.ts";
import type { ProjectView } from "./project-view.ts";

export type SettingsPurpose = "production" | "base" | "other" | "development" | "test";

export interface SettingsScope {
  readonly module: ModuleInfo;
  /** The class of class-based settings (django-configurations), else null. */
  readonly class: ClassInfo | null;
  readonly frame: Frame;
  readonly body: readonly Statement[];
  readonly purpose: SettingsPurpose;
}

const MARKS = ["INSTALLED_APPS", "DATABASES", "ROOT_URLCONF", "MIDDLEWARE", "DATABASE_ROUTERS"];

/** Settings modules and classes of the project, in path order; those of tests are left out. */
export function settingsScopes(view: ProjectView): SettingsScope[] {
  const modules = view.modules
    .filter(({ frame, path }) => isSettings(frame.environment, path))
    .map((module) => ({
      module,
      class: null,
      frame: module.frame,
      body: module.facts.body,
      purpose: purposeOf(module.path),
    }));
  const classes = view.classes.filter(isSettingsClass).map((cls) => ({
    module: cls.module,
    class: cls,
    frame: cls.frame,
    body: cls.statement.body,
    purpose: purposeOf(`${cls.module.path.replace(/\.py$/, "")}/${cls.name.toLowerCase()}.py`),
  }));
  return [...modules, ...classes].filter(({ purpose }) => purpose !== "test");
}

function isSettings(environment: Environment, path: string): boolean {
  const bound = MARKS.filter((name) => environment.has(name));
  if (bound.length === 0) return false;
  // One name alone proves little outside a file that is called settings: `DATABASES` is a good name for other things.
  return (
    bound.length > 1 ||
    /(?:^|[/_.-])(?:settings?|config(?:uration)?|conf|local|base|prod(?:uction)?|dev)/.test(path)
  );
}

function isSettingsClass(cls: ClassInfo): boolean {
  const bound = MARKS.filter((name) => cls.frame.environment.has(name));
  return (
    bound.length > 0 &&
    (bound.length > 1 || externalAncestors(cls).some((name) => name.startsWith("configurations.")))
  );
}

/** By the file's name and its folder's: "settings/local.py", "settings_test.py". */
function purposeOf(path: string): SettingsPurpose {
  const stem = nameOf(path).replace(/\.py$/, "");
  const words = [...stem.split(/[_.-]/), nameOf(folderOf(path))].map((word) => word.toLowerCase());
  const has = (pattern: RegExp): boolean => words.some((word) => pattern.test(word));
  if (has(/^(?:tests?|testing|ci|travis|pytest|e2e|docs?|rtd|readthedocs|github)$/)) return "test";
  if (has(/^(?:prod(?:uction)?|live|deploy(?:ment)?|heroku|stag(?:e|ing))$/)) return "production";
  if (has(/^(?:dev(?:el|elop|elopment)?|local|debug|sandbox|demo|docker|example|sample|dist|template)$/))
    return "development";
  return has(/^(?:base|common|defaults?|main|core)$/) ? "base" : "other";
}

/** What a setting is bound to in a scope; null where the scope does not bind it itself. */
export function settingValue(view: ProjectView, scope: SettingsScope, name: string): Value | null {
  const binding = scope.frame.environment.get(name);
  return binding === undefined ? null : resolveBinding(view.world, binding);
}
