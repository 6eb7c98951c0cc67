import type { ClassStatement } from "../model/code.ts";
import { externalName } from "./external-name.ts";
import type { Frame } from "./frame.ts";
import type { ModuleInfo } from "./module-info.ts";
import type { Value } from "./value.ts";

/** A class of the repository. */
export interface ClassInfo {
  readonly id: string;
  readonly name: string;
  readonly qualifiedName: string;
  readonly module: ModuleInfo;
  readonly statement: ClassStatement;
  /** Its bases, evaluated where the class stands. */
  readonly bases: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  readonly decorators: readonly Value[];
  readonly frame: Frame;
  /** What methods assign to `self`, joined. */
  readonly instanceAttributes: Map<string, Value>;
  /** Method resolution order, made on first use: classes of the repository and names of external ones. */
  order: readonly (ClassInfo | string)[] | null;
  /** Direct subclasses in the repository, filled as they are met. */
  readonly subclasses: ClassInfo[];
}

/**
 * The class, then its bases, depth first and each once at its last place: Python's order for the layouts met in practice.
 * External bases appear by name and end their branch.
 */
export function resolutionOrder(of: ClassInfo): readonly (ClassInfo | string)[] {
  if (of.order !== null) return of.order;
  of.order = [of];
  const order: (ClassInfo | string)[] = [];
  for (const base of of.bases) {
    for (const atom of base) {
      if (atom.kind === "class") order.push(...resolutionOrder(atom.class));
      else if (atom.kind === "external") order.push(atom.name);
      else {
        const name = externalName(atom);
        if (name !== null) order.push(name);
      }
    }
  }
  // Each where it stands last: a base comes after all that descend from it.
  const last = new Set(order.reverse());
  last.delete(of);
  of.order = [of, ...[...last].reverse()];
  return of.order;
}

/** Names of all external classes it descends from. */
export function externalAncestors(of: ClassInfo): readonly string[] {
  return ancestorsOf(of).external;
}

/** Classes of the repository in its resolution order, itself first. */
export function ownAncestors(of: ClassInfo): readonly ClassInfo[] {
  return ancestorsOf(of).own;
}

interface Ancestors {
  readonly external: readonly string[];
  readonly own: readonly ClassInfo[];
}

/** By resolution order: every call of a method asks what its receiver descends from. */
const ancestors = new WeakMap<readonly (ClassInfo | string)[], Ancestors>();

function ancestorsOf(of: ClassInfo): Ancestors {
  const order = resolutionOrder(of);
  const known = ancestors.get(order);
  if (known !== undefined) return known;
  const made: Ancestors = {
    external: order.filter((entry): entry is string => typeof entry === "string"),
    own: order.filter((entry): entry is ClassInfo => typeof entry !== "string"),
  };
  ancestors.set(order, made);
  return made;
}
