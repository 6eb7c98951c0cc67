// Classes that are mapped from outside: `registry.map_imperatively(User, users, properties={...})`, and mapper() before 2.0.
// Source: "Imperative Mapping" of SQLAlchemy's documentation.
import type { ClassInfo } from "../../class-info.ts";
import { UNKNOWN, type Value } from "../../value.ts";
import { argument, type CallContext } from "../call-context.ts";

export interface ImperativeMapping {
  readonly table: Value;
  /** Attributes that the mapping names: relationships, column properties. */
  readonly properties: ReadonlyMap<string, Value>;
}

const mappings = new WeakMap<ClassInfo, ImperativeMapping>();

/** How a class was mapped from outside; null for one that was not, as far as evaluation has come. */
export function imperativeMapping(cls: ClassInfo): ImperativeMapping | null {
  return mappings.get(cls) ?? null;
}

/** Notes the mapping of each class that the call may be given. */
export function mapImperatively(call: CallContext): Value {
  const classes = argument(call, 0, "class_");
  const table = argument(call, 1, "local_table");
  const given = argument(call, 2, "properties").find((atom) => atom.kind === "mapping");
  const properties = given?.kind === "mapping" ? given.entries : new Map<string, Value>();
  for (const atom of classes) {
    if (atom.kind !== "class") continue;
    const known = mappings.get(atom.class);
    mappings.set(atom.class, {
      table: table.length > 0 ? table : (known?.table ?? UNKNOWN),
      properties: new Map([...(known?.properties ?? []), ...properties]),
    });
  }
  return UNKNOWN;
}
