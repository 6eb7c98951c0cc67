// Spider's counts of a statement, from its syntax tree (taoyds/spider, evaluation.py: count_component1, count_component2,
// count_others; without its slips of counting NOT, and the words between HAVING's conditions, as aggregates).
import { AGGREGATES } from "./aggregates.ts";
import type { SqlComponents } from "./sql-facts.ts";
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

export function treeComponents(tree: SqlNode): SqlComponents {
  const { values } = tree;
  if (tree.type === "insert" || tree.type === "replace") {
    const source = isNode(values) ? queryOf(values) : null;
    return source === null ? { one: 0, two: 0, others: 0 } : treeComponents(source);
  }
  const branches = branchesOf(tree);
  // ORDER BY and LIMIT of a set operation hang on its last branch or on the whole.
  const order = branches.map(orderOf).find((keys) => keys.length > 0) ?? [];
  const where = isNode(tree.where) ? [tree.where] : [];
  const having = isNode(tree.having) ? [tree.having] : [];
  const items = fromItems(tree);
  const keys = groupKeys(tree);
  const columns = tree.type === "select" ? nodesOf(tree.columns) : [];
  const on = items.flatMap((item) => (isNode(item.on) ? [item.on] : []));
  const conditions = [...on, ...where, ...having];
  const tables = items.length + (tree.type === "update" ? nodesOf(tree.table).length : 0);
  const parts = conditions.flatMap(shallow);
  const operators = parts.map(({ operator }) => wordOf(operator));
  const one =
    where.length +
    Number(keys.length > 0) +
    Number(order.length > 0) +
    Number(branches.some(hasLimit)) +
    Math.max(0, tables - 1) +
    operators.filter((operator) => operator === "OR").length +
    operators.filter((operator) => /^(?:NOT )?(?:I?LIKE|GLOB)$/.test(operator)).length;
  const aggregates = [...columns, ...where, ...keys, ...order, ...having]
    .flatMap(shallow)
    .filter(isAggregate);
  const others =
    Number(aggregates.length > 1) +
    Number(columns.length > 1) +
    Number(where.some((condition) => countConditions(condition) > 1)) +
    Number(keys.length > 1);
  const nested = parts.filter((node) => queryOf(node) !== null).length;
  return { one, two: branches.length - 1 + nested, others };
}

/** A query and what set operations add to it. */
function branchesOf(query: SqlNode): SqlNode[] {
  const branches = [query];
  for (let next = query._next; isNode(next); next = next._next) branches.push(next);
  return branches;
}

/** A node and what is under it; a query is given, what is in it is not. */
function shallow(node: SqlNode): SqlNode[] {
  const found: SqlNode[] = [];
  const stack = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    found.push(next);
    if (queryOf(next) === null) stack.push(...childrenOf(next));
  }
  return found;
}

function isAggregate(node: SqlNode): boolean {
  if (isNode(node.over)) return false;
  return node.type === "aggr_func" || (node.type === "function" && AGGREGATES.has(functionName(node)));
}

/** How many single conditions AND and OR join. */
function countConditions(condition: SqlNode): number {
  let count = 0;
  const stack = [condition];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const operator = wordOf(next.operator);
    const { left, right, expr } = next;
    if ((operator === "AND" || operator === "OR") && isNode(left) && isNode(right)) stack.push(left, right);
    else if (operator === "NOT" && isNode(expr)) stack.push(expr);
    else if (functionName(next) === "not" && isNode(next.args)) stack.push(...nodesOf(next.args.value));
    else count += 1;
  }
  return count;
}
