import { instanceOf } from "./atoms.ts";
import type { FunctionInfo } from "./function-info.ts";
import { isManagerClass, managerReceiver } from "./orm/django/manager.ts";
import { isQueryClass, queryReceiver } from "./orm/sqlalchemy/query-class.ts";
import { UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

/** What `self` or `cls` is when no call says more: an instance of the class, the class, or a queryset for a manager's method. */
export function defaultReceivers(world: World, fn: FunctionInfo): Value {
  const { owner } = fn;
  if (owner === null || fn.decoratorNames.includes("builtins.staticmethod")) return UNKNOWN;
  if (fn.decoratorNames.includes("builtins.classmethod")) return [{ kind: "class", class: owner }];
  if (isManagerClass(owner))
    return managerReceiver(world, owner, { module: fn.module, fn, start: fn.start, end: fn.start });
  if (isQueryClass(owner))
    return queryReceiver(world, owner, { module: fn.module, fn, start: fn.start, end: fn.start });
  return [instanceOf(owner)];
}
