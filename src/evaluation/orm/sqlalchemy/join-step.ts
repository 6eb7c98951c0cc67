// `join()` and its kin of statements and of the legacy Query. Source: "ORM Querying Guide: Joins" of SQLAlchemy's documentation.
import type { ClassInfo } from "../../class-info.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import type { Query } from "../../query.ts";
import type { Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { featureAt } from "../build-query.ts";
import type { MethodCall } from "../call-context.ts";
import { type Addition, addStatement, addValue } from "./absorb.ts";
import { entityModel, entitySource, sourceOf } from "./entity.ts";
import { goesThroughTable } from "./source-function.ts";

/** `join(target)`: an entity, a relationship attribute, a subquery, or a relationship's name. */
export function joinStep(kind: "join" | "outer-join") {
  return (world: World, frame: Frame, _query: Query, call: MethodCall, addition: Addition): undefined => {
    const isFrom = call.name.endsWith("_from");
    const targets = isFrom ? call.args.slice(1, 2) : call.args.slice(0, 1);
    const flags = ["isouter", "full"].map((name) => call.keywords.get(name));
    const isOuter = flags.some((value) =>
      value?.some((atom) => atom.kind === "constant" && atom.text === "True"),
    );
    addition.features.push(featureAt(frame, isOuter ? "outer-join" : kind, call.at));
    addition.shape.tables += 1;
    addition.shape.tables += tablesBetween(targets);
    for (const atom of targets.flat()) {
      addition.joined.push(...joinedKeys(atom, call.at));
      if (atom.kind === "query")
        addStatement(world, frame, addition, atom.query, lineIn(frame.module, call.at));
      // A join's own ON condition is no condition of the WHERE clause.
      if ((atom.kind === "sql" && atom.fragment.role === "table") || (atom.kind === "class" && atom.alias))
        addValue(world, frame, addition, [atom], call.at);
    }
    return undefined;
  };
}

/** A relation of many to many joins the table between as well. */
function tablesBetween(targets: readonly Value[]): number {
  return targets.flat().some((atom) => atom.kind === "sql" && goesThroughTable(atom.fragment)) ? 1 : 0;
}

function joinedKeys(atom: Value[number], line: number): string[] {
  if (atom.kind === "sql") {
    const { alias, sources, target } = atom.fragment;
    if (alias !== undefined) return [alias.key];
    return target === null ? sources.map((source) => source.key) : [sourceOf(target, line).key];
  }
  const model: ClassInfo | string | null = entityModel(atom);
  return model === null ? [] : [entitySource(atom, model, line).key];
}
