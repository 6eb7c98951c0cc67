// Functions that make what a statement selects from: aliases, polymorphic entities, joins. Source: "ORM Querying Guide",
// "FromClause" and "Using with_polymorphic()" of SQLAlchemy's documentation.
import { sql } from "../../atoms.ts";
import { type Feature, siteKey } from "../../query.ts";
import { EMPTY_FRAGMENT, type FromItem, type SqlFragment, uniqueSources } from "../../sql-fragment.ts";
import type { Atom, Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { argument, type CallContext } from "../call-context.ts";
import { entityFragment, mappedClass } from "./entity.ts";
import { hasTable, subclassesOf } from "./entity-load.ts";

/** `aliased(…)`, `alias(…)`, `with_polymorphic(…)`, `join(…)`, `outerjoin(…)`; null for other functions. */
export function sourceFunction(world: World, name: string, call: CallContext, line: number): Value | null {
  switch (name) {
    case "sqlalchemy.orm.aliased":
    case "sqlalchemy.alias":
      return argument(call, 0, "element").map((atom) =>
        aliasOf(atom, argument(call, 1, "alias"), call, line),
      );
    case "sqlalchemy.orm.with_polymorphic":
      return argument(call, 0, "base").map((atom) => polymorphic(world, atom, call, line));
    case "sqlalchemy.join":
    case "sqlalchemy.outerjoin":
    case "sqlalchemy.orm.join":
    case "sqlalchemy.orm.outerjoin": {
      const [left = [], ...others] = call.args;
      const from = left.map((atom) => entityFragment(atom, line)).find((one) => one !== null);
      if (from === undefined || from === null) return null;
      return sql(joined(from, { ...call, args: others }, name.endsWith("outerjoin"), line));
    }
    default:
      return null;
  }
}

/** A second name of a class or table: a source of its own, of the rows of what it is told to stand for. */
export function aliasOf(atom: Atom, given: Value, { site }: Pick<CallContext, "site">, line: number): Atom {
  const stands = given.find((one) => one.kind === "sql");
  const source = stands?.kind === "sql" ? stands.fragment.sources[0] : undefined;
  if (mappedClass(atom) !== null && atom.kind === "class")
    return { ...atom, alias: source ?? { key: siteKey(site), line, features: atom.alias?.features ?? [] } };
  const fragment = entityFragment(atom, line);
  if (fragment?.role !== "table") return atom;
  const features = fragment.sources.flatMap((one) => one.features);
  return { kind: "sql", fragment: { ...fragment, sources: [{ key: siteKey(site), line, features }] } };
}

/** A class with the tables of subclasses, each joined from outside. */
function polymorphic(world: World, atom: Atom, call: CallContext, line: number): Atom {
  if (atom.kind !== "class") return atom;
  const named = argument(call, 1, "classes").flatMap((one) =>
    one.kind === "sequence" ? one.element : [one],
  );
  const listed = named.flatMap((one) => (one.kind === "class" ? [one.class] : []));
  const isAll = named.some((one) => one.kind === "text");
  const tables = (isAll ? subclassesOf(world, atom.class) : listed).filter((one) => hasTable(world, one));
  const features: Feature[] = tables.length > 0 ? [{ name: "outer-join", line }] : [];
  return { ...atom, alias: { key: siteKey(call.site), line, features, tables: tables.length } };
}

/** `left.join(right, onclause)`: what the ON clause compares is no condition of the statement. */
export function joined(
  left: SqlFragment,
  call: Pick<CallContext, "args" | "keywords">,
  isOuter: boolean,
  line: number,
): SqlFragment {
  const right = argument(call, 0, "right")
    .map((atom) => entityFragment(atom, line))
    .find((one) => one !== null);
  const onclause = argument(call, 1, "onclause").find((atom) => atom.kind === "sql");
  const isNamedOuter = ["isouter", "full"].some((name) =>
    (call.keywords.get(name) ?? []).some((atom) => atom.kind === "constant" && atom.text === "True"),
  );
  const between = onclause?.kind === "sql" && goesThroughTable(onclause.fragment) ? 1 : 0;
  const sources: readonly FromItem[] = right?.sources ?? [];
  const known = left.joins ?? { keys: [], tables: 0 };
  return {
    ...EMPTY_FRAGMENT,
    role: "table",
    model: left.model,
    features: [
      ...left.features,
      ...(right?.features ?? []),
      { name: isOuter || isNamedOuter ? "outer-join" : "join", line },
    ],
    sources: uniqueSources([...left.sources, ...sources]),
    joins: {
      keys: [...known.keys, ...(right?.joins?.keys ?? []), ...sources.map(({ key }) => key)],
      tables: known.tables + 1 + between + (right?.joins?.tables ?? 0),
    },
  };
}

/** `with_parent(user, User.keywords)`: one relation's rows of an instance, found through the table between if there is one. */
export function parentCondition(relation: Value, line: number): SqlFragment {
  const found = relation.find((atom) => atom.kind === "sql");
  if (found?.kind !== "sql") return { ...EMPTY_FRAGMENT, role: "condition", conditions: 1 };
  if (!goesThroughTable(found.fragment)) return { ...EMPTY_FRAGMENT, role: "condition", conditions: 1 };
  return {
    ...EMPTY_FRAGMENT,
    role: "condition",
    conditions: 2,
    sources: [tableBetween(found.fragment, line)],
  };
}

/** The table between the two sides of a relation of many to many. */
export function tableBetween({ column, model }: SqlFragment, line: number): FromItem {
  const owner = model === null || typeof model === "string" ? "" : model.id;
  return { key: `${owner}.${column} through`, line, features: [] };
}

/** True for a relation of many to many: its rows are found through a table of their own. */
export function goesThroughTable({ relation, role }: SqlFragment): boolean {
  return role === "relation" && relation?.isThroughTable === true;
}
