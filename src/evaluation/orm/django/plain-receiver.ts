// A manager's or queryset's own method is called from many places, each time on another statement. Its result is worked out
// once, on a statement that stands for all of them, and what the caller's statement had is added afterwards.
import type { FunctionInfo } from "../../function-info.ts";
import { EMPTY_SHAPE, type Query, type Site, siteKey, uniqueFeatures, uniteLater } from "../../query.ts";
import type { Atom, Value } from "../../value.ts";
import { addShape } from "../build-query.ts";

/** The receiver that stands for all like it; itself where what was built so far changes what further steps mean. */
export function plainReceiver(fn: FunctionInfo, receiver: Atom | null): Atom | null {
  if (receiver?.kind !== "query" || !isPlain(receiver.query)) return receiver;
  const site = standIn(fn);
  const query = {
    ...receiver.query,
    site,
    origin: site,
    features: [],
    shape: EMPTY_SHAPE,
    joined: [],
    loaded: [],
    later: [],
  };
  return { kind: "query", query };
}

function isPlain({ annotations, isFetched, isGrouped, shape, style }: Query): boolean {
  return (
    style === "django" &&
    annotations.size === 0 &&
    shape.setOperations === 0 &&
    !isFetched &&
    !isGrouped &&
    !shape.limited
  );
}

/** A place that is no expression's, one for each function. */
function standIn(fn: FunctionInfo): Site {
  return { module: fn.module, fn: null, start: fn.start, end: fn.start - 1 };
}

/** What a call on `receiver` gives, from what it gives on the receiver that stands for it. */
export function withReceiver(fn: FunctionInfo, receiver: Atom | null, value: Value): Value {
  if (receiver?.kind !== "query" || !isPlain(receiver.query)) return value;
  const key = siteKey(standIn(fn));
  return value.map((atom): Atom => {
    if (atom.kind !== "query" || siteKey(atom.query.origin) !== key) return atom;
    return { kind: "query", query: continued(receiver.query, atom.query, key) };
  });
}

function continued(before: Query, query: Query, standInKey: string): Query {
  const { aggregates, conditions, likes, nested, ordered, ors, tables } = before.shape;
  return {
    ...query,
    origin: before.origin,
    site: siteKey(query.site) === standInKey ? before.site : query.site,
    features: uniqueFeatures([...before.features, ...query.features]),
    joined: [...new Set([...before.joined, ...query.joined])],
    loaded: [...new Set([...before.loaded, ...query.loaded])],
    later: uniteLater(before.later, query.later),
    shape: addShape(query.shape, {
      aggregates,
      conditions,
      likes,
      nested,
      ors,
      tables: tables - 1,
      ordered: ordered || query.shape.ordered,
    }),
  };
}
