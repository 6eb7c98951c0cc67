// What sessions do to the instances they hold: commit and rollback expire them, refresh and new statements fill them again.
import { constantText } from "../../atoms.ts";
import { withLoaded } from "../../fetch-origin.ts";
import type { Frame } from "../../frame.ts";
import { changeOrigins, instancesIn } from "../../instances-in-scope.ts";
import { UNKNOWN, type Value } from "../../value.ts";
import { argument, type MethodCall } from "../call-context.ts";
import { mappedBy } from "./mapped-class.ts";

/** Follows a method of an AsyncSession into the instances that local names hold. */
export function applySessionMethod(frame: Frame, call: MethodCall): void {
  const [subject = UNKNOWN] = call.args;
  switch (call.name) {
    case "add":
    case "add_all":
      hold(frame, subject);
      return;
    case "commit":
      changeOrigins(frame, ({ origin }) =>
        origin?.isAsync && origin.expiredBy === null ? { ...origin, expiredBy: "commit" } : origin,
      );
      return;
    case "rollback":
      // What was added and never committed leaves the session with what it holds.
      changeOrigins(frame, (atom) => {
        const { origin } = atom;
        if (!origin?.isAsync) return origin;
        return atom.construction !== null && origin.expiredBy === null
          ? undefined
          : { ...origin, expiredBy: "rollback" };
      });
      return;
    case "refresh":
      refresh(frame, subject, argument(call, 1, "attribute_names"));
      return;
    case "expire":
    case "expunge":
    case "merge":
    case "run_sync":
      forget(frame, call.args);
      return;
    case "expire_all":
    case "expunge_all":
    case "close":
      changeOrigins(frame, ({ origin }) => (origin?.isAsync ? undefined : origin));
      return;
    // A statement that runs may give the same rows, and fills those again.
    case "execute":
    case "scalars":
    case "scalar":
    case "get":
    case "get_one":
    case "stream":
    case "stream_scalars":
    case "exec":
      changeOrigins(frame, ({ origin }) =>
        origin?.isAsync && origin.expiredBy !== null ? undefined : origin,
      );
      return;
    default:
  }
}

/** A new instance belongs to the session; whatever was not set is left open. */
function hold(frame: Frame, subject: Value): void {
  const added = new Set(
    instancesIn(subject).filter(
      ({ class: cls, origin }) => origin === undefined && cls !== null && mappedBy(cls),
    ),
  );
  changeOrigins(frame, (atom) =>
    added.has(atom)
      ? { library: "sqlalchemy", loaded: ["*"], deferred: [], isAsync: true, expiredBy: null }
      : atom.origin,
  );
}

function refresh(frame: Frame, subject: Value, names: Value): void {
  const refreshed = new Set(instancesIn(subject));
  const named = names.flatMap((atom) => (atom.kind === "sequence" ? (atom.items ?? [[]]) : [[]]));
  const loaded = named.map((name) => constantText(name) ?? "*");
  changeOrigins(frame, (atom) => {
    const { origin } = atom;
    if (!refreshed.has(atom) || origin === undefined) return origin;
    return withLoaded({ ...origin, expiredBy: null }, loaded);
  });
}

function forget(frame: Frame, values: readonly Value[]): void {
  const given = new Set(values.flatMap((value) => instancesIn(value)));
  changeOrigins(frame, (atom) => (given.has(atom) ? undefined : atom.origin));
}
