import { externalInstance, instanceOf } from "../atoms.ts";
import type { Frame } from "../frame.ts";
import type { Value } from "../value.ts";
import type { World } from "../world.ts";
import { contribModel } from "./django/contrib-model.ts";
import { managerQuery, unknownRows } from "./django/manager.ts";
import { isDjangoModel } from "./django/model-class.ts";
import { LAZY_COLLECTIONS, SESSION_FACTORIES } from "./sqlalchemy/names.ts";

const DJANGO_ROWS = /^django\.db\.models\.(?:QuerySet|Manager)$/;

/**
 * Generic types of the libraries: `QuerySet[Book]`, `async_sessionmaker[AsyncSession]`, `QuerySet` alone, and models that
 * Django brings; null for others.
 */
export function ormAnnotation(_world: World, frame: Frame, name: string, inner: () => Value): Value | null {
  const contrib = contribModel(name);
  if (contrib !== null) return [instanceOf(contrib)];
  if (!DJANGO_ROWS.test(name)) {
    if (!SESSION_FACTORIES.has(name) && !LAZY_COLLECTIONS.has(name)) return null;
    const made = inner();
    return made.length === 0 ? null : [externalInstance(name, made)];
  }
  const row = inner().find(
    (atom) => atom.kind === "instance" && atom.class !== null && isDjangoModel(atom.class),
  );
  const site = { module: frame.module, fn: frame.fn, start: 0, end: 0 };
  const query =
    row?.kind === "instance" && row.class !== null ? managerQuery(row.class, site, null) : unknownRows(site);
  return [{ kind: "query", query: { ...query, isManager: name.endsWith("Manager") } }];
}
