import type { ClassInfo } from "./class-info.ts";
import type { EagerJoins, Feature } from "./query.ts";

/** A lookup path of the Django ORM ("author__name__icontains"), resolved once the model it starts from is known. */
export interface LookupPath {
  readonly path: string;
  readonly line: number;
  /** Conditions filter; references only read (F, order_by, values, aggregates). */
  readonly use: "condition" | "reference" | "aggregate";
}

/** Where a column comes from: a table, or a subquery or CTE used as one. */
export interface FromItem {
  /** Tells sources apart: a class's id, a table's name, a subquery's site. */
  readonly key: string;
  readonly line: number;
  /** What a subquery or CTE brings along; empty for tables. */
  readonly features: readonly Feature[];
  /** Tables that it joins besides the first: `with_polymorphic(Employee, [Manager])`. */
  readonly tables?: number;
}

/** What `join(User, Address)` joins: counted as tables, since no column need name them. */
export interface JoinedSources {
  readonly keys: readonly string[];
  readonly tables: number;
}

export interface RelationSides {
  readonly isMany: boolean;
  /** True where a relation to one row has its key on the other side. */
  readonly isOtherSide?: boolean;
  readonly isThroughTable: boolean;
  /** True where the relation says in which order its rows come. */
  readonly isOrdered?: boolean;
}

/** A part of a statement, with what it adds to the statement that takes it in. */
export interface SqlFragment {
  readonly role:
    | "column"
    | "relation"
    | "table"
    | "condition"
    | "aggregate"
    | "window"
    | "function"
    | "subquery"
    | "ordering"
    | "conditional"
    | "eager-load"
    | "raw"
    | "null"
    | "other";
  readonly features: readonly Feature[];
  /** Single conditions joined by AND or OR. */
  readonly conditions: number;
  readonly ors: number;
  readonly likes: number;
  readonly aggregates: number;
  /** Subqueries inside. */
  readonly nested: number;
  readonly lookups: readonly LookupPath[];
  readonly sources: readonly FromItem[];
  /** The model or table that a column or relation belongs to. */
  readonly model: ClassInfo | string | null;
  /** The attribute's or column's name, where it is one. */
  readonly column: string | null;
  /** The class on the other side of a relation. */
  readonly target: ClassInfo | null;
  /** What a loader option joins to the statement itself; left out for loaders that send statements of their own. */
  readonly eager?: EagerJoins;
  /** True for a chain of loaders that has come to one that sends a statement of its own. */
  readonly isApart?: boolean;
  /** How many columns a subquery has; several where left out. */
  readonly columns?: number;
  /** For a join of several sources. */
  readonly joins?: JoinedSources;
  /** For a relation: how its two sides hang together. */
  readonly relation?: RelationSides;
  /** The alias that `relation.of_type(alias)` leads to. */
  readonly alias?: FromItem;
  /** What `~` makes of it, where that is more than NOT. */
  readonly negation?: SqlFragment;
}

export const EMPTY_FRAGMENT: SqlFragment = {
  role: "other",
  features: [],
  conditions: 0,
  ors: 0,
  likes: 0,
  aggregates: 0,
  nested: 0,
  lookups: [],
  sources: [],
  model: null,
  column: null,
  target: null,
};

/** Fragments taken together in one expression: their counts add up, the first named column stays. */
export function combineFragments(fragments: readonly SqlFragment[], role: SqlFragment["role"]): SqlFragment {
  const total = (of: (fragment: SqlFragment) => number): number =>
    fragments.reduce((sum, fragment) => sum + of(fragment), 0);
  return {
    role,
    features: fragments.flatMap((fragment) => fragment.features),
    conditions: total((fragment) => fragment.conditions),
    ors: total((fragment) => fragment.ors),
    likes: total((fragment) => fragment.likes),
    aggregates: total((fragment) => fragment.aggregates),
    nested: total((fragment) => fragment.nested),
    lookups: fragments.flatMap((fragment) => fragment.lookups),
    sources: uniqueSources(fragments.flatMap((fragment) => fragment.sources)),
    model: fragments.find((fragment) => fragment.model !== null)?.model ?? null,
    column: fragments.find((fragment) => fragment.column !== null)?.column ?? null,
    target: fragments.find((fragment) => fragment.target !== null)?.target ?? null,
  };
}

export function uniqueSources(sources: readonly FromItem[]): FromItem[] {
  return sources.filter((source, index) => sources.findIndex((other) => other.key === source.key) === index);
}
