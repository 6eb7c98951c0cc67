// What `options(...)` says about attributes. Read from the code, because a chain of loaders names one attribute a link.
import type { CallExpr, Expr } from "../../../model/code.ts";
import { visitExpressions } from "../../../text/visit-code.ts";

export interface LoaderOptions {
  /** Attribute names that are loaded, whichever entity they belong to; "*" where an option could not be read. */
  readonly loaded: readonly string[];
  readonly deferred: readonly string[];
  /** The only columns that are loaded, besides primary keys; null where no option limits them. */
  readonly only: readonly string[] | null;
}

/**
 * Options that leave attributes out or change nothing about when they load. What raiseload() and noload() name never queries:
 * for that matter it is as good as loaded.
 */
const WITHOUT_LOADING = /^(?:defer|lazyload|with_loader_criteria)$/;
/** SQLAlchemy's own options. What another function gives, one of the project say, may load anything. */
const LOADERS =
  /^(?:joinedload|selectinload|subqueryload|immediateload|lazyload|contains_eager|defaultload|raiseload|raiseload_sql|noload|load_only|defer|undefer|undefer_group|selectin_polymorphic|with_expression|with_loader_criteria|with_polymorphic|options|Load)$/;

/** The options among these expressions. */
export function readLoaderOptions(options: readonly Expr[]): LoaderOptions {
  const loaded: string[] = [];
  const deferred: string[] = [];
  const only: string[] = [];
  for (const option of options) {
    const calls = option.kind === "list" || option.kind === "tuple" ? option.items : [option];
    for (const call of calls) {
      if (call.kind !== "call") loaded.push("*");
      else readOption(call, { loaded, deferred, only });
    }
  }
  return { loaded, deferred, only: only.length > 0 && !only.includes("*") ? only : null };
}

/** One chain: `selectinload(Order.items).joinedload(Item.product)`. */
function readOption(
  option: CallExpr,
  { loaded, deferred, only }: { loaded: string[]; deferred: string[]; only: string[] },
): void {
  let link = option;
  for (;;) {
    const { callee }: CallExpr = link;
    const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
    if (!LOADERS.test(name)) loaded.push("*");
    const attributes = name === "options" ? [] : link.args.map(attributeName);
    // Options of the related entity: its columns are none of the row's own.
    if (name === "options")
      for (const inner of link.args)
        if (inner.kind === "call") readOption(inner, { loaded, deferred, only: [] });
        else loaded.push("*");
    else if (name === "defer" || name === "lazyload") deferred.push(...attributes);
    // Below another loader it limits that relation's columns, not the row's own.
    else if (name === "load_only" && link === option && !isChained(option)) only.push(...attributes);
    else if (!WITHOUT_LOADING.test(name)) loaded.push(...attributes);
    if (callee.kind !== "attribute" || callee.base.kind !== "call") return;
    link = callee.base;
  }
}

function isChained({ callee }: CallExpr): boolean {
  return callee.kind === "attribute" && callee.base.kind === "call";
}

/** "items" of `Order.items` and `Order.items.of_type(Gift)`; "*" where no attribute stands. */
function attributeName(expr: Expr): string {
  let found = "*";
  visitExpressions(expr, (part) => {
    if (part.kind === "attribute" && part.name !== "of_type" && part.name !== "and_" && found === "*")
      found = part.name;
  });
  return found;
}
