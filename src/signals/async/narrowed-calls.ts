// A function whose call shuts some of its branches is a function of its own: what stands in those branches is not reached.
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import { isShut } from "../../evaluation/shut-branches.ts";
import type { CodeRange } from "../../evaluation/shut-code.ts";
import type { Edge } from "./call-graph.ts";
import type { WorkIn } from "./database-work.ts";

export interface CallsAndWork {
  readonly edges: Map<FunctionInfo, Edge[]>;
  readonly work: readonly WorkIn[];
}

/** Leads calls that shut branches with work or calls in them to copies of the function without those. */
export function narrowCalls(
  edges: ReadonlyMap<FunctionInfo, readonly Edge[]>,
  work: readonly WorkIn[],
): CallsAndWork {
  const workOf = new Map<FunctionInfo, WorkIn[]>();
  for (const one of work) workOf.set(one.fn, [...(workOf.get(one.fn) ?? []), one]);
  const copies = new Map<
    string,
    { readonly of: FunctionInfo; readonly fn: FunctionInfo; readonly shut: readonly CodeRange[] }
  >();
  const target = ({ call, to }: Edge): FunctionInfo => {
    const shut = to === call.to ? (call.shut ?? []) : [];
    const isInside = (offset: number): boolean => isShut(shut, offset);
    const isNarrower =
      shut.length > 0 &&
      (workOf.get(to)?.some((one) => isInside(offsetOf(one))) ||
        edges.get(to)?.some(({ call: { from } }) => isInside(from.start)));
    if (!isNarrower) return to;
    const key = `${to.id} ${shut.join(" ")}`;
    const known = copies.get(key) ?? { of: to, fn: { ...to }, shut };
    copies.set(key, known);
    return known.fn;
  };
  const led = new Map(
    [...edges].map(([from, out]) => [from, out.map((edge) => ({ ...edge, to: target(edge) }))]),
  );
  const more: WorkIn[] = [];
  for (const { of, fn, shut } of copies.values()) {
    led.set(
      fn,
      (led.get(of) ?? []).filter(({ call: { from } }) => !isShut(shut, from.start)),
    );
    for (const one of workOf.get(of) ?? []) if (!isShut(shut, offsetOf(one))) more.push({ ...one, fn });
  }
  return { edges: led, work: [...work, ...more] };
}

function offsetOf({ fn, place }: WorkIn): number {
  return (fn.module.facts.lineStarts[place.line - 1] ?? 0) + place.column - 1;
}
