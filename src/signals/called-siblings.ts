// Projects of one repository may call each other, as the members of a workspace do.
import type { FunctionInfo } from "../evaluation/function-info.ts";
import type { ModuleInfo } from "../evaluation/module-info.ts";
import type { World } from "../evaluation/world.ts";
import type { ProjectView } from "./project-view.ts";

/** The view, with the modules of other projects that its code calls, itself or through others. */
export function withCalledSiblings(view: ProjectView): ProjectView {
  const own = new Set(view.modules);
  const siblings = calledModules(view, own);
  if (siblings.size === 0) return view;
  const modules = new Set([...own, ...siblings]);
  const { classes, functions, recorder } = view.world;
  return {
    ...view,
    files: [...modules].map(({ facts }) => facts),
    modules: [...modules],
    classes: [...classes.values()].filter(({ module }) => modules.has(module)),
    functions: [...functions.values()].filter(({ module }) => modules.has(module)),
    externalCalls: [...recorder.externalCalls.values()].filter(({ site }) => modules.has(site.module)),
  };
}

function calledModules(
  { counts, functions, world }: ProjectView,
  own: ReadonlySet<ModuleInfo>,
): Set<ModuleInfo> {
  const callees = calleesIn(world);
  const reached = new Set<FunctionInfo>();
  const siblings = new Set<ModuleInfo>();
  for (const source of [functions, reached])
    for (const fn of source)
      for (const callee of callees.get(fn) ?? []) {
        if (own.has(callee.module) || !counts(callee.module.facts)) continue;
        reached.add(callee);
        siblings.add(callee.module);
      }
  return siblings;
}

const known = new WeakMap<World, ReadonlyMap<FunctionInfo, ReadonlySet<FunctionInfo>>>();

/** What functions call, for all projects alike. */
function calleesIn(world: World): ReadonlyMap<FunctionInfo, ReadonlySet<FunctionInfo>> {
  const found = known.get(world);
  if (found !== undefined) return found;
  const callees = new Map<FunctionInfo, Set<FunctionInfo>>();
  for (const { from, to } of world.recorder.internalCalls.values()) {
    if (from.fn === null) continue;
    callees.set(from.fn, (callees.get(from.fn) ?? new Set()).add(to));
  }
  known.set(world, callees);
  return callees;
}
