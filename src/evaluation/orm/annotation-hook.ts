import { externalInstance } from "../atoms.ts";
import type { Frame } from "../frame.ts";
import type { Value } from "../value.ts";
import type { World } from "../world.ts";
import { managerQuery } from "./django/manager.ts";
import { isDjangoModel } from "./django/model-class.ts";
import { SESSION_FACTORIES } from "./sqlalchemy/names.ts";

/** Generic types of the libraries: `QuerySet[Book]`, `async_sessionmaker[AsyncSession]`; null for others. */
export function ormAnnotation(_world: World, frame: Frame, name: string, inner: () => Value): Value | null {
  if (SESSION_FACTORIES.has(name)) return [externalInstance(name, inner())];
  if (!/^django\.db\.models\.(?:QuerySet|Manager)$/.test(name)) return null;
  const row = inner().find(
    (atom) => atom.kind === "instance" && atom.class !== null && isDjangoModel(atom.class),
  );
  if (row?.kind !== "instance" || row.class === null) return null;
  const site = { module: frame.module, fn: frame.fn, start: 0, end: 0 };
  const query = managerQuery(row.class, site, null);
  return [{ kind: "query", query: { ...query, isManager: name.endsWith("Manager") } }];
}
