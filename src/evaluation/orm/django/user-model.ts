import { constantText } from "../../atoms.ts";
import { resolveBinding } from "../../scope.ts";
import type { World } from "../../world.ts";

/** Finds AUTH_USER_MODEL among the modules that look like settings: they assign INSTALLED_APPS or are named so. */
export function findUserModel(world: World): void {
  for (const module of world.modules.values()) {
    const binding = module.frame.environment.get("AUTH_USER_MODEL");
    if (binding === undefined) continue;
    const label = constantText(resolveBinding(world, binding));
    if (label !== null) world.authUserModel ??= label;
  }
}
