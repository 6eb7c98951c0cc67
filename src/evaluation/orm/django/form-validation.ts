// Forms query while they are validated: choices of models are looked up by their keys, unique values are looked for.
import { constantText } from "../../atoms.ts";
import { type ClassInfo, externalAncestors, ownAncestors } from "../../class-info.ts";
import type { Frame } from "../../frame.ts";
import { resolveBinding } from "../../scope.ts";
import { type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { featureAt, recordExecution, stepQuery } from "../build-query.ts";
import { argument, type MethodCall } from "../call-context.ts";
import { modelAncestors } from "./contrib-model.ts";
import { declaredFields, relationKind, relationOf } from "./field.ts";
import { defaultManagerClass, managerQuery, managerQueryset } from "./manager.ts";
import { metaAttribute } from "./model-class.ts";

const FORM = /^django\.forms\.(?:\w+\.)*\w*Form$|^django\.contrib\.\w+\.forms\.\w+Form$/;
const CHOICE = /^django\.forms\.(?:\w+\.)*Model(?:Multiple)?ChoiceField$/;

/** `form.is_valid()` of a form that looks into the database; null for other methods, and for forms that do not. */
export function formValidation(
  world: World,
  frame: Frame,
  { class: cls }: InstanceAtom,
  call: MethodCall,
): Value | null {
  if ((call.name !== "is_valid" && call.name !== "full_clean") || cls === null) return null;
  if (!externalAncestors(cls).some((name) => FORM.test(name))) return null;
  const rows = chosenRows(world, frame, cls, call) ?? uniqueRows(world, frame, cls, call);
  if (rows === null) return null;
  const { found, columns } = rows;
  const query = stepQuery(world, frame, found, call.site, {
    features: [featureAt(frame, "limit", call.at)],
    shape: { conditions: 1, limited: true, ordered: false, columns },
  });
  recordExecution(world, frame, query, { site: call.site, at: call.at, method: call.name });
  return UNKNOWN;
}

interface Rows {
  readonly found: ReturnType<typeof managerQueryset>;
  readonly columns: number;
}

/** The rows that a choice field of the form's own offers. */
function chosenRows(world: World, frame: Frame, cls: ClassInfo, call: MethodCall): Rows | null {
  for (const owner of ownAncestors(cls))
    for (const binding of owner.frame.environment.values())
      for (const atom of resolveBinding(world, binding)) {
        if (atom.kind !== "instance" || atom.construction === null || !CHOICE.test(atom.external ?? ""))
          continue;
        const rows = argument(atom.construction, 0, "queryset").find(({ kind }) => kind === "query");
        if (rows?.kind === "query")
          return { found: managerQueryset(world, frame, rows.query, call.site), columns: 2 };
      }
  return null;
}

/** The rows of a form's model that hold the same value, or those that its keys refer to. */
function uniqueRows(world: World, frame: Frame, cls: ClassInfo, call: MethodCall): Rows | null {
  const [model] = metaAttribute(world, cls, "model");
  if (model?.kind !== "class") return null;
  const asked = metaAttribute(world, cls, "fields").find(({ kind }) => kind === "sequence");
  const names = asked?.kind === "sequence" ? asked.items?.map(constantText) : undefined;
  for (const [name, field] of modelAncestors(model.class).flatMap((owner) => declaredFields(owner))) {
    if (names !== undefined && !names.includes(name)) continue;
    const kind = relationKind(field);
    const target = kind === "foreign-key" ? relationOf(world, model.class, name)?.target : null;
    const isUnique =
      kind === "one-to-one" ||
      (field.construction?.keywords.get("unique") ?? UNKNOWN).some(
        (atom) => atom.kind === "constant" && atom.text === "True",
      );
    if (!isUnique && (target ?? null) === null) continue;
    const looked = isUnique ? model.class : (target as ClassInfo);
    const start = managerQuery(looked, call.site, defaultManagerClass(world, looked));
    return { found: managerQueryset(world, frame, start, call.site), columns: isUnique ? 1 : 2 };
  }
  return null;
}
