// What one call of a function tells of its tests: `if save:` where the call says `save=False`, or leaves the default `None`;
// `if self.user:` where the method that calls this one has tested it already.
import type { CallExpr, Expr } from "../model/code.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../text/visit-code.ts";
import { type Flow, followBody } from "./follow-body.ts";
import type { Frame } from "./frame.ts";
import type { FunctionInfo } from "./function-info.ts";
import { resultNames } from "./result-names.ts";
import { selfName, steadyAttributes } from "./steady-attributes.ts";
import { type Constants, keyOf, testsOf } from "./test-truth.ts";
import type { World } from "./world.ts";
import { constantArguments, type WrittenCall } from "./written-call.ts";

const NONE: ReadonlySet<string> = new Set();
const NOTHING: Constants = new Map();
/** No function that somebody wrote has more flags: more is made to exhaust the analysis. */
const MAX_TOLD = 100;
/** What is tested or handed on, and what was found out before, of functions that were called. */
const known = new WeakMap<FunctionInfo, CalledFunction>();

interface CalledFunction extends AskedNames {
  /** By what is told. */
  readonly flows: Map<string, ToldFlow>;
  /** By calls that tell nothing but literals and defaults: these say the same each time. */
  readonly byCall: Map<CallExpr, { readonly hasReceiver: boolean; readonly flow: ToldFlow | null }>;
}

/** How a function runs in one call, and what of the call that depends on; "" where nothing was told. */
export interface ToldFlow extends Flow {
  readonly key: string;
}

/** How a function runs when a frame calls it like this; null where the call tells nothing. */
export function flowOfCall(
  world: World,
  fn: FunctionInfo,
  frame: Frame,
  written: WrittenCall | undefined,
): ToldFlow | null {
  if (written === undefined || !world.isIndexed) return null;
  const own = frame.fn === null ? null : (frame.flow ?? flowOf(frame.fn, NOTHING));
  const here = own?.calls.get(written.expr) ?? NOTHING;
  if (here.size === 0 && written.objects.size === 0) return flowOfLiterals(fn, written);
  const constants = constantArguments(fn, written, { constants: here, spread: null });
  return telling(flowOf(fn, new Map([...constants, ...toldOfSelf(fn, frame, written.expr, here)])));
}

function flowOfLiterals(fn: FunctionInfo, written: WrittenCall): ToldFlow | null {
  const { byCall } = calledFunction(fn);
  const { expr, hasReceiver } = written;
  const found = byCall.get(expr);
  if (found?.hasReceiver === hasReceiver) return found.flow;
  const flow = telling(flowOf(fn, constantArguments(fn, written, null)));
  byCall.set(expr, { hasReceiver, flow });
  return flow;
}

function telling(flow: ToldFlow): ToldFlow | null {
  const isTelling = flow.truths.size > 0 || flow.calls.size > 0;
  return flow.key !== "" && isTelling ? flow : null;
}

/** What the calling method knows of its own object, by the name that the called method has for that. */
function toldOfSelf(
  fn: FunctionInfo,
  frame: Frame,
  { callee }: CallExpr,
  here: Constants,
): readonly (readonly [key: string, text: string])[] {
  const [own, its] = [selfName(frame.fn), selfName(fn)];
  if (own === null || its === null || callee.kind !== "attribute") return [];
  const { base } = callee;
  const isSuper = base.kind === "call" && keyOf(base.callee) === "super";
  if (!isSuper && keyOf(base) !== own) return [];
  const prefix = `${own}.`;
  return [...here].flatMap(([key, text]) =>
    key.startsWith(prefix) ? [[`${its}.${key.slice(prefix.length)}`, text] as const] : [],
  );
}

/** How a function runs when its names hold these as it begins. */
export function flowOf(fn: FunctionInfo, constants: Constants): ToldFlow {
  const { flows, handedOn, tested } = calledFunction(fn);
  // A text is as a rule a value, not a choice, to what is called with it: each would be a way of its own.
  const isAsked = (name: string, text: string): boolean =>
    name.includes(".") || tested.has(name) || (!text.startsWith('"') && handedOn.has(name));
  const asked = [...constants].filter(([name, text]) => isAsked(name, text));
  const told = asked.length > MAX_TOLD ? [] : asked;
  const key = told.length === 0 ? "" : JSON.stringify(told);
  const found = flows.get(key) ?? { ...followBody(fn.body, fn.end, new Map(told), steadyIn(fn)), key };
  flows.set(key, found);
  return found;
}

function calledFunction(fn: FunctionInfo): CalledFunction {
  const found = known.get(fn);
  if (found !== undefined) return found;
  const made = { ...namesAsked(fn), flows: new Map(), byCall: new Map() };
  known.set(fn, made);
  return made;
}

function steadyIn(fn: FunctionInfo): ReadonlySet<string> {
  const self = selfName(fn);
  if (self === null || fn.owner === null) return NONE;
  return new Set([...steadyAttributes(fn.owner)].map((name) => `${self}.${name}`));
}

interface AskedNames {
  /** Names that some test of the body asks about. */
  readonly tested: ReadonlySet<string>;
  /** Names that the body hands on to what makes its result, where they may be asked about. */
  readonly handedOn: ReadonlySet<string>;
}

function namesAsked(fn: FunctionInfo): AskedNames {
  const tested = new Set<string>();
  const given = new Set<string>();
  const noteIn =
    (names: Set<string>) =>
    (part: Expr): void => {
      if (part.kind === "name") names.add(part.id);
    };
  visitStatements(fn.body, (statement) => {
    for (const test of testsOf(statement)) visitExpressions(test, noteIn(tested));
    for (const expr of expressionsOf(statement))
      visitExpressions(expr, (part) => {
        if (part.kind !== "call") return;
        for (const value of [...part.args, ...part.keywords.map((keyword) => keyword.value)])
          noteIn(given)(value);
      });
  });
  const telling = resultNames(fn);
  return { tested, handedOn: new Set([...given].filter((name) => telling.has(name))) };
}
