import { constantText } from "../atoms.ts";
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
      return [{ kind: "text", parts: [null], interpolated: call.args.flat().some(isInterpolated) }];
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

function isInterpolated(atom: Atom): boolean {
  if (atom.kind === "text") return atom.interpolated;
  return atom.kind === "sequence" ? atom.element.some(isInterpolated) : atom.kind !== "constant";
}

function formatted(text: TextAtom, call: MethodCall): Atom {
  let interpolated = text.interpolated;
  let next = 0;
  const parts = text.parts.flatMap((part): (string | null)[] => {
    if (part === null) return [null];
    return part.split(/(\{[^{}]*\})/).flatMap((piece): (string | null)[] => {
      const field = /^\{(\w*)[^}]*\}$/.exec(piece);
      if (field === null) return [piece];
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
        return [...only.parts];
      }
      if (only?.kind === "constant") return [only.text];
      interpolated = true;
      return [null];
    });
  });
  return { kind: "text", parts, interpolated };
}
