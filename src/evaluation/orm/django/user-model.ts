import { constantText, externalInstance, instanceOf } from "../../atoms.ts";
import { resolveBinding } from "../../scope.ts";
import type { World } from "../../world.ts";
import { isContribModel } from "./contrib-model.ts";
import { userModel } from "./field.ts";

/** Finds AUTH_USER_MODEL among the repository's modules: only settings assign it. */
export function findUserModel(world: World): void {
  for (const module of world.modules.values()) {
    const binding = module.frame.environment.get("AUTH_USER_MODEL");
    if (binding === undefined) continue;
    const label = constantText(resolveBinding(world, binding));
    if (label !== null) world.authUserModel ??= label;
  }
}

/** `request.user` of Django's authentication middleware, in a repository that has Django models. */
export function provideRequestUser(world: World): void {
  if (world.modelsByLabel.size === 0) return;
  const own = userModel(world);
  world.requestAttributes.set("user", [
    own === null || isContribModel(own)
      ? externalInstance("django.contrib.auth.models.User")
      : instanceOf(own),
  ]);
}
