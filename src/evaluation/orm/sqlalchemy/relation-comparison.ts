// Comparing a relation: `User.addresses == None` asks whether there are rows, where the other side holds the key. Source:
// RelationshipProperty.Comparator of SQLAlchemy's documentation.
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import { EMPTY_FRAGMENT, type SqlFragment } from "../../sql-fragment.ts";
import type { Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { mappedAttribute } from "./mapped-class.ts";
import { goesThroughTable } from "./source-function.ts";

/** The condition of `relation == value` or `!=`; null where the relation's own key is compared. */
export function relationComparison(
  frame: Frame,
  operator: string,
  values: readonly Value[],
  at: number,
): SqlFragment | null {
  if (operator !== "==" && operator !== "!=") return null;
  const relation = values.flat().find((atom) => atom.kind === "sql" && atom.fragment.role === "relation");
  if (relation?.kind !== "sql") return null;
  return absence(relation.fragment, operator === "==" ? values : null, lineIn(frame.module, at));
}

/**
 * EXISTS or NOT EXISTS over a relation whose key lies on the other side; null for one with its key here. Compared for
 * equality with a row, not with None, such a relation is no question of existence: `equals` are the operands then.
 */
function absence(relation: SqlFragment, equals: readonly Value[] | null, line: number): SqlFragment | null {
  const sides = relation.relation;
  if (sides === undefined || !(sides.isMany || sides.isOtherSide)) return null;
  if (equals !== null && !equals.some(isNone)) return null;
  return existence(relation, relation.sources, line);
}

/** `filter_by(addresses=None)`: as `User.addresses == None`; null for a row, or a relation whose key lies here. */
export function relationFilter(
  world: World,
  frame: Frame,
  model: SqlFragment["model"],
  column: string,
  value: Value,
  line: number,
): SqlFragment | null {
  if (model === null || typeof model === "string" || !isNone(value)) return null;
  const relation = mappedAttribute(world, model, column, frame.fn);
  if (relation?.kind !== "relationship") return null;
  return absence({ ...EMPTY_FRAGMENT, role: "relation", model, column, relation }, [value], line);
}

/** A subquery over the rows of a relation, as a condition. */
export function existence(relation: SqlFragment, sources: SqlFragment["sources"], line: number): SqlFragment {
  const names = ["exists", "subquery", ...(goesThroughTable(relation) ? ["join"] : [])];
  return {
    ...EMPTY_FRAGMENT,
    role: "condition",
    features: names.map((name) => ({ name, line })),
    conditions: 1,
    nested: 1,
    model: relation.model,
    column: relation.column,
    sources,
  };
}

/** None, or SQL's NULL. */
function isNone(value: Value): boolean {
  return value.some(
    (atom) =>
      (atom.kind === "constant" && atom.text === "None") ||
      (atom.kind === "sql" && atom.fragment.role === "null"),
  );
}
