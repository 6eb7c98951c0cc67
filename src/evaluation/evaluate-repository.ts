// Evaluates a whole repository: modules first, then every function with what its parameters are known to be, again those
// that call sites tell more about, and all once more to record what the code does.
import type { FileFacts } from "../model/facts.ts";
import type { ModuleTable } from "../project/module-table.ts";
import { compareText } from "../text/compare-text.ts";
import { applyDecorators } from "./apply-decorators.ts";
import { takeCut } from "./atoms.ts";
import { parameterEnvironment } from "./call-function.ts";
import { defaultReceivers } from "./default-receiver.ts";
import { evaluateModule } from "./evaluate-module.ts";
import { evaluateBlock } from "./evaluate-statement.ts";
import { createRecorder } from "./events.ts";
import { type Frame, topLevelFrame } from "./frame.ts";
import type { FunctionInfo } from "./function-info.ts";
import { mentionedNames } from "./mentioned-names.ts";
import type { ModuleInfo } from "./module-info.ts";
import { indexManagers } from "./orm/django/manager.ts";
import { indexDjangoModels } from "./orm/django/reverse-relations.ts";
import { findUserModel, provideRequestUser } from "./orm/django/user-model.ts";
import { indexBackReferences } from "./orm/sqlalchemy/mapped-class.ts";
import { indexQueryClasses } from "./orm/sqlalchemy/query-class.ts";
import { functionFrame } from "./scope.ts";
import { NO_CUT, type World } from "./world.ts";

/** Values that functions hand in circles may grow with each round; nearly all code needs two or three. */
const MAX_ROUNDS = 6;

export interface EvaluationInput {
  readonly files: readonly FileFacts[];
  readonly table: ModuleTable;
  /** Tells the files whose code counts. The others are only looked into where those import them. */
  readonly counts: (file: FileFacts) => boolean;
}

export function evaluateRepository(input: EvaluationInput): World {
  const world = createWorld(input);
  const modules = [...world.modules.values()].filter((module) => input.counts(module.facts));
  const isCounted = (fn: FunctionInfo): boolean => input.counts(fn.module.facts);
  for (const module of modules) evaluateModule(world, module);
  indexClasses(world);
  evaluateFunctions(world, modules, isCounted);
  applyDecorators(world, isCounted);
  propagate(world, isCounted, false);
  for (const fn of world.functions.values()) fn.results.clear();
  for (const module of modules) recordModule(world, module);
  for (const fn of world.functions.values()) if (isCounted(fn)) evaluateFunction(world, fn, true);
  propagate(world, isCounted, true);
  return world;
}

/**
 * Callers first: a function that their calls have looked into by then is known with what it is given, and needs no evaluation
 * without. Functions that are defined on the way join the end of the map, and the loop.
 */
function evaluateFunctions(
  world: World,
  modules: readonly ModuleInfo[],
  isCounted: (fn: FunctionInfo) => boolean,
): void {
  const mentioned = mentionedNames(modules);
  const functions = world.functions;
  for (const fn of functions.values())
    if (isCounted(fn) && !mentioned.has(fn.name)) evaluateFunction(world, fn, false);
  for (const fn of functions.values())
    if (isCounted(fn) && fn.evaluations === 0) evaluateFunction(world, fn, false);
}

/** Evaluates again what call sites told something new about, and what that then tells of others. */
function propagate(world: World, isCounted: (fn: FunctionInfo) => boolean, isRecording: boolean): void {
  for (let round = 1; round < MAX_ROUNDS && world.stale.size > 0; round += 1) {
    const stale = [...world.stale];
    world.stale.clear();
    for (const fn of stale) fn.results.clear();
    // What code that does not count sets on its objects is seen by the code that counts and called it.
    for (const fn of stale) evaluateFunction(world, fn, isRecording && isCounted(fn));
  }
}

function createWorld({ files, table }: EvaluationInput): World {
  const modules = new Map<string, ModuleInfo>();
  for (const facts of [...files].sort((left, right) => compareText(left.path, right.path)))
    modules.set(facts.path, createModule(facts, table));
  return {
    table,
    modules,
    classes: new Map(),
    functions: new Map(),
    recorder: createRecorder(),
    cut: new Set(),
    steps: 0,
    lowestCut: NO_CUT,
    openModules: 0,
    openDependencies: new Set(),
    moduleWrites: 0,
    stale: new Set(),
    modelsByLabel: new Map(),
    reverseRelations: new Map(),
    requestAttributes: new Map(),
    shared: new Map(),
    classesByName: new Map(),
    isIndexed: false,
    backReferences: new Map(),
    managerUsers: new Map(),
    authUserModel: null,
  };
}

function createModule(facts: FileFacts, table: ModuleTable): ModuleInfo {
  const module: ModuleInfo = {
    path: facts.path,
    name: table.nameOf(facts.path),
    facts,
    // The module and the frame of its top level point to each other.
    get frame() {
      return frame;
    },
    stars: [],
    externalStars: [],
    state: "new",
  };
  const frame: Frame = { ...topLevelFrame(), module };
  return module;
}

function indexClasses(world: World): void {
  for (const cls of world.classes.values())
    world.classesByName.set(cls.name, [...(world.classesByName.get(cls.name) ?? []), cls]);
  world.isIndexed = true;
  findUserModel(world);
  indexDjangoModels(world);
  provideRequestUser(world);
  indexManagers(world);
  indexQueryClasses(world);
  indexBackReferences(world);
}

/** A module's top level is evaluated again, in a frame of its own, now that all models are known. */
function recordModule(world: World, module: ModuleInfo): void {
  const frame: Frame = {
    ...module.frame,
    environment: new Map(module.frame.environment),
    isRecording: true,
    hasLeft: false,
  };
  evaluateBlock(world, frame, module.facts.body);
}

function evaluateFunction(world: World, fn: FunctionInfo, isRecording: boolean): void {
  if (isRecording && fn.recordedClosure !== null) fn.closure = fn.recordedClosure;
  const [receiver = null] = defaultReceivers(world, fn);
  const frame = functionFrame(fn, parameterEnvironment(world, fn, null, new Map(), isRecording), {
    receiver,
    depth: 0,
    isRecording,
    isThreaded: isThreadedByDecorator(fn),
    loopDepth: 0,
  });
  fn.evaluations += 1;
  takeCut();
  evaluateBlock(world, frame, fn.body);
  if (takeCut()) world.cut.add(fn);
}

/** `@sync_to_async def load()`: the body runs in a thread. */
function isThreadedByDecorator(fn: FunctionInfo): boolean {
  return fn.decoratorNames.some((name) => /\.(?:sync_to_async|database_sync_to_async)$/.test(name));
}
