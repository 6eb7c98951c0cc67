// Calls outside the repository that ask for the rows of a lazily built statement handed to them. Which ones do is read in the
// documentation and code of Python's library, unittest and Django.
import type { CallExpr, Expr } from "../../model/code.ts";
import type { Frame } from "../frame.ts";
import type { Atom, Value } from "../value.ts";
import type { World } from "../world.ts";
import type { CallContext } from "./call-context.ts";
import { triggerQueries } from "./trigger.ts";

/** Places of the arguments that are used, and the use, as trigger.ts names it. */
type Uses = readonly (readonly [place: number, use: string])[];

const FIRST: Uses = [[0, "iteration"]];
const BOTH: Uses = [
  [0, "iteration"],
  [1, "iteration"],
];

const FUNCTIONS = new Map<string, Uses>([
  ["collections.Counter", FIRST],
  ["collections.OrderedDict", FIRST],
  ["collections.deque", FIRST],
  ["builtins.dict.fromkeys", FIRST],
  ["copy.copy", [[0, "copying"]]],
  ["django.core.serializers.serialize", [[1, "iteration"]]],
  ["functools.reduce", [[1, "iteration"]]],
  ["itertools.groupby", FIRST],
  ["itertools.islice", FIRST],
  ["itertools.product", BOTH],
  ["pandas.DataFrame", FIRST],
  ["pandas.DataFrame.from_records", FIRST],
  ["pickle.dump", [[0, "copying"]]],
  ["pickle.dumps", [[0, "copying"]]],
  ["random.choice", [[0, "indexing"]]],
  ["random.sample", FIRST],
  ["statistics.mean", FIRST],
  ["statistics.median", FIRST],
]);

/** Methods of unittest's and Django's test cases; their names are theirs alone among methods of a test case. */
const ASSERTIONS = new Map<string, Uses>([
  ["assertCountEqual", BOTH],
  ["assertItemsEqual", BOTH],
  ["assertQuerySetEqual", BOTH],
  ["assertQuerysetEqual", BOTH],
  ["assertSequenceEqual", BOTH],
  ["assertIn", [[1, "membership test"]]],
  ["assertNotIn", [[1, "membership test"]]],
  ["assertTrue", [[0, "truth test"]]],
  ["assertFalse", [[0, "truth test"]]],
]);

/** Methods of texts and collections. */
const COLLECTION_METHODS = new Map<string, Uses>([
  ["extend", FIRST],
  ["fromkeys", FIRST],
  ["join", FIRST],
  ["update", FIRST],
]);

/** Django's functions that render a template at once; where the context stands among their arguments. */
const RENDERERS = new Map([
  ["django.shortcuts.render", 2],
  ["django.template.loader.render_to_string", 1],
  ["django.template.Template.render", 0],
]);

/** A call with the names that its callee goes by outside the repository. */
export interface NamedCall {
  readonly atom: Atom;
  readonly call: CallContext;
  readonly names: readonly string[];
}

/** Records what a call runs by using its arguments. */
export function useArguments(world: World, frame: Frame, { atom, call, names }: NamedCall): void {
  const { expr } = call;
  if (expr.kind !== "call") return;
  for (const [place, use] of usesOf(atom, names)) {
    const value = call.args[place];
    const argument = expr.args[place];
    if (value !== undefined && argument !== undefined)
      triggerQueries(world, frame, value, argument, use, { at: call.site.start });
  }
  for (const name of names) {
    const place = RENDERERS.get(name);
    if (place !== undefined)
      renderContext(world, frame, call.args[place] ?? call.keywords.get("context") ?? [], expr);
  }
}

function usesOf(atom: Atom, names: readonly string[]): Uses {
  if (atom.kind === "method" && /^(?:text|sequence|mapping)$/.test(atom.receiver.kind))
    return COLLECTION_METHODS.get(atom.name) ?? [];
  for (const name of names) {
    const known = FUNCTIONS.get(name) ?? (isTestCase(name) ? ASSERTIONS.get(lastPart(name)) : undefined);
    if (known !== undefined) return known;
  }
  return [];
}

function isTestCase(name: string): boolean {
  return /^(?:unittest|django\.test|django_webtest|rest_framework\.test|asynctest|twisted\.trial|test_plus)\b/.test(
    name,
  );
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** A template that is given a queryset shows its rows: rendering is taken to run what stands in the context. */
function renderContext(world: World, frame: Frame, context: Value, call: CallExpr): void {
  const place: Expr = call;
  for (const atom of context) {
    // `Context({"books": books})` holds the mapping it was made from.
    if (atom.kind === "instance" && /^django\.template\.(?:Request)?Context$/.test(atom.external ?? ""))
      renderContext(world, frame, (atom.construction?.args ?? []).flat(), call);
    if (atom.kind !== "mapping") continue;
    for (const value of atom.entries.values()) triggerQueries(world, frame, value, place, "iteration");
  }
}
