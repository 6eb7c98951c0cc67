// SQL that psycopg puts together from parts, each quoted as what it is: nothing formatted into it can be more than that.
// Source: "sql – SQL string composition", psycopg 2.9 and 3.2.
import { constantText, text } from "../../atoms.ts";
import { placesOf, type TextPlace, textOf } from "../../text-place.ts";
import { type TextAtom, UNKNOWN, type Value } from "../../value.ts";
import type { CallContext, MethodCall } from "../call-context.ts";
import { textMethod } from "../text-method.ts";

const COMPOSABLE = /^psycopg2?\.sql\.(SQL|Identifier|Literal|Placeholder|Composed)$/;

/** A part of a statement by the class of `psycopg.sql` that makes it; null for other names. */
export function composedSql(name: string, call: CallContext): Value | null {
  const [first = UNKNOWN] = call.args;
  switch (COMPOSABLE.exec(name)?.[1]) {
    case "SQL":
      return [composed(first)];
    case "Identifier":
      return [composed([nameOf(call.args)])];
    case "Literal":
      return [composed(text("%s"))];
    case "Placeholder":
      return [composed(text(placeholder(first, call.args.length)))];
    case "Composed":
      return [together(first, text(""))];
    default:
      return null;
  }
}

/** A method of such a part; null for methods that it does not have. */
export function composedMethod(receiver: TextAtom, call: MethodCall): Value | null {
  switch (call.name) {
    case "format": {
      const isFormatted = isInterpolated([[receiver], ...call.args, ...call.keywords.values()]);
      return textMethod(receiver, call).map((atom) => composed([atom], isFormatted));
    }
    case "join":
      return [together(call.args[0] ?? UNKNOWN, [receiver])];
    case "as_string":
    case "as_bytes":
      return [receiver];
    default:
      return null;
  }
}

/** The text of a value as a part of a statement; text that is not known is quoted like the rest. */
function composed(value: Value, interpolated = isInterpolated([value])): TextAtom {
  const [atom] = value;
  const parts = atom?.kind === "text" ? atom.parts : [null];
  return { ...textOf(parts, placesOf(atom), interpolated), isComposed: true };
}

function isInterpolated(values: readonly Value[]): boolean {
  return values.flat().some((atom) => atom.kind === "text" && atom.interpolated);
}

/** `Identifier("public", "book")` is `"public"."book"`. */
function nameOf(names: readonly Value[]): TextAtom {
  const parts: (string | null)[] = [];
  const places: TextPlace[] = [];
  for (const [index, name] of names.entries()) {
    const known = constantText(name);
    if (index > 0) parts.push(".");
    parts.push(known === null ? null : `"${known}"`);
  }
  return textOf(parts, places, false);
}

/** `Placeholder("title")` is `%(title)s`. */
function placeholder(name: Value, given: number): string {
  const known = given === 0 ? null : constantText(name);
  return known === null ? "%s" : `%(${known})s`;
}

/** Known parts with what stands between them; of parts by the number that only a run tells, one. */
function together(items: Value, between: Value): TextAtom {
  const [list] = items;
  // `Placeholder() * 3` is one part already.
  if (list?.kind === "text") return composed([list]);
  if (list?.kind !== "sequence" || items.length > 1) return composed(UNKNOWN);
  const told = list.items ?? [list.element];
  const texts = told.flatMap((item, index) => (index === 0 ? [item] : [between, item]));
  const parts = texts.flatMap(([atom]) => (atom?.kind === "text" ? atom.parts : [null]));
  const places = texts.flatMap(([atom]) => placesOf(atom));
  return composed([textOf(parts, places, isInterpolated(texts))]);
}
