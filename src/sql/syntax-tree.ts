// Looking at the grammars' syntax trees, which are untyped data of slightly different shape in each dialect.

export type SqlNode = Readonly<Record<string, unknown>>;

export function isNode(value: unknown): value is SqlNode {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** The nodes of a list; anything else is none. */
export function nodesOf(value: unknown): readonly SqlNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The nodes right below a node, by the keys that are not left out. */
export function childrenOf(node: SqlNode, without: ReadonlySet<string> = new Set()): SqlNode[] {
  return Object.entries(node).flatMap(([key, value]) => {
    if (without.has(key)) return [];
    if (Array.isArray(value)) return value.flat().filter(isNode);
    return isNode(value) ? [value] : [];
  });
}

/** The query that a node is, or holds in parentheses; else null. */
export function queryOf(node: SqlNode): SqlNode | null {
  if (isNode(node.ast)) return node.ast;
  return node.type === "select" ? node : null;
}

/** The words of an operator or keyword, upper case. */
export function wordOf(value: unknown): string {
  return typeof value === "string" ? value.toUpperCase() : "";
}

/** A function's own name, lower case. */
export function functionName(node: SqlNode): string {
  const { name } = node;
  if (typeof name === "string") return name.toLowerCase();
  const last = isNode(name) ? nodesOf(name.name).at(-1)?.value : null;
  return typeof last === "string" ? last.toLowerCase() : "";
}

/** The items of FROM, those of joins in parentheses among them. */
export function fromItems(query: SqlNode): SqlNode[] {
  return nodesOf(query.from).flatMap((item) => {
    const inner = item.expr;
    return isNode(inner) && inner.type === "tables" ? [...nodesOf(inner.expr)] : [item];
  });
}

/** Whether LIMIT is there: some grammars give an empty one where none is written. */
export function hasLimit(query: SqlNode): boolean {
  const limit = query.limit ?? query._limit;
  return isNode(limit) && nodesOf(limit.value).length > 0;
}

/** ORDER BY of a query or of the set operation that it begins. */
export function orderOf(query: SqlNode): readonly SqlNode[] {
  const own = nodesOf(query.orderby);
  return own.length > 0 ? own : nodesOf(query._orderby);
}

export function groupKeys(query: SqlNode): readonly SqlNode[] {
  const group = query.groupby;
  return isNode(group) ? nodesOf(group.columns) : nodesOf(group);
}
