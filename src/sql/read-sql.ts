// What SQL text does. Where a grammar reads a statement, its tree decides; what it cannot read (a vendor's syntax, text with
// unknown parts) is read by tokens, which also tell where things stand.
import { parseableText } from "./parseable-text.ts";
import { readTokens } from "./read-tokens.ts";
import type { SqlComponents, SqlFacts, SqlFeature } from "./sql-facts.ts";
import type { SqlParser } from "./sql-parser.ts";
import { type SqlToken, tokenize } from "./sql-tokens.ts";
import { fromItems, isNode, nodesOf, type SqlNode } from "./syntax-tree.ts";
import { treeComponents } from "./tree-components.ts";
import { TREE_FEATURES, treeFeatures } from "./tree-features.ts";

/**
 * Reads one or several statements; of several, the first that is about rows gives operation and table, and the most
 * complex one the counts. Null when the text does not begin as a statement does.
 *
 * @param parse left out, tokens alone are read.
 */
export function readSql(text: string, parse: SqlParser | null = null): SqlFacts | null {
  const [first, ...rest] = statementsOf(tokenize(text)).map((tokens) => readStatement(tokens, text, parse));
  if (first === undefined || first === null) return null;
  const all = [first, ...rest.filter((facts) => facts !== null)];
  const main = all.find(({ operation }) => operation !== "ddl" && operation !== "commit") ?? first;
  const components = all.map((facts) => facts.components).reduce(harder);
  return { ...main, features: all.flatMap(({ features }) => features), components };
}

function statementsOf(tokens: readonly SqlToken[]): SqlToken[][] {
  const statements: SqlToken[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "end") statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter(({ length }) => length > 0);
}

function harder(left: SqlComponents, right: SqlComponents): SqlComponents {
  const order = right.two - left.two || right.one - left.one || right.others - left.others;
  return order > 0 ? right : left;
}

const PARSED = /^(?:select|insert|upsert|update|delete)$/;

function readStatement(tokens: readonly SqlToken[], text: string, parse: SqlParser | null): SqlFacts | null {
  const facts = readTokens(tokens);
  if (facts === null || parse === null || !PARSED.test(facts.operation)) return facts;
  const written = parseableText(tokens, text);
  const tree = written === null ? null : parse(written);
  if (!isNode(tree) || !/^(?:select|insert|replace|update|delete)$/.test(String(tree.type))) return facts;
  const at = tokens[0]?.at ?? 0;
  return {
    ...facts,
    table: tableOf(tree) ?? facts.table,
    features: mergeFeatures(facts.features, treeFeatures(tree), at),
    components: treeComponents(tree),
  };
}

/** What the tree says there is, where tokens say it stands. */
function mergeFeatures(
  fromTokens: readonly SqlFeature[],
  fromTree: ReadonlySet<string>,
  fallback: number,
): SqlFeature[] {
  const kept = fromTokens.filter(({ name }) => !TREE_FEATURES.has(name) || fromTree.has(name));
  const missing = [...fromTree].filter((name) => !kept.some((feature) => feature.name === name));
  return [...kept, ...missing.map((name) => ({ name, at: fallback }))];
}

function tableOf(tree: SqlNode): string | null {
  const [item] = tree.type === "select" ? fromItems(tree) : nodesOf(tree.table);
  const table = item?.table;
  return typeof table === "string" && table !== "" ? table : null;
}
