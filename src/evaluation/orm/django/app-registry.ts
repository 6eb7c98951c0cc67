// Models asked for by name: `apps.get_model("shop.Order")`, `apps.get_app_config("shop").get_model("Order")`.
import { constantText, externalInstance } from "../../atoms.ts";
import { type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { argument, type CallContext, type MethodCall } from "../call-context.ts";
import { modelByLabel } from "./model-class.ts";

const APP_CONFIG = "django.apps.AppConfig";

/** The model that the registry has under a label, in one text or two. */
export function registeredModel(world: World, call: CallContext): Value {
  const first = constantText(argument(call, 0, "app_label"));
  const second = constantText(argument(call, 1, "model_name"));
  return modelValue(world, first !== null && second !== null ? `${first}.${second}` : first);
}

/** The configuration of an app, which holds its label. */
export function appConfig(call: CallContext): Value {
  return [externalInstance(APP_CONFIG, argument(call, 0, "app_label"))];
}

/** `get_model()` of an app's configuration; null for other methods and instances. */
export function registryMethod(
  world: World,
  { external, element }: InstanceAtom,
  call: MethodCall,
): Value | null {
  if (external !== APP_CONFIG || call.name !== "get_model") return null;
  const app = constantText(element);
  const name = constantText(argument(call, 0, "model_name"));
  return modelValue(world, app === null || name === null ? null : `${app}.${name}`);
}

function modelValue(world: World, label: string | null): Value {
  const found = label === null ? null : modelByLabel(world, label, null);
  return found === null ? UNKNOWN : [{ kind: "class", class: found }];
}
