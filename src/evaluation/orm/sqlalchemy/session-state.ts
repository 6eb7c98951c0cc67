// What sessions do to the instances they hold: commit and rollback expire them, refresh and new statements fill them again.
import { constantText, isInstanceOf } from "../../atoms.ts";
import { type FetchOrigin, withLoaded } from "../../fetch-origin.ts";
import type { Frame } from "../../frame.ts";
import { changeOrigins, instancesIn } from "../../instances-in-scope.ts";
import { type Atom, type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import { argument, type MethodCall } from "../call-context.ts";
import { mappedBy } from "./mapped-class.ts";
import { ASYNC_SESSIONS } from "./names.ts";

/** Marks sessions with the place that opened them, so that rows know theirs; null for a session that was open before. */
export function openedSessions(value: Value, at: number | null): Value {
  return at === null || !value.some(isSession)
    ? value
    : value.map((atom) => (isSession(atom) ? { ...atom, openedAt: at } : atom));
}

function isSession(atom: Atom): atom is InstanceAtom {
  return isInstanceOf(atom, ASYNC_SESSIONS);
}

/** Where the session was opened, as far as a `with` statement tells. */
export function openedAt(session: Atom): number | undefined {
  return session.kind === "instance" ? session.openedAt : undefined;
}

/** Follows a method of an AsyncSession into the instances that local names hold. */
export function applySessionMethod(frame: Frame, call: MethodCall): void {
  const [subject = UNKNOWN] = call.args;
  const isOwn = (origin: FetchOrigin | undefined): origin is FetchOrigin =>
    origin?.isAsync === true && origin.session === openedAt(call.receiver);
  switch (call.name) {
    case "add":
    case "add_all":
      hold(frame, subject, openedAt(call.receiver));
      return;
    case "flush":
      changeOrigins(frame, ({ origin }) => (isOwn(origin) ? flushed(origin) : origin));
      return;
    case "commit":
      endTransaction(frame, call.receiver);
      return;
    case "rollback":
      // What was added and never committed leaves the session with what it holds.
      changeOrigins(frame, (atom) => {
        const { origin } = atom;
        if (!isOwn(origin)) return origin;
        return atom.construction !== null && origin.expiredBy === null
          ? undefined
          : { ...origin, expiredBy: "rollback" };
      });
      return;
    case "refresh":
      refresh(frame, subject, argument(call, 1, "attribute_names"));
      return;
    case "expire":
      expire(frame, subject, argument(call, 1, "attribute_names"));
      return;
    case "expire_all":
      changeOrigins(frame, ({ origin }) => (isOwn(origin) ? { ...origin, expiredBy: "expire" } : origin));
      return;
    case "expunge":
    case "merge":
      forget(frame, call.args);
      return;
    case "expunge_all":
    case "close":
    case "reset":
      changeOrigins(frame, ({ origin }) => (isOwn(origin) ? undefined : origin));
      return;
    // A statement that runs may give the same rows, and fills those again; what is pending is written before.
    case "execute":
    case "scalars":
    case "scalar":
    case "get":
    case "get_one":
    case "stream":
    case "stream_scalars":
    case "exec":
      changeOrigins(frame, ({ origin }) =>
        isOwn(origin) ? (origin.expiredBy !== null ? undefined : flushed(origin)) : origin,
      );
      return;
    default:
  }
}

/** A commit, by name or at the end of `async with session.begin():`. */
export function endTransaction(frame: Frame, session: Atom): void {
  const expiredBy = expiryOf(session);
  changeOrigins(frame, ({ origin }) =>
    origin?.session === openedAt(session) ? committed(flushed(origin), expiredBy) : origin,
  );
}

/** What a commit makes of what the session holds: null where it was made to keep it. */
type Expiry = "commit" | "expiring-commit" | null;

/** Sessions expire on commit unless they were made with `expire_on_commit=False`; "commit" where that cannot be read. */
function expiryOf(session: Atom): Expiry {
  const made = session.kind === "instance" ? session.construction : null;
  if (made === null || made.call.keywords.some(({ name }) => name === null)) return "commit";
  const given = made.keywords.get("expire_on_commit");
  const isGiven = made.call.keywords.some(({ name }) => name === "expire_on_commit");
  if (!isGiven) return "expiring-commit";
  const [value] = given ?? UNKNOWN;
  if (value?.kind !== "constant") return "commit";
  return value.text === "False" ? null : "expiring-commit";
}

function committed(origin: FetchOrigin | undefined, expiredBy: Expiry): FetchOrigin | undefined {
  if (!origin?.isAsync || origin.expiredBy !== null || expiredBy === null) return origin;
  return { ...origin, ...(expiredBy === "expiring-commit" && { loaded: [] }), expiredBy };
}

/** A new instance is a row now: its columns are known, and of its relations those that were set. */
function flushed(origin: FetchOrigin | undefined): FetchOrigin | undefined {
  if (!origin?.isAsync || origin.pending === undefined) return origin;
  const { pending, ...rest } = origin;
  return { ...rest, loaded: pending, isMade: true };
}

/** A new instance belongs to the session; where it is not known what was set, everything may be. */
function hold(frame: Frame, subject: Value, session: number | undefined): void {
  const added = new Set(
    instancesIn(subject).filter(
      ({ class: cls, origin }) =>
        (origin === undefined || origin.pending !== undefined) && cls !== null && mappedBy(cls) !== null,
    ),
  );
  const opened = session !== undefined && { session };
  changeOrigins(frame, (atom) => {
    if (!added.has(atom)) return atom.origin;
    if (atom.origin?.pending !== undefined) return { ...atom.origin, isAsync: true, ...opened };
    return { library: "sqlalchemy", loaded: ["*"], deferred: [], isAsync: true, expiredBy: null, ...opened };
  });
}

/** Expired attributes are read anew, all of them or those that are named. */
function expire(frame: Frame, subject: Value, names: Value): void {
  const expired = new Set(instancesIn(subject));
  const named = names.flatMap((atom) => (atom.kind === "sequence" ? (atom.items ?? []) : []));
  const texts = named.flatMap((name) => constantText(name) ?? []);
  changeOrigins(frame, (atom) => {
    const { origin } = atom;
    if (!expired.has(atom) || !origin?.isAsync) return origin;
    if (names.length === 0) return { ...origin, expiredBy: "expire" };
    if (texts.length === 0 || texts.length < named.length) return undefined;
    const loaded = origin.loaded.filter((name) => !texts.includes(name));
    return { ...origin, loaded, deferred: [...new Set([...origin.deferred, ...texts])] };
  });
}

function refresh(frame: Frame, subject: Value, names: Value): void {
  const refreshed = new Set(instancesIn(subject));
  const named = names.flatMap((atom) => (atom.kind === "sequence" ? (atom.items ?? [[]]) : [[]]));
  const loaded = named.map((name) => constantText(name) ?? "*");
  changeOrigins(frame, (atom) => {
    const { origin } = atom;
    if (!refreshed.has(atom) || origin === undefined) return origin;
    return withLoaded({ ...(flushed(origin) ?? origin), expiredBy: null }, loaded);
  });
}

function forget(frame: Frame, values: readonly Value[]): void {
  const given = new Set(values.flatMap((value) => instancesIn(value)));
  changeOrigins(frame, (atom) => (given.has(atom) ? undefined : atom.origin));
}
