// What options() change about a statement: which relations it joins to load them, and what is in memory of its rows.
import type { Expr } from "../../../model/code.ts";
import type { EagerJoins, Query } from "../../query.ts";
import type { Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { readLoaderOptions } from "./loader-options.ts";
import { plainColumns } from "./mapped-class.ts";

/** joinedload() joins what it loads. */
export function eagerJoins(known: EagerJoins, options: readonly Value[]): EagerJoins {
  const added = options
    .flat()
    .flatMap((atom) => (atom.kind === "sequence" ? (atom.items?.flat() ?? atom.element) : [atom]))
    .flatMap((atom) =>
      atom.kind === "sql" && atom.fragment.eager !== undefined ? [atom.fragment.eager] : [],
    );
  return {
    features: [...known.features, ...added.flatMap(({ features }) => features)],
    tables: added.reduce((sum, { tables }) => sum + tables, known.tables),
    isMany: known.isMany || added.some(({ isMany }) => isMany),
    isOrdered: known.isOrdered || added.some(({ isOrdered }) => isOrdered),
  };
}

/** What a statement loads and leaves out with these options besides its own. */
export function loadedBy(
  world: World,
  query: Query,
  options: readonly Expr[],
): Pick<Query, "loaded" | "deferred"> {
  const { loaded, deferred, only } = readLoaderOptions(options);
  const { model } = query;
  const others =
    only === null || model === null || typeof model === "string"
      ? []
      : plainColumns(world, model).filter((name) => !only.includes(name));
  return {
    loaded: [...new Set([...query.loaded, ...loaded])],
    deferred: [...new Set([...query.deferred, ...deferred, ...others])].filter(
      (name) => !loaded.includes(name),
    ),
  };
}
