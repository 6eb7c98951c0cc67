import { constantText } from "../atoms.ts";
import { placeAfter, placesOf, type TextPlace, textOf } from "../text-place.ts";
import type { Atom, TextAtom, Value } from "../value.ts";
import { UNKNOWN } from "../value.ts";
import type { MethodCall } from "./call-context.ts";

/** `"…".format(…)`, `.join(…)` and harmless methods of strings: what is constant stays, the rest is unknown text. */
export function textMethod(text: TextAtom, call: MethodCall): Value {
  switch (call.name) {
    case "format":
    case "format_map":
      return [formatted(text, call)];
    case "join":
      return [joined(text, call.args[0] ?? UNKNOWN)];
    case "strip":
    case "lstrip":
    case "rstrip":
    case "lower":
    case "upper":
    case "encode":
      return [text];
    case "replace":
      return [{ ...text, interpolated: text.interpolated || constantText(call.args[1] ?? UNKNOWN) === null }];
    default:
      return UNKNOWN;
  }
}

const PLACEHOLDER = /^(?:%s|%\(\w*|\?|:\w*|\$\w*)/;

/** `", ".join(…)`: of known texts their text, of placeholders (`["%s"] * len(rows)`) one of them, else text that is not known. */
function joined(separator: TextAtom, items: Value): TextAtom {
  const [list, ...more] = items;
  if (list?.kind === "sequence" && more.length === 0) {
    const known = list.items?.map((item) => constantText(item));
    const between = constantText([separator]);
    if (between !== null && known?.every((item) => item !== null))
      return { kind: "text", parts: [known.join(between)], interpolated: false };
    const [one, ...others] = list.element;
    if (one?.kind === "text" && others.length === 0 && PLACEHOLDER.test(one.parts[0] ?? "")) return one;
  }
  return { kind: "text", parts: [null], interpolated: items.some(isInterpolated) };
}

function isInterpolated(atom: Atom): boolean {
  if (atom.kind === "text") return atom.interpolated;
  return atom.kind === "sequence" ? atom.element.some(isInterpolated) : atom.kind !== "constant";
}

function formatted(text: TextAtom, call: MethodCall): Atom {
  let interpolated = text.interpolated;
  let next = 0;
  const parts: (string | null)[] = [];
  const places: TextPlace[] = [];
  const origins = placesOf(text);
  const add = (piece: string | null, place: TextPlace): void => {
    parts.push(piece);
    places.push(place);
  };
  for (const [index, part] of text.parts.entries()) {
    let place = origins[index] ?? null;
    for (const piece of part?.split(/(\{[^{}]*\})/) ?? [null]) {
      const field = /^\{(\w*)[^}]*\}$/.exec(piece ?? "");
      if (piece === null || field === null) {
        add(piece, place);
        place = placeAfter(place, piece ?? "");
        continue;
      }
      const name = field[1] ?? "";
      const value =
        name === ""
          ? call.args[next]
          : /^\d+$/.test(name)
            ? call.args[Number(name)]
            : call.keywords.get(name);
      if (name === "") next += 1;
      const [only] = value ?? UNKNOWN;
      if (only?.kind === "text") {
        interpolated ||= only.interpolated;
        parts.push(...only.parts);
        places.push(...placesOf(only));
      } else if (only?.kind === "constant") add(only.text, null);
      else {
        // `{kind.OPEN.value}` of a class is the code's own, whatever it is.
        interpolated ||= only?.kind !== "class" || !/^\{\w+\./.test(piece);
        add(null, null);
      }
    }
  }
  return textOf(parts, places, interpolated);
}
