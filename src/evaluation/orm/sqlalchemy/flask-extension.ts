// Methods of Flask-SQLAlchemy's extension object that run statements themselves.
import { externalInstance, isInstanceOf } from "../../atoms.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import { type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { featureAt, recordExecution, startQuery, stepQuery } from "../build-query.ts";
import { argument, type MethodCall } from "../call-context.ts";
import { fetchedRow } from "../trigger.ts";
import { entityModel } from "./entity.ts";
import { FLASK_EXTENSION } from "./names.ts";

/** `page.next()` and `page.prev()` fetch another page of the same statement; null for other methods. */
export function paginationMethod(
  world: World,
  frame: Frame,
  atom: InstanceAtom,
  call: MethodCall,
): Value | null {
  if (atom.external !== "flask_sqlalchemy.Pagination") return null;
  if (call.name !== "next" && call.name !== "prev") return UNKNOWN;
  const row = atom.element.find((one) => one.kind === "instance");
  const start = startQuery({
    style: "sqlalchemy-select",
    orm: "flask-sqlalchemy",
    layer: "orm",
    model: row?.kind === "instance" ? row.class : null,
    operation: "select",
    site: call.site,
    isHeuristic: true,
  });
  const query = stepQuery(world, frame, start, call.site, {
    features: [featureAt(frame, "limit", call.at)],
    shape: { limited: true },
  });
  recordExecution(world, frame, query, { site: call.site, at: call.at, method: call.name });
  return [atom];
}

export function flaskExtensionMethod(
  world: World,
  frame: Frame,
  atom: InstanceAtom,
  call: MethodCall,
): Value | null {
  if (!isInstanceOf(atom, FLASK_EXTENSION)) return null;
  if (/^(?:create_all|drop_all|reflect)$/.test(call.name)) {
    const start = {
      style: "sqlalchemy-dml",
      orm: "flask-sqlalchemy",
      layer: "core",
      model: null,
      operation: "ddl",
    } as const;
    recordExecution(world, frame, startQuery({ ...start, site: call.site }), {
      site: call.site,
      at: call.at,
      method: call.name,
    });
    return UNKNOWN;
  }
  if (call.name === "create_session") return [externalInstance("sqlalchemy.orm.sessionmaker")];
  if (!/^(?:get_or_404|first_or_404|one_or_404|paginate)$/.test(call.name)) return UNKNOWN;
  const [given] = argument(call, 0, "entity");
  const model = given === undefined ? null : entityModel(given);
  const line = lineIn(frame.module, call.at);
  const found =
    given?.kind === "query"
      ? given.query
      : startQuery({
          style: "sqlalchemy-select",
          orm: "flask-sqlalchemy",
          layer: "orm",
          model,
          operation: "select",
          site: call.site,
        });
  const isPage = call.name === "paginate";
  const shape = isPage
    ? { ...found.shape, limited: true }
    : { ...found.shape, conditions: found.shape.conditions + (call.name === "get_or_404" ? 1 : 0) };
  const features = isPage ? [...found.features, { name: "limit", line }] : found.features;
  const query = { ...found, features, shape };
  recordExecution(world, frame, query, { site: call.site, at: call.at, method: call.name });
  const row = fetchedRow(query);
  return isPage ? [externalInstance("flask_sqlalchemy.Pagination", row)] : row;
}
