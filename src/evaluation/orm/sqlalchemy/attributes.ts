// Attributes of mapped classes, their instances, tables and expressions; of the Flask extension and of sessions.
import { external, externalInstance, instanceOf, isInstanceOf, sequence, sql } from "../../atoms.ts";
import { type ClassInfo, externalAncestors, ownAncestors } from "../../class-info.ts";
import { type Frame, isLazy } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import { EMPTY_FRAGMENT } from "../../sql-fragment.ts";
import { type Atom, type ClassAtom, type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { type AttributeAccess, accessSite } from "../attribute-access.ts";
import { startQuery } from "../build-query.ts";
import { attributeExpression } from "./attribute-expression.ts";
import { sourceOf, tableName } from "./entity.ts";
import { type MappedOrm, mappedAttribute, mappedBy } from "./mapped-class.ts";
import { ASYNC_CONNECTIONS, ASYNC_SESSIONS, FLASK_EXTENSION, SESSIONS } from "./names.ts";
import { queryClassOf } from "./query-class.ts";

/** `User.name`, `User.orders`, `User.query`, `User.__table__`; null where Python's own rules answer. */
export function mappedClassAttribute(
  world: World,
  frame: Frame,
  atom: ClassAtom,
  access: AttributeAccess,
): Value | null {
  const { alias, class: cls } = atom;
  const orm = mappedBy(cls);
  if (access.name === "metadata") return classMetadata(cls);
  if (orm === null) return null;
  const line = lineIn(frame.module, access.at);
  if (access.name === "query" && mappedAttribute(world, cls, "query") === null)
    return orm === "flask-sqlalchemy" || hasQueryProperty(cls)
      ? [modelQuery(world, frame, cls, orm, access)]
      : null;
  if (access.name === "__table__" || access.name === "__mapper__")
    return sql({ ...EMPTY_FRAGMENT, role: "table", model: cls, sources: [sourceOf(cls, line)] });
  if (access.name === "c" || access.name === "columns") return null;
  const attribute = mappedAttribute(world, cls, access.name, frame.fn);
  const sources = [alias ?? sourceOf(cls, line)];
  const expression =
    attribute?.kind === "relationship" ? null : attributeExpression(world, frame, atom, access);
  if (expression !== null) return sql({ ...expression, model: cls, column: access.name, sources });
  if (attribute === null) return null;
  return sql({
    ...EMPTY_FRAGMENT,
    ...(attribute.kind === "relationship" ? { role: "relation", relation: attribute } : { role: "column" }),
    model: cls,
    column: access.name,
    target: attribute.target,
    sources,
  });
}

/** The metadata of a declarative class, unless the code sets it itself. */
function classMetadata(cls: ClassInfo): Value | null {
  if (ownAncestors(cls).some(({ frame }) => frame.environment.has("metadata"))) return null;
  const isModel = mappedBy(cls) !== null || externalAncestors(cls).includes("sqlmodel.SQLModel");
  return isModel ? [externalInstance("sqlalchemy.MetaData")] : null;
}

/** `Base.query = session.query_property()` gives every mapped class a query. */
function hasQueryProperty(cls: ClassInfo): boolean {
  const chain = [cls, ...(cls.order ?? [])].filter((entry): entry is ClassInfo => typeof entry !== "string");
  return chain.some((ancestor) => {
    const assigned = ancestor.instanceAttributes.get("query") ?? UNKNOWN;
    const declared = ancestor.frame.environment.get("query") ?? UNKNOWN;
    const values = isLazy(declared) ? assigned : [...assigned, ...declared];
    return values.some(
      (atom) => atom.kind === "instance" && atom.external === "sqlalchemy.orm.query_property",
    );
  });
}

function modelQuery(
  world: World,
  frame: Frame,
  cls: ClassInfo,
  orm: MappedOrm,
  access: AttributeAccess,
): Atom {
  const site = accessSite(frame, access);
  const query = startQuery({
    style: "sqlalchemy-query",
    orm,
    layer: "orm",
    model: cls,
    operation: "select",
    site,
    isManager: true,
    class: queryClassOf(world, cls),
  });
  return { kind: "query", query: { ...query, sources: [sourceOf(cls, lineIn(frame.module, access.at))] } };
}

/** An instance's relationships; its columns tell nothing. Null for other names. */
export function mappedInstanceAttribute(
  world: World,
  frame: Frame,
  cls: ClassInfo,
  access: AttributeAccess,
): Value | null {
  if (mappedBy(cls) === null) return null;
  const attribute = mappedAttribute(world, cls, access.name);
  if (attribute === null) return null;
  if (attribute.kind === "column" || attribute.target === null) return UNKNOWN;
  if (attribute.lazy === "dynamic" || attribute.lazy === "write_only") {
    const orm = mappedBy(attribute.target) ?? "sqlalchemy-orm";
    const site = accessSite(frame, access);
    const query = startQuery({
      // A write-only collection makes statements, and runs none.
      style: attribute.lazy === "write_only" ? "sqlalchemy-select" : "sqlalchemy-query",
      orm,
      layer: "orm",
      model: attribute.target,
      operation: "select",
      site,
      // A dynamic collection is a statement already; a write-only one has to be asked for one.
      isManager: attribute.lazy === "write_only",
    });
    const ordered = attribute.isOrdered ?? false;
    const features = ordered ? [{ name: "order-by", line: lineIn(frame.module, access.at) }] : [];
    return [
      { kind: "query", query: { ...query, features, shape: { ...query.shape, conditions: 1, ordered } } },
    ];
  }
  return attribute.isMany
    ? [sequence("list", null, [instanceOf(attribute.target)])]
    : [instanceOf(attribute.target)];
}

const ORM_NAMES = new Set(
  `Query relationship backref aliased joinedload selectinload subqueryload contains_eager lazyload noload raiseload load_only
  defer undefer synonym column_property deferred dynamic_loader mapped_column Mapped validates reconstructor`.split(
    /\s+/,
  ),
);

/** `db.session`, `db.Model`, `db.Column`, … of a Flask-SQLAlchemy extension object. */
export function flaskExtensionAttribute(atom: InstanceAtom, access: AttributeAccess): Value | null {
  if (!isInstanceOf(atom, FLASK_EXTENSION)) return null;
  switch (access.name) {
    case "session":
      return [externalInstance("sqlalchemy.orm.scoped_session")];
    case "Model":
      return external("flask_sqlalchemy.Model");
    case "engine":
    case "get_engine":
      return [externalInstance("sqlalchemy.engine.Engine")];
    case "metadata":
      return [externalInstance("sqlalchemy.MetaData")];
    case "func":
      return external("sqlalchemy.func");
    default:
  }
  if (
    /^(?:init_app|create_all|drop_all|paginate|get_or_404|first_or_404|one_or_404|reflect|create_session)$/.test(
      access.name,
    )
  )
    return [{ kind: "method", receiver: atom, name: access.name, at: access.at }];
  return external(ORM_NAMES.has(access.name) ? `sqlalchemy.orm.${access.name}` : `sqlalchemy.${access.name}`);
}

/** Attributes of tables, subqueries and expressions: `table.c.name`, `subquery.c.total`, `column.type`. */
export function expressionAttribute(frame: Frame, atom: Atom, access: AttributeAccess): Value | null {
  const line = lineIn(frame.module, access.at);
  if (atom.kind === "sql") {
    const { fragment } = atom;
    if (access.name === "c" || access.name === "columns") return [atom];
    if (fragment.role === "table" && !isMethodName(access.name))
      return sql({
        ...EMPTY_FRAGMENT,
        role: "column",
        model: fragment.model,
        column: access.name,
        sources: fragment.sources,
      });
    if (access.name === "astext")
      return sql({ ...fragment, features: [...fragment.features, { name: "json", line }] });
    return null;
  }
  const table = tableName(atom);
  if (table === null) return null;
  if (access.name !== "c" && access.name !== "columns") return null;
  return sql({ ...EMPTY_FRAGMENT, role: "table", model: table, sources: [sourceOf(table, line)] });
}

/** Methods of tables and subqueries; any other name is a column reached without `.c`. */
function isMethodName(name: string): boolean {
  return /^(?:create|drop|join|outerjoin|alias|select|insert|update|delete|lateral|subquery|tablesample|in_|is_|label|exists|columns|union|union_all|intersect|except_|with_only_columns|table_valued|scalar_subquery|cte|add_columns|data|suffix_with|prefix_with)$/.test(
    name,
  );
}

/** `session.bind`, `async_session.sync_session`: sessions lead to engines and to each other. */
export function sessionAttribute(atom: InstanceAtom, access: AttributeAccess): Value | null {
  const isAsync = isInstanceOf(atom, ASYNC_SESSIONS);
  if (!isAsync && !isInstanceOf(atom, SESSIONS)) {
    if (isInstanceOf(atom, ASYNC_CONNECTIONS) && access.name === "sync_engine")
      return [externalInstance("sqlalchemy.engine.Engine")];
    if (isInstanceOf(atom, ASYNC_CONNECTIONS) && access.name === "sync_connection")
      return [externalInstance("sqlalchemy.engine.Connection")];
    return null;
  }
  if (access.name === "sync_session") return [externalInstance("sqlalchemy.orm.Session")];
  if (access.name === "bind" && !isAsync) return [externalInstance("sqlalchemy.engine.Engine")];
  if (access.name === "registry") return [atom];
  return null;
}
