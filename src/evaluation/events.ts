// What the evaluated code does that signals care about. Events are kept by place, so that evaluating a function twice
// records it once.

import type { ClassInfo } from "./class-info.ts";
import type { CodeRange } from "./follow-body.ts";
import type { FunctionInfo } from "./function-info.ts";
import { type Query, type Site, siteKey } from "./query.ts";
import type { Atom, Value } from "./value.ts";
import type { WrittenCall } from "./written-call.ts";

/** A statement sent to the database, or a coroutine made that will send it once awaited. */
export interface Execution {
  query: Query;
  readonly site: Site;
  /** Offset of the token that executes: the method's name, the iterated expression. */
  readonly at: number;
  /** "count", "iteration", "execute", … */
  readonly method: string;
  /** Triggers (iteration, len, bool) run a lazily built statement; calls run it by name. */
  readonly isTrigger: boolean;
  kind: "sync" | "awaited" | "unawaited";
  readonly isThreaded: boolean;
  readonly isInAsync: boolean;
  readonly isInLoop: boolean;
  /** True where the session or connection may be a synchronous or an asynchronous one. */
  isMixed?: boolean;
}

/** A call of something outside the repository whose name is known. */
export interface ExternalCall {
  /** "fastapi.FastAPI", or "flask.Flask.route" for a method of an instance. */
  readonly name: string;
  readonly site: Site;
  readonly at: number;
  readonly args: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** What the method belongs to; null for functions and classes. */
  readonly receiver: Atom | null;
}

/** A call from one function of the repository to another. */
export interface InternalCall {
  readonly from: Site;
  readonly to: FunctionInfo;
  readonly isThreaded: boolean;
  readonly isAwaited: boolean;
  /** True where a generator made by the function is iterated, which is when its body runs. */
  readonly isIterated?: boolean;
  /** True where a statement that the caller built, and nothing has run, is among the arguments. */
  readonly givesQuery?: boolean;
  /** True where a statement that the caller itself was given is among the arguments. */
  readonly handsOnQuery?: boolean;
  /** How many methods of libraries the call may be instead: the receiver is one of several things. */
  readonly others?: number;
  /** The call's arguments as they are written, where they are its own. */
  readonly written?: WrittenCall;
  /** Code of the function that this call cannot reach, whatever its arguments. */
  readonly shut?: readonly CodeRange[];
}

/** A coroutine used as if it had been awaited: an attribute of it is read, it is indexed or iterated. */
export interface Misuse {
  readonly site: Site;
  readonly execution: Execution;
}

/** Why reading an attribute is a query. */
export type LazyReadReason = "relation" | "deferred" | "expired" | "rolled-back";

/** The read of an attribute that the statement which gave the instance did not load. */
export interface LazyRead {
  readonly site: Site;
  readonly at: number;
  readonly model: ClassInfo;
  readonly attribute: string;
  readonly library: "django" | "sqlalchemy";
  /** True for rows of an AsyncSession. */
  readonly isAsync: boolean;
  readonly reason: LazyReadReason;
  /** False for what a commit expired where it is not known how the session was made. */
  readonly isCertain: boolean;
  /** For a call that hands the instance to functions which read it: the functions on the way, and the read itself. */
  readonly through?: { readonly path: readonly string[]; readonly site: Site; readonly at: number };
}

export interface Recorder {
  readonly executions: Map<string, Execution>;
  readonly built: Map<string, Query>;
  /** Sites of steps that were continued, executed or taken into another statement. */
  readonly consumed: Set<string>;
  readonly externalCalls: Map<string, ExternalCall>;
  readonly internalCalls: Map<string, InternalCall>;
  readonly misused: Map<string, Misuse>;
  readonly lazyReads: Map<string, LazyRead>;
}

export function createRecorder(): Recorder {
  return {
    executions: new Map(),
    built: new Map(),
    consumed: new Set(),
    externalCalls: new Map(),
    internalCalls: new Map(),
    misused: new Map(),
    lazyReads: new Map(),
  };
}

export function recordBuilt(recorder: Recorder, query: Query): void {
  if (query.isManager) return;
  const key = siteKey(query.site);
  const known = recorder.built.get(key);
  if (known === undefined || tellsMore(query, known)) recorder.built.set(key, query);
}

/** Of two statements that one place makes, the one whose model is known stands for it, then the one of more features, then the later one. */
export function tellsMore(query: Query, known: Query): boolean {
  if ((query.model === null) !== (known.model === null)) return known.model === null;
  return known.features.length <= query.features.length;
}
