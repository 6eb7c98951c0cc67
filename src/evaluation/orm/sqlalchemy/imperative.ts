// Classes that are mapped from outside: `registry.map_imperatively(User, users, properties={...})`, and mapper() before 2.0.
// Source: "Imperative Mapping" of SQLAlchemy's documentation.
import { type ClassInfo, ownAncestors } from "../../class-info.ts";
import type { FunctionInfo } from "../../function-info.ts";
import type { Value } from "../../value.ts";
import { argument, type CallContext } from "../call-context.ts";

export interface ImperativeMapping {
  readonly table: Value;
  /** Attributes that the mapping names: relationships, column properties. */
  readonly properties: ReadonlyMap<string, Value>;
}

interface Mappings {
  /** What all of them say together. */
  readonly joined: ImperativeMapping;
  /** By the function that maps the class. */
  readonly byFunction: ReadonlyMap<FunctionInfo | null, ImperativeMapping>;
}

const mappings = new WeakMap<ClassInfo, Mappings>();

/**
 * How a class was mapped from outside; null for one that was not, as far as evaluation has come. Where several functions map
 * it, as tests do, code sees the mapping of its own function, then the only one of its class's methods, then that of a class
 * method which its class has for all.
 */
export function imperativeMapping(
  cls: ClassInfo,
  seenFrom: FunctionInfo | null = null,
): ImperativeMapping | null {
  const known = mappings.get(cls);
  if (known === undefined) return null;
  if (seenFrom === null || known.byFunction.size < 2) return known.joined;
  let outermost = seenFrom;
  for (let fn: FunctionInfo | null = seenFrom; fn !== null; fn = fn.closure.fn) {
    const own = known.byFunction.get(fn);
    if (own !== undefined) return own;
    outermost = fn;
  }
  return sharedMapping(known, outermost.owner) ?? known.joined;
}

function sharedMapping({ byFunction }: Mappings, owner: ClassInfo | null): ImperativeMapping | null {
  if (owner === null) return null;
  const own = [...byFunction].filter(([fn]) => fn?.owner === owner);
  if (own.length === 1) return own[0]?.[1] ?? null;
  const owners = ownAncestors(owner);
  const shared = [...byFunction].flatMap(([fn, mapping]) => {
    if (fn === null || fn.owner === null || !fn.decoratorNames.includes("builtins.classmethod")) return [];
    const distance = owners.indexOf(fn.owner);
    return distance < 0 ? [] : [{ distance, mapping }];
  });
  shared.sort((left, right) => left.distance - right.distance);
  return shared[0]?.mapping ?? null;
}

/** Notes the mapping of each class that the call may be given. */
export function mapImperatively(call: CallContext, fn: FunctionInfo | null): Value {
  const classes = argument(call, 0, "class_");
  const table = argument(call, 1, "local_table");
  const given = argument(call, 2, "properties").find((atom) => atom.kind === "mapping");
  const properties = given?.kind === "mapping" ? given.entries : new Map<string, Value>();
  for (const atom of classes) {
    if (atom.kind !== "class") continue;
    const known = mappings.get(atom.class);
    const own = joinMappings(known?.byFunction.get(fn), { table, properties });
    mappings.set(atom.class, {
      joined: joinMappings(known?.joined, { table, properties }),
      byFunction: new Map([...(known?.byFunction ?? []), [fn, own]]),
    });
  }
  // A mapper stands for its class wherever an entity is asked for.
  return classes;
}

function joinMappings(known: ImperativeMapping | undefined, added: ImperativeMapping): ImperativeMapping {
  if (known === undefined) return added;
  return {
    table: added.table.length > 0 ? added.table : known.table,
    properties: new Map([...known.properties, ...added.properties]),
  };
}
