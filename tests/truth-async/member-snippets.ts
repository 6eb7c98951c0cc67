// Snippets for the public members of a library's classes, as introspection found them.
import { compareText } from "../../src/text/compare-text.ts";
import type { Parameter, Snippet } from "./snippet.ts";

/** What a member is: a plain callable, one that gives a coroutine, an asynchronous generator, or an attribute. */
export type MemberKind = "call" | "coroutine" | "asyncgen" | "value";
export type Members = Readonly<Record<string, Readonly<Record<string, MemberKind>>>>;

/** How the members of one class are used. */
export interface Subject {
  readonly name: string;
  /** The class among the introspected ones; several subjects may use the same. */
  readonly of: string;
  readonly receiver: string;
  readonly setup: readonly string[];
  readonly within?: string;
  readonly parameters: readonly Parameter[];
  /** Arguments of members that need some. */
  readonly arguments: Readonly<Record<string, string>>;
  /** Members that no application calls, and why. */
  readonly leftOut: Readonly<Record<string, string>>;
}

/** One snippet a member, sorted. A member that only newer versions have is there when they were looked at. */
export function memberSnippets(subject: Subject, members: Members): Snippet[] {
  const found = members[subject.of];
  if (found === undefined) throw new Error(`introspection knows no ${subject.of}`);
  const { name, parameters, receiver, setup, within } = subject;
  return Object.entries(found)
    .filter(([member]) => subject.leftOut[member] === undefined)
    .sort(([left], [right]) => compareText(left, right))
    .map(([member, kind]) => ({
      id: `${name}.${member}`,
      subject: name,
      setup,
      parameters,
      ...(within !== undefined && { within }),
      ...use(kind, `${receiver}.${member}`, argumentsOf(subject, member)),
    }));
}

function argumentsOf({ arguments: known }: Subject, member: string): string {
  return known[member] ?? (member.startsWith("a") ? known[member.slice(1)] : undefined) ?? "";
}

function use(kind: MemberKind, member: string, given: string): Pick<Snippet, "kind" | "lines"> {
  switch (kind) {
    case "value":
      return { kind: "sync", lines: [member] };
    case "call":
      return { kind: "sync", lines: [`${member}(${given})`] };
    case "coroutine":
      return { kind: "awaitable", lines: [`${member}(${given})`] };
    case "asyncgen":
      return { kind: "async", lines: [`async for _ in ${member}(${given}):`, "    pass"] };
  }
}
