// Mappings as code builds them: keys, and what an assignment or update() adds.
import { joinValues, mapping } from "./atoms.ts";
import { type Atom, type MappingAtom, UNKNOWN, type Value } from "./value.ts";

/** Stands in a key for text that is not known, as in `{f"{relation}__user": user}`. No name in Python holds it. */
export const UNKNOWN_PART = "?";

/** The key that a value is; null where nothing of it is known. */
export function entryName([key]: Value): string | null {
  if (key?.kind !== "text" || !key.parts.some((part) => part !== null)) return null;
  return key.parts.map((part) => part ?? UNKNOWN_PART).join("");
}

export function withEntry(atom: Atom, name: string, value: Value): Atom {
  if (atom.kind !== "mapping") return atom;
  return withEntries(atom, new Map([[name, value]]), value);
}

function withEntries(atom: MappingAtom, added: ReadonlyMap<string, Value>, element: Value): MappingAtom {
  return mapping(new Map([...atom.entries, ...added]), joinValues(atom.element, element));
}

/** What mappings hold after `filters.update({"title": title}, author=author)`. */
export function updatedMappings(current: Value, given: Value, keywords: ReadonlyMap<string, Value>): Value {
  const mapping = given.find((atom) => atom.kind === "mapping");
  const entries = mapping?.kind === "mapping" ? mapping.entries : NONE;
  const start = mapping?.kind === "mapping" ? mapping.element : UNKNOWN;
  const element = [...keywords.values()].reduce(joinValues, start);
  const added = new Map([...entries, ...keywords]);
  return current.map((atom) => (atom.kind === "mapping" ? withEntries(atom, added, element) : atom));
}

const NONE: ReadonlyMap<string, Value> = new Map();
