// The features of a statement, from its syntax tree.
import { AGGREGATES } from "./aggregates.ts";
import {
  childrenOf,
  fromItems,
  functionName,
  groupKeys,
  hasLimit,
  isNode,
  nodesOf,
  orderOf,
  queryOf,
  type SqlNode,
  wordOf,
} from "./syntax-tree.ts";

/** What a query is to the one that holds it. */
type Place = "top" | "from" | "cte" | "branch" | "rows" | "nested";

/** Names that the tree decides: tokens that look like one of these and are not in the tree are not it. */
export const TREE_FEATURES: ReadonlySet<string> = new Set(
  `join outer-join group-by having order-by limit distinct distinct-on window cte recursive-cte set-operation subquery exists
  derived-table lateral aggregate conditional returning upsert insert-from-select update-from values`.split(
    /\s+/,
  ),
);

const CLAUSES: ReadonlySet<string> = new Set(["with", "from", "_next", "ast"]);

/** The names of TREE_FEATURES that a statement has. */
export function treeFeatures(tree: SqlNode): ReadonlySet<string> {
  const found = new Set<string>();
  const stack: (readonly [SqlNode, Place])[] = [[tree, "top"]];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [node, place] = next;
    if (isNode(node.ast)) {
      stack.push([node.ast, place]);
      continue;
    }
    const isQuery = queryOf(node) !== null;
    if (isQuery && place === "nested") found.add("subquery");
    if (isQuery && place === "from") found.add("derived-table");
    for (const name of isQuery || place === "top" ? clauseFeatures(node) : expressionFeatures(node))
      found.add(name);
    for (const cte of nodesOf(node.with)) if (isNode(cte.stmt)) stack.push([cte.stmt, "cte"]);
    for (const item of nodesOf(node.from)) {
      for (const child of childrenOf(item)) stack.push([child, child === item.expr ? "from" : "nested"]);
    }
    if (isNode(node._next)) stack.push([node._next, "branch"]);
    for (const child of childrenOf(node, CLAUSES)) {
      stack.push([child, node.type === "insert" && child === node.values ? "rows" : "nested"]);
    }
  }
  return found;
}

function clauseFeatures(node: SqlNode): string[] {
  const values = node.values;
  const distinct = isNode(node.distinct) ? wordOf(node.distinct.type) : wordOf(node.distinct);
  const items = fromItems(node);
  const [, ...others] = items;
  const with_ = nodesOf(node.with);
  const told: readonly (readonly [string, boolean])[] = [
    ["group-by", groupKeys(node).length > 0],
    ["having", isNode(node.having)],
    ["order-by", orderOf(node).length > 0],
    ["limit", hasLimit(node)],
    ["distinct", distinct.startsWith("DISTINCT")],
    ["distinct-on", distinct === "DISTINCT ON"],
    ["set-operation", node.set_op !== undefined && node.set_op !== null],
    ["cte", with_.length > 0],
    ["recursive-cte", with_.some(({ recursive }) => recursive === true)],
    ["returning", isNode(node.returning)],
    ["upsert", isNode(node.conflict) || isNode(node.on_duplicate_update)],
    ["insert-from-select", node.type === "insert" && isNode(values) && queryOf(values) !== null],
    ["update-from", node.type === "update" && items.length > 0],
    ["lateral", items.some(({ prefix }) => wordOf(prefix) === "LATERAL")],
    ["values", items.some(({ expr }) => isNode(expr) && expr.type === "values")],
    ["outer-join", others.some(isOuterJoin)],
    ["join", others.some((item) => !isOuterJoin(item))],
  ];
  return told.filter(([, is]) => is).map(([name]) => name);
}

function isOuterJoin({ join }: SqlNode): boolean {
  return /LEFT|RIGHT|FULL/.test(wordOf(join));
}

function expressionFeatures(node: SqlNode): string[] {
  const isWindowed = isNode(node.over);
  switch (node.type) {
    case "case":
      return ["conditional"];
    case "window_func":
      return ["window"];
    case "aggr_func":
      return [isWindowed ? "window" : "aggregate"];
    case "function": {
      const name = functionName(node);
      if (isWindowed) return ["window"];
      if (name === "exists") return ["exists"];
      return AGGREGATES.has(name) ? ["aggregate"] : [];
    }
    case "unary_expr":
      return /EXISTS$/.test(wordOf(node.operator)) ? ["exists"] : [];
    default:
      return [];
  }
}
