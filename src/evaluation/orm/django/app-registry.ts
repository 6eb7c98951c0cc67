// Models asked for by name: `apps.get_model("shop.Order")`, `apps.get_app_config("shop").get_model("Order")`.
import { constantTexts, externalInstance } from "../../atoms.ts";
import type { InstanceAtom, Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { argument, type CallContext, type MethodCall } from "../call-context.ts";
import { modelByLabel } from "./model-class.ts";

const APP_CONFIG = "django.apps.AppConfig";

/**
 * The models that the registry has under a label, in one text or two. A label may be one of several: a setting of the site's, with
 * the text that stands where there is none.
 */
export function registeredModel(world: World, call: CallContext): Value {
  const first = constantTexts(argument(call, 0, "app_label"));
  const second = constantTexts(argument(call, 1, "model_name"));
  return modelsNamed(world, second.length === 0 ? first : pairs(first, second));
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
  return modelsNamed(world, pairs(constantTexts(element), constantTexts(argument(call, 0, "model_name"))));
}

function pairs(apps: readonly string[], names: readonly string[]): readonly string[] {
  return apps.flatMap((app) => names.map((name) => `${app}.${name}`));
}

function modelsNamed(world: World, labels: readonly string[]): Value {
  return labels.flatMap((label) => {
    const found = modelByLabel(world, label, null);
    return found === null ? [] : [{ kind: "class", class: found }];
  });
}
