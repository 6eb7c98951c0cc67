// Names: where they are bound and looked up.
import type { Expr, FunctionStatement, ImportStatement, LambdaExpr } from "../model/code.ts";
import { external, joinValues } from "./atoms.ts";
import { canonicalName } from "./canonical-name.ts";
import { evaluateModule } from "./evaluate-module.ts";
import { type Binding, bind, type Environment, type Frame, isLazy, type LazyImport } from "./frame.ts";
import type { FunctionInfo } from "./function-info.ts";
import type { ModuleInfo } from "./module-info.ts";
import { UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

const BUILTINS = new Set(
  `abs all any bool bytes callable classmethod dict dir enumerate filter float format frozenset getattr hasattr hash
  id input int isinstance issubclass iter len list map max min next object open print property range repr reversed round
  set setattr sorted staticmethod str sum super tuple type vars zip aiter anext`.split(/\s+/),
);

/** The value of a name as code in this frame sees it. */
export function lookupName(world: World, frame: Frame, name: string): Value {
  for (let scope: Frame | null = frame; scope !== null; scope = scope.parent) {
    const bound = scope.environment.get(name);
    if (bound !== undefined) return resolveBinding(world, bound);
    if (scope.kind === "module") {
      const starred = lookupStars(world, scope.module, name, new Set());
      if (starred !== null) return starred;
    }
  }
  return BUILTINS.has(name) ? external(`builtins.${name}`) : UNKNOWN;
}

export function resolveBinding(world: World, binding: Binding): Value {
  return isLazy(binding) ? importedValue(world, binding) : binding;
}

/** What an imported name is; remembered once all modules are there, as code asks for it at every use. */
function importedValue(world: World, binding: LazyImport): Value {
  const { found, module, name } = binding;
  if (found !== undefined && found.moduleWrites === world.moduleWrites) return found.value;
  const value = moduleAttribute(world, module, name);
  if (world.isIndexed && world.openModules === 0) binding.found = { value, moduleWrites: world.moduleWrites };
  return value;
}

/** What `module.name` is: a name bound in the module, a submodule, or a name it star-imports. */
export function moduleAttribute(world: World, module: ModuleInfo, name: string): Value {
  return lookupInModule(world, module, name, new Set()) ?? UNKNOWN;
}

function lookupInModule(world: World, module: ModuleInfo, name: string, seen: Set<ModuleInfo>): Value | null {
  if (seen.has(module)) return null;
  seen.add(module);
  evaluateModule(world, module);
  const bound = module.frame.environment.get(name);
  if (bound !== undefined) {
    if (!isLazy(bound)) return bound;
    // `from . import name` in a package's own __init__ binds the submodule of that name.
    if (bound.module === module) return submoduleValue(world, module, name);
    return (
      lookupInModule(world, bound.module, bound.name, seen) ?? submoduleValue(world, bound.module, bound.name)
    );
  }
  return submoduleValue(world, module, name) ?? lookupStars(world, module, name, seen);
}

function submoduleValue(world: World, module: ModuleInfo, name: string): Value | null {
  const target = world.table.submodule({ kind: "file", path: module.path }, name);
  if (target?.kind === "file") {
    const found = world.modules.get(target.path);
    return found === undefined ? null : [{ kind: "module", module: found }];
  }
  return target?.kind === "namespace" ? [{ kind: "namespace", folder: target.folder }] : null;
}

function lookupStars(world: World, module: ModuleInfo, name: string, seen: Set<ModuleInfo>): Value | null {
  for (const starred of module.stars) {
    if (name.startsWith("_")) continue;
    const found = lookupInModule(world, starred, name, seen);
    if (found !== null) return found;
  }
  const [library] = module.externalStars;
  // One external star import is the only place left; with several, the name stays unknown unless it is a builtin.
  if (library !== undefined && module.externalStars.length === 1 && !BUILTINS.has(name))
    return external(canonicalName(`${library}.${name}`));
  return null;
}

export function bindName(frame: Frame, name: string, value: Value): void {
  bind(frame, name, value);
}

/** Binds what an import statement imports. */
export function bindImport(world: World, frame: Frame, statement: ImportStatement): void {
  const { module: dotted, level, name, alias } = statement;
  if (name === null) {
    bindModuleImport(world, frame, dotted, alias);
    return;
  }
  const target = world.table.resolve(frame.module.path, dotted, level);
  if (name === "*") {
    const found = target.kind === "file" ? world.modules.get(target.path) : undefined;
    if (found !== undefined && found !== frame.module) addOnce(frame.module.stars, found);
    else if (target.kind === "external") addOnce(frame.module.externalStars, target.name);
    return;
  }
  const bound = alias ?? name;
  if (target.kind === "file") {
    const found = world.modules.get(target.path);
    if (found !== undefined) bind(frame, bound, { lazy: true, module: found, name });
  } else if (target.kind === "namespace") {
    bindName(frame, bound, namespaceMember(world, target.folder, name));
  } else {
    const known = frame.environment.get(bound);
    const value = external(canonicalName(`${target.name}.${name}`));
    // try: from a import x / except ImportError: from b import x
    const isAlternative = known !== undefined && !isLazy(known) && known[0]?.kind === "external";
    bindName(frame, bound, isAlternative ? joinValues(known, value) : value);
  }
}

function addOnce<T>(list: T[], item: T): void {
  if (!list.includes(item)) list.push(item);
}

function bindModuleImport(world: World, frame: Frame, dotted: string, alias: string | null): void {
  const [top = ""] = dotted.split(".");
  const wanted = alias === null ? top : dotted;
  const target = world.table.resolve(frame.module.path, wanted, 0);
  const bound = alias ?? top;
  if (target.kind === "external") bindName(frame, bound, external(canonicalName(target.name)));
  else if (target.kind === "namespace")
    bindName(frame, bound, [{ kind: "namespace", folder: target.folder }]);
  else {
    const found = world.modules.get(target.path);
    if (found !== undefined) bindName(frame, bound, [{ kind: "module", module: found }]);
  }
}

export function namespaceMember(world: World, folder: string, name: string): Value {
  const target = world.table.submodule({ kind: "namespace", folder }, name);
  if (target?.kind === "file") {
    const found = world.modules.get(target.path);
    return found === undefined ? UNKNOWN : [{ kind: "module", module: found }];
  }
  return target?.kind === "namespace" ? [{ kind: "namespace", folder: target.folder }] : UNKNOWN;
}

/** A frame for evaluating a function's body. */
export function functionFrame(
  fn: FunctionInfo,
  environment: Environment,
  context: Pick<Frame, "receiver" | "depth" | "isRecording" | "isThreaded" | "loopDepth" | "flow">,
): Frame {
  const { depth, flow, isRecording, isThreaded, loopDepth, receiver } = context;
  return {
    kind: "function",
    module: fn.module,
    fn,
    class: fn.owner,
    parent: fn.closure,
    environment,
    receiver,
    depth,
    isRecording,
    isThreaded,
    reads: isRecording ? undefined : [],
    ...(flow !== undefined && { flow }),
    loopDepth,
    returns: UNKNOWN,
    yields: UNKNOWN,
    hasLeft: false,
  };
}

/** The nearest enclosing scope that functions defined here close over: class bodies are skipped. */
export function closureOf(frame: Frame): Frame {
  return frame.kind === "class" && frame.parent !== null ? closureOf(frame.parent) : frame;
}

/** Finds or makes the one FunctionInfo of a function statement or lambda. */
export function functionInfo(
  world: World,
  frame: Frame,
  code: FunctionStatement | LambdaExpr,
  decorators: readonly Value[],
): FunctionInfo {
  const id = `${frame.module.path}#${code.start}`;
  const isLambda = code.kind === "lambda";
  const name = isLambda ? "<lambda>" : code.name;
  const outer = frame.kind === "class" ? frame.class?.qualifiedName : frame.fn?.qualifiedName;
  const known = world.functions.get(id);
  if (known !== undefined) {
    known.closure = closureOf(frame);
    if (frame.isRecording) known.recordedClosure = known.closure;
    return known;
  }
  const fn: FunctionInfo = {
    id,
    name,
    qualifiedName: outer === undefined ? name : `${outer}.${name}`,
    module: frame.module,
    start: code.start,
    end: code.end,
    isAsync: !isLambda && code.isAsync,
    isGenerator: !isLambda && code.isGenerator,
    isLambda,
    parameters: code.parameters,
    returnAnnotation: isLambda ? null : code.returns,
    body: isLambda ? [{ kind: "return", start: code.start, value: code.body }] : code.body,
    owner: frame.kind === "class" ? frame.class : null,
    closure: closureOf(frame),
    recordedClosure: frame.isRecording ? closureOf(frame) : null,
    decorators,
    decoratorOffsets: isLambda ? [] : code.decorators.map((decorator) => decorator.start),
    decoratorWords: isLambda ? [] : code.decorators.flatMap(decoratorWord),
    decoratorNames: decorators.flatMap(decoratorNames),
    passed: new Map(),
    filled: new Set(),
    isCalled: false,
    results: new Map(),
    reads: new Map(),
    cuts: new Map(),
    evaluatedAt: null,
    evaluations: 0,
  };
  world.functions.set(id, fn);
  return fn;
}

function decoratorWord(decorator: Expr): string[] {
  const named = decorator.kind === "call" ? decorator.callee : decorator;
  if (named.kind === "name") return [named.id];
  return named.kind === "attribute" ? [named.name] : [];
}

function decoratorNames(value: Value): string[] {
  return value.flatMap((atom): string[] => {
    if (atom.kind === "external") return [atom.name];
    if (atom.kind === "instance" && atom.external !== null) return [atom.external];
    if (atom.kind === "method")
      return atom.receiver.kind === "external" ? [`${atom.receiver.name}.${atom.name}`] : [`.${atom.name}`];
    return [];
  });
}
