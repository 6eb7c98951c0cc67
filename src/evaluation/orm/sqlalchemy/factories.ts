// What makes engines, connections and sessions: create_engine(), sessionmaker() and what calling its result gives.
import { eventParameter } from "../../../knowledge/sqlalchemy-events.ts";
import { constantText, externalInstance, instanceOf, isInstanceOf } from "../../atoms.ts";
import { callValue, constructionOf } from "../../call.ts";
import { externalAncestors } from "../../class-info.ts";
import type { Frame } from "../../frame.ts";
import type { InstanceAtom, Value } from "../../value.ts";
import { UNKNOWN } from "../../value.ts";
import type { World } from "../../world.ts";
import { argument, type CallContext, type MethodCall } from "../call-context.ts";
import { ASYNC_SESSIONS, SESSION_FACTORIES } from "./names.ts";

const MADE = new Map([
  ["sqlalchemy.create_engine", "sqlalchemy.engine.Engine"],
  ["sqlalchemy.engine_from_config", "sqlalchemy.engine.Engine"],
  ["sqlalchemy.ext.asyncio.create_async_engine", "sqlalchemy.ext.asyncio.AsyncEngine"],
  ["sqlalchemy.ext.asyncio.async_engine_from_config", "sqlalchemy.ext.asyncio.AsyncEngine"],
  ["sqlalchemy.orm.create_session", "sqlalchemy.orm.Session"],
  ["sqlalchemy.orm.object_session", "sqlalchemy.orm.Session"],
]);

/** Engines and session factories; null for other names. */
export function sqlalchemyFactory(frame: Frame, name: string, call: CallContext): Value | null {
  const made = MADE.get(name);
  if (made !== undefined) return [externalInstance(made, UNKNOWN, constructionOf(frame, call))];
  if (SESSION_FACTORIES.has(name))
    return [externalInstance(name, sessionClass(frame, name, call), constructionOf(frame, call))];
  if (name === "sqlalchemy.orm.scoped_session" || name === "sqlalchemy.ext.asyncio.async_scoped_session")
    return [externalInstance(name, UNKNOWN, constructionOf(frame, call))];
  return null;
}

/** `event.listen(engine, "connect", fn)`: SQLAlchemy calls the function with what the event is about. */
export function listenCall(world: World, frame: Frame, name: string, call: CallContext): Value | null {
  if (name !== "sqlalchemy.event.listen") return null;
  passEvent(world, frame, constantText(argument(call, 1, "identifier")), argument(call, 2, "fn"), call);
  return UNKNOWN;
}

/** `event.listens_for(engine, "connect")(fn)`: the decorator called by hand; null for other instances. */
export function listening(world: World, frame: Frame, atom: InstanceAtom, call: CallContext): Value | null {
  if (atom.external !== "sqlalchemy.event.listens_for") return null;
  const event = constantText(atom.construction?.args[1] ?? UNKNOWN);
  passEvent(world, frame, event, call.args[0] ?? UNKNOWN, call);
  return call.args[0] ?? UNKNOWN;
}

function passEvent(world: World, frame: Frame, event: string | null, fn: Value, { expr }: CallContext): void {
  if (event === null) return;
  const args = [0, 1, 2, 3, 4, 5].map((index) => {
    const type = eventParameter(event, index);
    return type === null ? UNKNOWN : [externalInstance(type)];
  });
  callValue(world, { ...frame, isRecording: false }, fn, { expr, args, keywords: new Map() });
}

/** The session a factory makes: `class_=AsyncSession`, or by the factory itself. */
function sessionClass(frame: Frame, name: string, call: CallContext): Value {
  const declared = argument(call, 1, "class_");
  for (const atom of declared) {
    if (atom.kind === "external") return [externalInstance(atom.name, UNKNOWN, constructionOf(frame, call))];
    if (atom.kind === "class" && externalAncestors(atom.class).length > 0) return [instanceOf(atom.class)];
  }
  const isAsyncBind = argument(call, 0, "bind").some(
    (atom) => atom.kind === "instance" && atom.external === "sqlalchemy.ext.asyncio.AsyncEngine",
  );
  return [
    externalInstance(
      name.includes("async") || isAsyncBind
        ? "sqlalchemy.ext.asyncio.AsyncSession"
        : "sqlalchemy.orm.Session",
      UNKNOWN,
      constructionOf(frame, call),
    ),
  ];
}

/** Calling a session factory or scoped session gives a session; null for other instances. */
export function madeSession(atom: InstanceAtom): Value | null {
  if (isInstanceOf(atom, SESSION_FACTORIES))
    return atom.element.length > 0 ? atom.element : [externalInstance("sqlalchemy.orm.Session")];
  if (
    atom.external === "sqlalchemy.orm.scoped_session" ||
    atom.external === "sqlalchemy.ext.asyncio.async_scoped_session"
  )
    return [atom];
  return null;
}

/** `SessionLocal.begin()`: a context that gives a session. `registry.generate_base()`: a declarative base. */
export function factoryMethod(atom: InstanceAtom, call: MethodCall): Value | null {
  if (isInstanceOf(atom, SESSION_FACTORIES)) {
    if (call.name !== "begin") return UNKNOWN;
    const entered = madeSession(atom) ?? UNKNOWN;
    const session = entered.find((made) => isInstanceOf(made, ASYNC_SESSIONS));
    return [{ kind: "context", entered, ...(session !== undefined && { commits: session }) }];
  }
  if (atom.external === "sqlalchemy.orm.registry" && call.name === "generate_base")
    return [externalInstance("sqlalchemy.orm.declarative_base")];
  return null;
}
