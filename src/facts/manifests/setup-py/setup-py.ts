// setup.py, read from its code facts and never run. What its code works out beyond constants, names and lists is a problem.
import { scopeOfGroupName } from "../../../knowledge/dependency-groups.ts";
import type { CallExpr, Expr } from "../../../model/code.ts";
import type { FileFacts } from "../../../model/facts.ts";
import type { Manifest } from "../../../model/manifest.ts";
import { lineAt } from "../../../text/source-position.ts";
import {
  addRequirement,
  type DependencyPlace,
  draftManifest,
  finishManifest,
  type ManifestDraft,
  noteProblem,
} from "../manifest-draft.ts";
import { excerpt, parseRequirement } from "../parse-requirement.ts";
import { readIni } from "../read-ini.ts";
import { addInclude, addRequirementLines } from "../requirements.ts";
import { addEntryPoint } from "../setup-cfg.ts";
import { bindingsOf, visitAllExpressions } from "./bindings.ts";
import { constantText, type Reading } from "./constant-text.ts";
import { entriesOfDict } from "./read-dict.ts";
import { readList } from "./read-list.ts";

/** Names that refer to each other could be followed for ever; real files take a few hundred steps. */
const MAX_STEPS = 50_000;

/** Reads setup.py; null when the file calls no `setup` of setuptools or distutils (a module that is merely called so). */
export function collectSetupPy(facts: FileFacts): Manifest | null {
  const call = setupCall(facts);
  if (call === null) return null;
  const draft = draftManifest(facts.path, "setup-py");
  const reading: Reading = {
    bindings: bindingsOf(facts.body),
    locals: new Map(),
    budget: { steps: MAX_STEPS, depth: 0 },
  };
  const setup: Setup = { draft, reading, lineOf: (offset) => lineAt(facts, offset), settings: new Map() };
  for (const { name, value, at } of call.keywords) {
    if (name !== null) setSetting(setup, name, value);
    else addSettings(setup, value, at);
  }
  readSettings(setup);
  return finishManifest(draft);
}

interface Setup {
  readonly draft: ManifestDraft;
  readonly reading: Reading;
  lineOf(offset: number): number;
  /** The arguments of `setup(…)`, with those behind `**` put in place. */
  readonly settings: Map<string, Expr[]>;
}

function setupCall(facts: FileFacts): CallExpr | null {
  let found: CallExpr | null = null;
  visitAllExpressions(facts.body, (expr) => {
    if (expr.kind !== "call" || found !== null) return;
    const { callee } = expr;
    const isSetup = callee.kind === "name" ? isImportedSetup(facts, callee.id) : isModuleSetup(callee);
    if (isSetup) found = expr;
  });
  return found;
}

const PACKAGERS = /^(setuptools|distutils|skbuild|numpy\.distutils|pbr|torch|Cython)\b/;

function isImportedSetup(facts: FileFacts, name: string): boolean {
  let isImported = false;
  let isDefined = false;
  const visit = (body: FileFacts["body"]): void => {
    for (const statement of body) {
      if (statement.kind === "import" && PACKAGERS.test(statement.module)) {
        isImported ||= (statement.alias ?? statement.name) === name && statement.name === "setup";
        isImported ||= statement.name === "*" && name === "setup";
      } else if (statement.kind === "function" && statement.name === name) isDefined = true;
      else if (statement.kind === "try")
        visit([...statement.body, ...statement.handlers.flatMap((one) => one.body)]);
      else if (statement.kind === "if") visit([...statement.body, ...statement.orelse]);
    }
  };
  visit(facts.body);
  return isImported && !isDefined;
}

function isModuleSetup(callee: Expr): boolean {
  if (callee.kind !== "attribute" || callee.name !== "setup") return false;
  const { base } = callee;
  const module = base.kind === "name" ? base.id : base.kind === "attribute" ? base.name : "";
  return ["setuptools", "core", "distutils"].includes(module);
}

function setSetting(setup: Setup, name: string, value: Expr): void {
  setup.settings.set(name, [...(setup.settings.get(name) ?? []), value]);
}

function addSettings(setup: Setup, mapping: Expr, at: number): void {
  const { entries, unknown } = entriesOfDict(mapping, setup.reading);
  for (const { key, value } of entries) setSetting(setup, key, value);
  if (unknown.length === 0) return;
  noteProblem(setup.draft, setup.lineOf(at), "Some arguments of setup() are only known when it runs.");
}

function readSettings(setup: Setup): void {
  const { draft, reading, settings } = setup;
  const values = (name: string): readonly Expr[] => settings.get(name) ?? [];
  const text = (name: string): string | null =>
    values(name)
      .map((value) => constantText(value, reading))
      .find((found) => found !== null) ?? null;
  draft.projectName = text("name");
  draft.requiresPython = text("python_requires");
  const lists = [
    ["install_requires", "runtime", null],
    ["setup_requires", "build", null],
    ["tests_require", "development", "tests"],
  ] as const;
  for (const [name, scope, group] of lists) {
    for (const value of values(name)) addList(setup, name, value, { scope, group });
  }
  for (const value of values("extras_require")) addExtras(setup, value);
  for (const value of values("classifiers")) {
    for (const item of readList(value, reading)) {
      if (item.kind === "text") draft.classifiers.push({ text: item.text, line: setup.lineOf(item.at) });
    }
  }
  for (const value of values("entry_points")) addEntryPoints(setup, value);
  if (reading.budget.steps < 0) {
    noteProblem(draft, 1, "This file is too intricate to be read to its end without running it.");
  }
}

function addList(
  setup: Setup,
  setting: string,
  value: Expr,
  kind: Omit<DependencyPlace, "line">,
  reading: Reading = setup.reading,
): void {
  const { draft } = setup;
  const seen = new Set<string>();
  for (const item of readList(value, reading)) {
    // A name that is added to itself gives its items twice.
    const key = `${item.kind} ${item.at} ${item.kind === "unknown" ? "" : item.text}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const place = { ...kind, line: setup.lineOf(item.at) };
    if (item.kind === "text") addRequirementLines(draft, item.text, place);
    else if (item.kind === "file") addInclude(draft, item.text, place);
    else if (item.kind === "beginning") addBeginning(draft, item.text, place);
    else noteProblem(draft, place.line, `A part of ${setting} is only known when setup.py runs.`);
  }
}

/** `"django>=" + version`: the package is known, its version is not. */
function addBeginning(draft: ManifestDraft, text: string, place: DependencyPlace): void {
  const name = /^\s*[A-Za-z0-9][\w.-]*(\[[^\]]*\])?/.exec(text)?.[0];
  if (name !== undefined && parseRequirement(name).requirement !== null) {
    addRequirement(draft, name.replace(/[._-]+$/, ""), place);
    noteProblem(draft, place.line, `The version in "${excerpt(text)}" is only known when setup.py runs.`);
  } else
    noteProblem(draft, place.line, `The requirement "${excerpt(text)}" is only known when setup.py runs.`);
}

function addExtras(setup: Setup, value: Expr): void {
  const { entries, unknown } = entriesOfDict(value, setup.reading);
  for (const { key, value: list, reading } of entries) {
    // "name:marker" makes an extra conditional, ":marker" a plain dependency.
    const group = key.split(":")[0]?.trim() || null;
    const scope =
      group === null ? "runtime" : scopeOfGroupName(group) === "development" ? "development" : "optional";
    addList(setup, `the extra "${excerpt(key)}"`, list, { scope, group }, reading);
  }
  for (const offset of unknown) {
    noteProblem(
      setup.draft,
      setup.lineOf(offset),
      "A part of extras_require is only known when setup.py runs.",
    );
  }
}

function addEntryPoints(setup: Setup, value: Expr): void {
  const { draft, reading, lineOf } = setup;
  const ini = constantText(value, reading);
  if (ini !== null) {
    const line = lineOf(value.start);
    for (const section of readIni(ini).sections) {
      for (const entry of section.entries) {
        const target = entry.value.map(({ text }) => text).join(" ");
        addEntryPoint(draft, section.name, `${entry.key} = ${target}`, line + entry.line - 1);
      }
    }
    return;
  }
  for (const { key, value: list, reading: inside } of entriesOfDict(value, reading).entries) {
    for (const item of readList(list, inside)) {
      if (item.kind === "text") addEntryPoint(draft, key, item.text, lineOf(item.at));
    }
  }
}
