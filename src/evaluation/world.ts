import type { Expr } from "../model/code.ts";
import type { ModuleTable } from "../project/module-table.ts";
import type { ClassInfo } from "./class-info.ts";
import type { Recorder } from "./events.ts";
import type { FunctionInfo } from "./function-info.ts";
import type { ModuleInfo } from "./module-info.ts";
import type { InstanceAtom, Value } from "./value.ts";

/** Everything evaluation knows and finds out about a repository. */
export interface World {
  readonly table: ModuleTable;
  readonly modules: ReadonlyMap<string, ModuleInfo>;
  /** By id, in the order met. */
  readonly classes: Map<string, ClassInfo>;
  readonly functions: Map<string, FunctionInfo>;
  readonly recorder: Recorder;
  /** Functions in which a value may be more statements than are followed, or which give statements in more ways. */
  readonly cut: Set<FunctionInfo>;
  /** Statements evaluated so far; past the bound of call-function.ts, calls are no longer looked into. */
  steps: number;
  /**
   * How deep the lowest call stands whose result is missing in what is being evaluated: of the function that calls itself, zero
   * where calls are too deep, NO_CUT where nothing is missing.
   */
  lowestCut: number;
  /** Modules whose top level is being evaluated: what they bind is not all there yet. */
  openModules: number;
  /** Calls that stand for a dependency, `Depends(get_session)`, whose result is being worked out. */
  readonly openDependencies: Set<Expr>;
  /** Names set on modules from outside so far: `settings.engine = …`. */
  moduleWrites: number;
  /** Functions to evaluate again because more is known of their parameters. */
  readonly stale: Set<FunctionInfo>;
  /** Classes by "app_label.ModelName" in lower case, and by name alone; filled when all modules are evaluated. */
  readonly modelsByLabel: Map<string, ClassInfo>;
  /** Reverse accessors of relations by the id of the class they appear on. */
  readonly reverseRelations: Map<string, Map<string, ReverseRelation>>;
  /** What frameworks let code add to request objects: Pyramid's `config.add_request_method(f, "dbsession")`. */
  readonly requestAttributes: Map<string, Value>;
  /** What code sets on objects that frameworks keep for a request or application: "g.db", "request.state.session". */
  readonly shared: Map<string, Value>;
  /** Classes by name, in the order of their modules' paths, then those that functions define. */
  readonly classesByName: Map<string, readonly ClassInfo[]>;
  /** True once the classes of all modules are in the indices; later ones are added as they are met. */
  isIndexed: boolean;
  /** What `backref=` adds to mapped classes, by the id of the class it appears on. */
  readonly backReferences: Map<string, Map<string, BackReference>>;
  /** Models that use a manager or queryset class, by that class's id. */
  readonly managerUsers: Map<string, readonly ClassInfo[]>;
  /** "app.User" of AUTH_USER_MODEL, or null. */
  authUserModel: string | null;
}

/** The other side of a relationship that names it by `backref=`. */
export interface BackReference {
  readonly target: ClassInfo;
  /** The relation that names it. */
  readonly attribute: string;
  /** The call that configures it, `backref("items", lazy="joined")`; null where it is only named. */
  readonly made: InstanceAtom | null;
}

/** `author.book_set`: what a relation declared elsewhere adds to the class it points to. */
export interface ReverseRelation {
  readonly source: ClassInfo;
  readonly field: string;
  readonly isMany: boolean;
  readonly isManyToMany: boolean;
  /** The name that lookups use: `filter(book__title=…)`. */
  readonly queryName: string;
}

export const NO_CUT = Number.POSITIVE_INFINITY;
