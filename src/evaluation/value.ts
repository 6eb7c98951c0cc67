// What an expression may evaluate to. A value is a small set of atoms, each one possible kind of thing; the empty set means
// that nothing is known. Joining is optimistic: what is known on one path is kept when another path is unknown, since the
// question is what the code may do to a database, not what it must.
import type { CallExpr } from "../model/code.ts";
import type { ClassInfo } from "./class-info.ts";
import type { Execution } from "./events.ts";
import type { FetchOrigin } from "./fetch-origin.ts";
import type { FunctionInfo } from "./function-info.ts";
import type { ModuleInfo } from "./module-info.ts";
import type { Query } from "./query.ts";
import type { FromItem, SqlFragment } from "./sql-fragment.ts";
import type { TextPlace } from "./text-place.ts";

export type Value = readonly Atom[];

/** Nothing is known. */
export const UNKNOWN: Value = [];

/** A symbol outside the repository, by its dotted name. */
export interface ExternalAtom {
  readonly kind: "external";
  readonly name: string;
}
export interface ModuleAtom {
  readonly kind: "module";
  readonly module: ModuleInfo;
}
/** A folder without `__init__.py`, imported as a package. */
export interface NamespaceAtom {
  readonly kind: "namespace";
  readonly folder: string;
}
export interface ClassAtom {
  readonly kind: "class";
  readonly class: ClassInfo;
  /** What its rows come from where that is not its own table: `aliased(Node)`, `aliased(User, subquery)`. */
  readonly alias?: FromItem;
}
export interface FunctionAtom {
  readonly kind: "function";
  readonly fn: FunctionInfo;
  /** What `self` or `cls` is bound to, for a method taken from an instance or class. */
  readonly receiver: Atom | null;
}
/** How an instance was made; kept so that a field's or column's arguments can be read later. */
export interface Construction {
  readonly call: CallExpr;
  readonly module: ModuleInfo;
  readonly args: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
}
/** An object of a class of the repository, or of an external class known by name. */
export interface InstanceAtom {
  readonly kind: "instance";
  readonly class: ClassInfo | null;
  readonly external: string | null;
  readonly construction: Construction | null;
  /** What it holds, yields or is parametrised with: rows of a result, elements of a field, the class of a sessionmaker. */
  readonly element: Value;
  /** What is in memory of it, for a row that a statement gave. */
  readonly origin?: FetchOrigin;
  /** Of a session that a `with` statement opened: the offset of that statement's context. */
  readonly openedAt?: number;
}
/** A string; null parts are unknown text. */
export interface TextAtom {
  readonly kind: "text";
  readonly parts: readonly (string | null)[];
  /** True where a value that is not a constant of the code was formatted into it. */
  readonly interpolated: boolean;
  /** Where each part was written; left out for a text that no one asks (a single word). */
  readonly places?: readonly TextPlace[];
  /** True for a part of a statement that a library made, and quotes what it is put together with. */
  readonly isComposed?: true;
}
export interface ConstantAtom {
  readonly kind: "constant";
  readonly text: string;
}
export interface SequenceAtom {
  readonly kind: "sequence";
  readonly of: "list" | "tuple" | "set" | "generator";
  /** Each element where the length is known, else null. */
  readonly items: readonly Value[] | null;
  readonly element: Value;
  /** The generator function whose body runs when this is iterated. */
  readonly generator?: FunctionInfo;
}
export interface MappingAtom {
  readonly kind: "mapping";
  readonly entries: ReadonlyMap<string, Value>;
  readonly element: Value;
}
/** An attribute of something external: a method not yet called, or data whose type is not known. */
export interface MethodAtom {
  readonly kind: "method";
  readonly receiver: Atom;
  readonly name: string;
  /** Offset of the attribute's name, where evidence points. */
  readonly at: number;
}
export interface SuperAtom {
  readonly kind: "super";
  readonly class: ClassInfo;
  readonly receiver: Atom;
}
/** A type expression such as `Annotated[Session, Depends(get_db)]`: what an instance of it is. */
export interface TypeAtom {
  readonly kind: "type";
  readonly instance: Value;
}
/** A coroutine: what awaiting it gives, and the query executions that happen only if it is awaited. */
export interface AwaitableAtom {
  readonly kind: "awaitable";
  readonly value: Value;
  readonly executions: readonly Execution[];
}
/** What a context manager gives on entry. */
export interface ContextAtom {
  readonly kind: "context";
  readonly entered: Value;
  /** The session whose transaction ends, with a commit, where the block is left. */
  readonly commits?: Atom;
}
/** A callable that runs another in a thread, as `sync_to_async(f)` makes. */
export interface ThreadedAtom {
  readonly kind: "threaded";
  readonly callee: Value;
}
export interface PartialAtom {
  readonly kind: "partial";
  readonly callee: Value;
  readonly args: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
}
export interface LambdaAtom {
  readonly kind: "lambda";
  readonly fn: FunctionInfo;
}
/** A statement being built, or a manager from which one can be. */
export interface QueryAtom {
  readonly kind: "query";
  readonly query: Query;
}
/** A part of a statement: a column, condition, aggregate, Q, F, … */
export interface SqlAtom {
  readonly kind: "sql";
  readonly fragment: SqlFragment;
}

export type Atom =
  | ExternalAtom
  | ModuleAtom
  | NamespaceAtom
  | ClassAtom
  | FunctionAtom
  | InstanceAtom
  | TextAtom
  | ConstantAtom
  | SequenceAtom
  | MappingAtom
  | MethodAtom
  | SuperAtom
  | TypeAtom
  | AwaitableAtom
  | ContextAtom
  | ThreadedAtom
  | PartialAtom
  | LambdaAtom
  | QueryAtom
  | SqlAtom;
