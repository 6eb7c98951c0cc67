// SQLAlchemy-Continuum: each versioned class has a class of its versions, with a table of its own. What a version says of its
// neighbours and relations it asks the database for. Source: "Versions", "Queries" of SQLAlchemy-Continuum's documentation.
import { instanceOf, sequence } from "../../atoms.ts";
import { type ClassInfo, ownAncestors } from "../../class-info.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import type { Query } from "../../query.ts";
import { type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { type AttributeAccess, accessSite } from "../attribute-access.ts";
import { recordExecution, startQuery } from "../build-query.ts";
import { argument, type CallContext } from "../call-context.ts";
import { sourceOf } from "./entity.ts";
import { mappedAttribute, mappedBy } from "./mapped-class.ts";

const versions = new WeakMap<ClassInfo, ClassInfo>();
const versioned = new WeakMap<ClassInfo, ClassInfo>();

/** `version_class(Article)`; null for other functions. */
export function versionClass(name: string, call: CallContext): Value | null {
  if (!/^sqlalchemy_continuum\.(?:utils\.)?version_class$/.test(name)) return null;
  return argument(call, 0, "model").flatMap((atom) =>
    atom.kind === "class" ? [{ kind: "class", class: versionsOf(atom.class) } as const] : [],
  );
}

function versionsOf(cls: ClassInfo): ClassInfo {
  const known = versions.get(cls);
  if (known !== undefined) return known;
  const name = `${cls.name}Version`;
  const made: ClassInfo = {
    ...cls,
    id: `${cls.id}+version`,
    name,
    qualifiedName: name,
    bases: [[{ kind: "class", class: cls }]],
    frame: { ...cls.frame, environment: new Map() },
    instanceAttributes: new Map(),
    order: null,
    subclasses: [],
  };
  versions.set(cls, made);
  versioned.set(made, cls);
  return made;
}

/** `article.versions`, `version.previous`, `version.author`; null for other attributes, and classes without versions. */
export function versionAttribute(
  world: World,
  frame: Frame,
  atom: InstanceAtom,
  access: AttributeAccess,
): Value | null {
  const { class: cls } = atom;
  if (cls === null) return null;
  if (access.name === "versions") return isVersioned(cls) ? allVersions(cls, frame, access) : null;
  const of = versioned.get(cls);
  if (of === undefined) return null;
  if (/^(?:previous|next|index|changeset)$/.test(access.name)) {
    const one = ask(cls, frame, access, { conditions: 2, limited: true }, ["limit"]);
    run(world, frame, one, access);
    return /^(?:previous|next)$/.test(access.name) ? [instanceOf(cls)] : UNKNOWN;
  }
  const relation = mappedAttribute(world, of, access.name);
  if (relation?.kind !== "relationship" || relation.target === null) return null;
  const target = versionsOf(relation.target);
  const related = relation.isMany
    ? ask(target, frame, access, { conditions: 2, nested: 2 }, [
        "exists",
        "subquery",
        "aggregate",
        "group-by",
      ])
    : ask(target, frame, access, { conditions: 2, nested: 1, limited: true }, [
        "subquery",
        "aggregate",
        "limit",
      ]);
  run(world, frame, related, access);
  return relation.isMany ? [sequence("list", null, [instanceOf(target)])] : [instanceOf(target)];
}

function isVersioned(cls: ClassInfo): boolean {
  return ownAncestors(cls).some(({ frame }) => frame.environment.has("__versioned__"));
}

/** A dynamic collection in the order of the transactions. */
function allVersions(cls: ClassInfo, frame: Frame, access: AttributeAccess): Value {
  const query = ask(versionsOf(cls), frame, access, { conditions: 1, ordered: true }, ["order-by"]);
  return [{ kind: "query", query }];
}

/** A version is the last one up to a transaction: what looks for it compares with the highest of a subquery. */
function ask(
  model: ClassInfo,
  frame: Frame,
  access: AttributeAccess,
  shape: Partial<Query["shape"]>,
  features: readonly string[],
): Query {
  const query = startQuery({
    style: "sqlalchemy-query",
    orm: mappedBy(model) ?? "sqlalchemy-orm",
    layer: "orm",
    model,
    operation: "select",
    site: accessSite(frame, access),
  });
  const line = lineIn(frame.module, access.at);
  return {
    ...query,
    features: features.map((name) => ({ name, line })),
    sources: [sourceOf(model, line)],
    shape: { ...query.shape, ...shape },
    // Relations between versions are none of the loaders of the class itself.
    isWhole: true,
  };
}

function run(world: World, frame: Frame, query: Query, access: AttributeAccess): void {
  recordExecution(world, frame, query, { site: query.site, at: access.at, method: access.name });
}
