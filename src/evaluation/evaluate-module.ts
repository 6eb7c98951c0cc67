import { evaluateBlock } from "./evaluate-statement.ts";
import type { ModuleInfo } from "./module-info.ts";
import type { World } from "./world.ts";

/** Evaluates a module's top level once. In an import cycle, what is bound so far is what can be seen, as in Python. */
export function evaluateModule(world: World, module: ModuleInfo): void {
  if (module.state !== "new") return;
  module.state = "evaluating";
  world.openModules += 1;
  evaluateBlock(world, module.frame, module.facts.body);
  world.openModules -= 1;
  module.state = "done";
}
