import type { Expr } from "../model/code.ts";
import type { ClassInfo } from "./class-info.ts";
import type { LazyRead } from "./events.ts";
import type { Flow } from "./follow-body.ts";
import type { FunctionInfo } from "./function-info.ts";
import type { ModuleInfo } from "./module-info.ts";
import { type Atom, UNKNOWN, type Value } from "./value.ts";

/** A name imported from a module of the repository, looked up when it is used: import cycles then resolve by themselves. */
export interface LazyImport {
  readonly lazy: true;
  readonly module: ModuleInfo;
  readonly name: string;
  /** What it was found to be, and how many names had been set on modules from outside by then. */
  found?: { readonly value: Value; readonly moduleWrites: number };
}
export type Binding = Value | LazyImport;

export function isLazy(binding: Binding): binding is LazyImport {
  return !Array.isArray(binding);
}
export type Environment = Map<string, Binding>;

/** The evaluation of one block of code: a module, class body or function in one context. */
export interface Frame {
  readonly kind: "module" | "class" | "function";
  readonly module: ModuleInfo;
  readonly fn: FunctionInfo | null;
  readonly class: ClassInfo | null;
  /** Where names not found here are looked up; class bodies are skipped, as in Python. */
  readonly parent: Frame | null;
  /** Changed by bind() only, once evaluation has begun. */
  readonly environment: Environment;
  /** What the names that were bound since the last split of control flow were before it. */
  undo?: Map<string, Binding | undefined> | undefined;
  readonly receiver: Atom | null;
  /** How many calls were entered to get here without a recorded pass of their own. */
  readonly depth: number;
  /** True in the pass that records what the code does; false while a call is looked into for its result only. */
  readonly isRecording: boolean;
  /** True where the code runs in a thread of its own, off the event loop. */
  readonly isThreaded: boolean;
  /** True in work that an AsyncSession runs by run_sync(): lazy loading is possible there. */
  readonly isGreenlet?: boolean;
  /** What reading attributes of given instances would load, in a call that is looked into for its result only. */
  readonly reads?: LazyRead[] | undefined;
  /** Which way tests go, in a call that is looked into for its result only and tells that. */
  readonly flow?: Flow;
  loopDepth: number;
  /** How many parts of expressions hold this one that may be left out: arms of a conditional, later operands of `and`. */
  armDepth?: number;
  returns: Value;
  yields: Value;
  /** True once control cannot reach the next statement of the block. */
  hasLeft: boolean;
}

/** Binds a name, and notes what it was. */
export function bind({ environment, undo }: Frame, name: string, binding: Binding): void {
  if (undo !== undefined && !undo.has(name)) undo.set(name, environment.get(name));
  environment.set(name, binding);
}

/** Which way a test goes in this call, or null. A pass that records what code does takes every way. */
export function toldTruth(frame: Frame, test: Expr): boolean | null {
  return frame.flow?.truths.get(test) ?? null;
}

export function isInAsync(frame: Frame): boolean {
  return frame.fn?.isAsync ?? false;
}

/** The frame of a module's top level, but for the module: the two point to each other. */
export function topLevelFrame(): Omit<Frame, "module"> {
  return {
    kind: "module",
    fn: null,
    class: null,
    parent: null,
    environment: new Map(),
    receiver: null,
    depth: 0,
    isRecording: false,
    isThreaded: false,
    loopDepth: 0,
    returns: UNKNOWN,
    yields: UNKNOWN,
    hasLeft: false,
  };
}
