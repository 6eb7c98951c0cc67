// Where control flow splits, alternatives start from the same names, and what they leave behind is joined. What an alternative
// binds is noted and undone, so that a split costs what it changes and not what was known before it.
import { joinValues } from "./atoms.ts";
import { type Binding, bind, type Frame, isLazy } from "./frame.ts";

type Changes = ReadonlyMap<string, Binding>;
const NO_CHANGES: Changes = new Map();

/**
 * Runs alternatives from the same start and joins what they leave behind; those that left the block do not count. Null is the
 * alternative of doing nothing.
 */
export function branch(frame: Frame, alternatives: readonly ((() => void) | null)[]): void {
  const ends: Changes[] = [];
  for (const alternative of alternatives) {
    if (alternative === null) {
      ends.push(NO_CHANGES);
      continue;
    }
    frame.hasLeft = false;
    const { changes } = tentatively(frame, alternative);
    if (!frame.hasLeft) ends.push(changes);
  }
  frame.hasLeft = ends.length === 0;
  const names = new Set(ends.flatMap((end) => [...end.keys()]));
  for (const name of names) {
    const before = frame.environment.get(name);
    const joined = ends
      .map((end) => end.get(name) ?? before)
      .reduce((known, binding) => joinBindings(known, binding, before));
    if (joined !== undefined && joined !== before) bind(frame, name, joined);
  }
}

/** Runs what binds names for itself only. */
export function inOwnScope<T>(frame: Frame, run: () => T): T {
  return tentatively(frame, run).result;
}

/** Runs this and tells what it binds; afterwards the names are what they were. */
function tentatively<T>(frame: Frame, run: () => T): { readonly result: T; readonly changes: Changes } {
  const { environment, undo: outer } = frame;
  const undo = new Map<string, Binding | undefined>();
  frame.undo = undo;
  const result = run();
  frame.undo = outer;
  const changes = new Map<string, Binding>();
  for (const [name, before] of undo) {
    const after = environment.get(name);
    if (after !== undefined && after !== before) changes.set(name, after);
    if (before === undefined) environment.delete(name);
    else environment.set(name, before);
  }
  return { result, changes };
}

function joinBindings(
  known: Binding | undefined,
  binding: Binding | undefined,
  before: Binding | undefined,
): Binding | undefined {
  if (binding === undefined || known === binding) return known;
  if (known === undefined) return binding;
  if (isLazy(known) || isLazy(binding)) return before === known ? binding : known;
  return joinValues(known, binding);
}
