// A function entered with literals is a function of its own: branches that those shut are not reached, and what it calls with
// the same names is entered with them too.
import type { InternalCall } from "../../evaluation/events.ts";
import { type CodeRange, keptThroughout } from "../../evaluation/follow-body.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import { isShut, shutBy } from "../../evaluation/shut-branches.ts";
import type { Constants } from "../../evaluation/test-truth.ts";
import { type Caller, constantArguments } from "../../evaluation/written-call.ts";
import type { Edge } from "./call-graph.ts";
import type { WorkIn } from "./database-work.ts";
import { keywordsPassed, spreadKeywords, spreadName } from "./spread-keywords.ts";

export interface CallsAndWork {
  readonly edges: Map<FunctionInfo, Edge[]>;
  readonly work: readonly WorkIn[];
  /** The literals that names of a function hold throughout. */
  readonly constantsOf: (fn: FunctionInfo) => Constants;
}

/** Code made to have a new case at every call ends here: further calls lead to the functions as they are. */
const MAX_COPIES = 20_000;
const NOTHING: Constants = new Map();

/** A function with what is known as it is entered. */
interface Entered {
  readonly of: FunctionInfo;
  readonly fn: FunctionInfo;
  readonly shut: readonly CodeRange[];
  readonly constants: Constants;
}

/** Leads calls that hand literals over to copies of the functions, without what these do not reach. */
export function narrowCalls(
  edges: ReadonlyMap<FunctionInfo, readonly Edge[]>,
  work: readonly WorkIn[],
): CallsAndWork {
  const workOf = new Map<FunctionInfo, WorkIn[]>();
  for (const one of work) workOf.set(one.fn, [...(workOf.get(one.fn) ?? []), one]);
  const leading = leadingTo(workOf, edges);
  const spreadOf = spreadKeywords(edges);
  const entered = new Map<string, Entered>();
  const enter = ({ call, to }: Edge, around: Constants): FunctionInfo => {
    if (!leading.has(to)) return to;
    const told = toldBy(call, to, { constants: around, spread: spreadIn(spreadOf(call.from.fn), around) });
    const spread = call.written === undefined ? null : spreadOf(to);
    const passed = call.written === undefined ? null : keywordsPassed(to, call.written);
    if (spread !== null && passed !== null) told.set(spreadName(spread.name), [...passed].sort().join(" "));
    const shut = to === call.to ? (call.shut ?? []) : [];
    if (told.size === 0 && shut.length === 0) return to;
    const key = `${to.id} ${shut.join(" ")} ${JSON.stringify([...told])}`;
    const known = entered.get(key);
    if (known !== undefined) return known.fn;
    if (entered.size >= MAX_COPIES) return to;
    const made = {
      of: to,
      fn: { ...to },
      shut: [...shut, ...shutBy(to, told)],
      constants: keptThroughout(to.body, told),
    };
    entered.set(key, made);
    return made.fn;
  };
  const led = new Map(
    [...edges].map(([from, out]) => [from, out.map((edge) => ({ ...edge, to: enter(edge, NOTHING) }))]),
  );
  const more: WorkIn[] = [];
  const constants = new Map<FunctionInfo, Constants>();
  // Calls in the copies lead to further copies, which this loop then comes to.
  for (const one of entered.values()) {
    const { fn, of, shut } = one;
    constants.set(fn, one.constants);
    const open = (edges.get(of) ?? []).filter(({ call: { from } }) => !isShut(shut, from.start));
    led.set(
      fn,
      open.map((edge) => ({ ...edge, to: enter(edge, one.constants) })),
    );
    for (const own of workOf.get(of) ?? []) if (!isShut(shut, workOffset(own))) more.push({ ...own, fn });
  }
  return { edges: led, work: [...work, ...more], constantsOf: (fn) => constants.get(fn) ?? NOTHING };
}

/** What `**kwargs` may give, where the function was entered by a call whose keywords are known. */
function spreadIn(spread: Caller["spread"], around: Constants): Caller["spread"] {
  if (spread === null) return null;
  const passed = around.get(spreadName(spread.name));
  return passed === undefined ? spread : { name: spread.name, keywords: new Set(passed.split(" ")) };
}

/** Literals that names hold as the call enters the function: its parameters', and names of the function around it. */
function toldBy(call: InternalCall, to: FunctionInfo, caller: Caller): Map<string, string> {
  const told = new Map<string, string>();
  const { fn: from } = call.from;
  if (from !== null && isInside(to, from))
    for (const [name, text] of keptThroughout(to.body, caller.constants)) told.set(name, text);
  for (const { name } of to.parameters) told.delete(name);
  if (call.written !== undefined)
    for (const [name, text] of constantArguments(to, call.written, caller)) told.set(name, text);
  return told;
}

/** True for a function that is defined in another, and sees the names of that. */
export function isInside(inner: FunctionInfo, outer: FunctionInfo): boolean {
  return inner.module === outer.module && outer.start < inner.start && inner.end <= outer.end;
}

/** Functions with work of their own, and all that call those. */
function leadingTo(
  workOf: ReadonlyMap<FunctionInfo, unknown>,
  edges: ReadonlyMap<FunctionInfo, readonly Edge[]>,
): ReadonlySet<FunctionInfo> {
  const callers = new Map<FunctionInfo, FunctionInfo[]>();
  for (const [from, out] of edges)
    for (const { to } of out) callers.set(to, [...(callers.get(to) ?? []), from]);
  const found = new Set(workOf.keys());
  for (const fn of found) for (const caller of callers.get(fn) ?? []) found.add(caller);
  return found;
}

/** Where in its file the work stands. */
export function workOffset({ fn, place }: WorkIn): number {
  return (fn.module.facts.lineStarts[place.line - 1] ?? 0) + place.column - 1;
}
