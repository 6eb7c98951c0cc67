// Lookup paths ("author__name__icontains") resolved on the models they start from: which relations are crossed, and with
// which joins. Rules: Django documentation "Lookups that span relationships", and django.db.models.sql.query's trim_joins.
import type { ClassInfo } from "../../class-info.ts";
import { UNKNOWN_PART } from "../../mapping-entries.ts";
import type { Feature, Query } from "../../query.ts";
import type { LookupPath } from "../../sql-fragment.ts";
import type { World } from "../../world.ts";
import { concreteTables, parentPath, parentTable } from "./concrete-tables.ts";
import { fieldOf, type InnerKind, innerKindOf, relationOf } from "./field.ts";
import { reverseByQueryName } from "./reverse-relations.ts";

export interface ResolvedLookup {
  /** Relations crossed, outermost first, as paths from the model: "author", "author__publisher". */
  readonly joins: readonly Join[];
  /** The lookup after the last field: "exact" when none is written. */
  readonly lookup: string;
  readonly isMultiValued: boolean;
  /** What the path reaches into: a key of a document, an element of an array. */
  readonly inner: InnerKind | null;
}
export interface Join {
  readonly path: string;
  /** Tables added: two for many-to-many, with the table between. */
  readonly tables: number;
  readonly isOuter: boolean;
}

const LOOKUPS = new Set(
  `exact iexact contains icontains in gt gte lt lte startswith istartswith endswith iendswith range date year iso_year
  month day week week_day iso_week_day quarter time hour minute second isnull regex iregex search contained_by overlap
  has_key has_keys has_any_keys len trigram_similar unaccent`.split(/\s+/),
);
/** Those that Django's documentation of field lookups shows as LIKE or ILIKE. */
const LIKES = /^(?:i?(?:contains|startswith|endswith)|iexact)$/;

/**
 * Follows a path. Where the model or a relation's target is not in the repository, each part that is no known lookup
 * counts as a relation except the last: a heuristic that is right for foreign keys.
 */
export function resolveLookup(world: World, model: ClassInfo | null, path: string): ResolvedLookup {
  const parts = path
    .replace(/^-/, "")
    .split("__")
    .filter((part) => part !== "");
  const joins: Join[] = [];
  let current = model;
  let isMultiValued = false;
  let isOuter = false;
  let index = 0;
  const joinParent = (part: string): void => {
    const parent = current === null ? null : parentOf(world, current, part);
    if (parent === null) return;
    const path =
      index === 0 ? parentPath(parent) : `${parts.slice(0, index).join("__")} ${parentPath(parent)}`;
    joins.push({ path, tables: 1, isOuter });
  };
  for (; index < parts.length; index += 1) {
    const part = parts[index] as string;
    const next = parts[index + 1];
    const isGuessed = current === null || part.includes(UNKNOWN_PART);
    const hop = isGuessed ? guessedHop(parts, index) : relationHop(world, current as ClassInfo, part);
    joinParent(part);
    if (hop === null) break;
    current = hop.target;
    isMultiValued ||= hop.isMany;
    isOuter ||= hop.isNullable;
    // The foreign key's own column answers for the key and for null tests: no join.
    const isKeyOnly = isOwnKey(next, parts[index + 2]);
    if (isKeyOnly && !hop.isReverse && hop.tables === 1) continue;
    // The table between two models holds the keys of both.
    const tables = isKeyOnly && hop.tables === 2 ? 1 : hop.tables;
    joins.push({ path: parts.slice(0, index + 1).join("__"), tables, isOuter });
  }
  const inner = current === null ? null : innerOf(current, parts, index);
  return { joins, lookup: lookupOf(parts, index), isMultiValued, inner };
}

/** Equality and null tests are about the value as a whole. */
function innerOf(model: ClassInfo, parts: readonly string[], index: number): InnerKind | null {
  const field = fieldOf(model, parts[index] ?? "");
  const isWhole = /^(?:exact|isnull|in)?$/.test(parts[index + 1] ?? "");
  return field === null || isWhole ? null : innerKindOf(field.atom);
}

const INNER_FEATURES: Readonly<Record<InnerKind, readonly string[]>> = {
  json: ["json"],
  array: ["array", "vendor-specific"],
  "vendor-specific": ["vendor-specific"],
};

/** The parent model whose table holds a field, where that is not the model's own. */
function parentOf(world: World, model: ClassInfo, field: string): ClassInfo | null {
  if (concreteTables(world, model).length < 2) return null;
  const found = fieldOf(model, field);
  return found === null ? null : parentTable(world, model, found.owner);
}

function isOwnKey(next: string | undefined, after: string | undefined): boolean {
  if (next === undefined || next === "isnull" || next === "in" || next === "exact") return true;
  return (next === "id" || next === "pk") && (after === undefined || LOOKUPS.has(after));
}

interface Hop {
  readonly target: ClassInfo | null;
  readonly tables: number;
  readonly isMany: boolean;
  readonly isNullable: boolean;
  readonly isReverse: boolean;
}

function relationHop(world: World, model: ClassInfo, part: string): Hop | null {
  const relation = relationOf(world, model, part);
  if (relation !== null) {
    const isMany = relation.kind === "many-to-many";
    return {
      target: relation.target,
      tables: isMany ? 2 : 1,
      isMany,
      isNullable: isMany || relation.isNullable,
      isReverse: false,
    };
  }
  if (fieldOf(model, part) !== null) return null;
  const reverse = reverseByQueryName(world, model, part);
  return reverse === null
    ? null
    : {
        target: reverse.source,
        tables: reverse.isManyToMany ? 2 : 1,
        isMany: reverse.isMany,
        isNullable: true,
        isReverse: true,
      };
}

function guessedHop(parts: readonly string[], index: number): Hop | null {
  const next = parts[index + 1];
  if (next === undefined || LOOKUPS.has(next) || LOOKUPS.has(parts[index] as string)) return null;
  return { target: null, tables: 1, isMany: false, isNullable: false, isReverse: false };
}

function lookupOf(parts: readonly string[], from: number): string {
  const last = parts.at(-1);
  return last !== undefined && parts.length > Math.max(1, from) && LOOKUPS.has(last) ? last : "exact";
}

export function isLike(lookup: string): boolean {
  return LIKES.test(lookup);
}

/** What one lookup adds to a statement that has joined some relations already. */
export interface LookupEffect {
  readonly joined: readonly string[];
  readonly tables: number;
  readonly features: readonly Feature[];
  readonly isMultiValued: boolean;
  readonly isLike: boolean;
}

/** What the annotation is that a path begins with; null where it begins with none. */
export function annotationAt({ annotations }: Query, path: string): "aggregate" | "window" | "plain" | null {
  if (annotations.size === 0) return null;
  const parts = path.replace(/^-/, "").split("__");
  for (let length = 1; length <= parts.length; length += 1) {
    const found = annotations.get(parts.slice(0, length).join("__"));
    if (found !== undefined) return found;
  }
  return null;
}

export function applyLookup(world: World, query: Query, { path, line, use }: LookupPath): LookupEffect {
  const model = typeof query.model === "string" ? null : query.model;
  // A name that was annotated is a column of the statement itself.
  if (annotationAt(query, path) !== null)
    return { joined: [], tables: 0, features: [], isMultiValued: false, isLike: false };
  const resolved = resolveLookup(world, model, path);
  const fresh = resolved.joins.filter((join) => !query.joined.includes(join.path));
  const isOuterUse = use !== "condition" || resolved.lookup === "isnull";
  const features: Feature[] = fresh.map((join) => ({
    name: join.isOuter && isOuterUse ? "outer-join" : "join",
    line,
  }));
  if (resolved.joins.length > 0) features.unshift({ name: "relation-lookup", line });
  if (/(?:^|__)(?:search|trigram_similar)$/.test(path))
    features.push({ name: "full-text", line }, { name: "vendor-specific", line });
  const { inner } = resolved;
  if (inner !== null) features.push(...INNER_FEATURES[inner].map((name) => ({ name, line })));
  return {
    joined: fresh.map((join) => join.path),
    tables: fresh.reduce((sum, join) => sum + join.tables, 0),
    features,
    isMultiValued: resolved.isMultiValued,
    isLike: use === "condition" && inner === null && isLike(resolved.lookup),
  };
}
