import type { Expr, Parameter, Statement } from "../model/code.ts";
import type { ClassInfo } from "./class-info.ts";
import type { LazyRead } from "./events.ts";
import type { Frame } from "./frame.ts";
import type { ModuleInfo } from "./module-info.ts";
import type { Value } from "./value.ts";

/** A function, method or lambda of the repository. */
export interface FunctionInfo {
  /** `path#offset`: unique and stable. */
  readonly id: string;
  readonly name: string;
  /** "Cohort.report", "outer.<locals>.inner" without the marker: names joined by dots. */
  readonly qualifiedName: string;
  readonly module: ModuleInfo;
  readonly start: number;
  readonly end: number;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly isLambda: boolean;
  readonly parameters: readonly Parameter[];
  readonly returnAnnotation: Expr | null;
  readonly body: readonly Statement[];
  readonly owner: ClassInfo | null;
  /** Where its free names are looked up: the frame that last defined it. */
  closure: Frame;
  /** The frame that defined it in the pass that records, which knows all that callers of the function around it pass. */
  recordedClosure: Frame | null;
  readonly decorators: readonly Value[];
  /** Where each decorator's expression starts. */
  readonly decoratorOffsets: readonly number[];
  /** What its decorators are called where they stand, without what they belong to: "cached" of `@tools.cached(60)`. */
  readonly decoratorWords: readonly string[];
  /** External names of its decorators: "builtins.property", "contextlib.contextmanager", … */
  readonly decoratorNames: readonly string[];
  /** What call sites pass, joined over the whole repository. */
  readonly passed: Map<string, Value>;
  /** Parameters for which some call may have a queryset; "*" where a call's arguments cannot all be told apart. */
  readonly filled: Set<string>;
  /** True once a call was seen. */
  isCalled: boolean;
  /** Results by context, so that a helper called a hundred times alike is evaluated once. */
  readonly results: Map<string, Value>;
  /** By the same contexts: reads of attributes that the instances it was given would load. */
  readonly reads: Map<string, readonly LazyRead[]>;
  /** Of results that a bound cut short: how deep their call was, and how deep the lowest call that is missing in them. */
  readonly cuts: Map<string, { readonly depth: number; readonly lowest: number }>;
  /** How deep the call stands that is being evaluated, or null. */
  evaluatedAt: number | null;
  /** How often its body was evaluated so far. */
  evaluations: number;
}
