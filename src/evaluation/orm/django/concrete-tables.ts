// Multi-table inheritance: a model below another one that has a table keeps only its own columns in its own.
import type { ClassInfo } from "../../class-info.ts";
import type { World } from "../../world.ts";
import { modelAncestors } from "./contrib-model.ts";
import { isAbstract, isDjangoModel, isProxy } from "./model-class.ts";

const known = new WeakMap<ClassInfo, readonly ClassInfo[]>();

/** The classes whose tables hold a model's rows: the one of its own first, then those of parents. */
export function concreteTables(world: World, model: ClassInfo): readonly ClassInfo[] {
  const found = known.get(model);
  if (found !== undefined) return found;
  const tables = modelAncestors(model).filter(
    (cls) => isDjangoModel(cls) && !isAbstract(world, cls) && !isProxy(cls),
  );
  known.set(model, tables);
  return tables;
}

/** The parent whose table holds a field that `owner` declares; null where it is the model's own. */
export function parentTable(world: World, model: ClassInfo, owner: ClassInfo): ClassInfo | null {
  const tables = concreteTables(world, model);
  if (tables.length < 2 || owner === tables[0]) return null;
  const holder = [...tables].reverse().find((cls) => modelAncestors(cls).includes(owner));
  return holder === undefined || holder === tables[0] ? null : holder;
}

/** How the join of a parent's table is named among paths, which hold no space. */
export function parentPath(parent: ClassInfo): string {
  return `parent ${parent.id}`;
}
