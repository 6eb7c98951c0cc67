// Managers that no declaration tells of: of a class that is not known, and of relations that something else gives a model.
import type { Frame } from "../../frame.ts";
import type { Query } from "../../query.ts";
import type { MethodAtom, Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { type AttributeAccess, accessSite } from "../attribute-access.ts";
import { ADDING_METHOD, addedRows } from "./added-fields.ts";
import { unknownRows } from "./manager.ts";
import { isDjangoModel } from "./model-class.ts";

const MANAGERS = new Set(["objects", "_default_manager", "_base_manager"]);

/**
 * A heuristic for `model.objects` where it is not known which class `model` is (from a registry, a setting, a metaclass), in a
 * repository that has Django models: Django's name for a manager. Buckets of object stores have an attribute of that name too.
 */
export function undeclaredManager(
  world: World,
  frame: Frame,
  access: AttributeAccess,
  owner: string,
): Value | null {
  if (access.name === ADDING_METHOD && world.modelsByLabel.size > 0)
    return [{ kind: "method", receiver: { kind: "constant", text: "" }, name: access.name, at: access.at }];
  if (!MANAGERS.has(access.name) || world.modelsByLabel.size === 0) return null;
  if (/bucket/i.test(owner) || usesOtherObjects(frame)) return null;
  return [{ kind: "query", query: { ...unknownRows(accessSite(frame, access)), isManager: true } }];
}

/** True in a file that imports a library whose own objects are called so. */
function usesOtherObjects({ module }: Frame): boolean {
  return module.facts.imports.some(({ statement }) =>
    /^(?:boto3|botocore|mongoengine|flask_mongoengine)\b/.test(statement.module),
  );
}

/** Methods that fields, which may hold lists, texts and mappings, do not have. */
const OF_MANAGERS = new Set([
  ...[
    "all",
    "filter",
    "exclude",
    "annotate",
    "select_related",
    "prefetch_related",
    "order_by",
    "values_list",
  ],
  ...["exists", "aggregate", "create", "get_or_create", "update_or_create", "bulk_create", "first", "last"],
  ...["aexists", "acount", "aget", "afirst", "alast", "acreate", "aget_or_create", "aupdate_or_create"],
]);

/**
 * A heuristic for `instance.users.all()` of a model that declares no `users`: a relation that add_to_class() gave some model
 * under that name, else one that a metaclass or another package did. Null for methods that are not a manager's alone.
 */
export function undeclaredRelation(
  world: World,
  frame: Frame,
  { receiver, at, name: relation }: MethodAtom,
  name: string,
): Query | null {
  if (receiver.kind !== "instance" || receiver.class === null || !isDjangoModel(receiver.class)) return null;
  const site = { module: frame.module, fn: frame.fn, start: at, end: at };
  const added = addedRows(world, receiver.class, relation, site);
  if (added !== null) return added;
  if (!OF_MANAGERS.has(name)) return null;
  const rows = unknownRows(site);
  return { ...rows, isManager: true, shape: { ...rows.shape, conditions: 1 } };
}
