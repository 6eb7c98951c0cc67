// Dependency injection: what `Depends(get_session)` puts into a parameter.
import type { Expr } from "../../model/code.ts";
import { annotatedValue } from "../annotation.ts";
import { joinAll } from "../atoms.ts";
import { callValue } from "../call.ts";
import type { Frame } from "../frame.ts";
import { type Atom, type Construction, UNKNOWN, type Value } from "../value.ts";
import type { World } from "../world.ts";

const MARKERS =
  /^(?:fastapi\.(?:Depends|Security)|fastapi\.params\.Depends|litestar\.(?:params\.)?(?:Dependency|Provide|di\.Provide)|litestar\.di\.Provide|ninja\.Depends|dependency_injector\.wiring\.Provide)$/;

/** What the markers among a default's atoms provide: the callable's result, unwrapped from generators and coroutines. */
export function provideDependency(world: World, frame: Frame, value: Value, annotation: Expr | null): Value {
  return joinAll(value.map((atom) => provided(world, frame, atom, annotation)));
}

function provided(world: World, frame: Frame, atom: Atom, annotation: Expr | null): Value {
  if (atom.kind !== "instance" || atom.external === null || !MARKERS.test(atom.external)) return UNKNOWN;
  const made = atom.construction;
  const callee = made?.args[0] ?? made?.keywords.get("dependency") ?? UNKNOWN;
  // `Depends()` alone builds the annotated class.
  if (made === null || callee.length === 0)
    return annotation === null ? UNKNOWN : annotatedValue(world, frame, annotation);
  return joinAll(resultOf(world, frame, callee, made).map(unwrapProvided));
}

/**
 * A dependency that asks for itself, `def current_user(user: Annotated[User, Depends(current_user)])`, gives nothing by that.
 * One that another asks for is a call deeper, as far as calls are followed.
 */
function resultOf(world: World, frame: Frame, callee: Value, { call }: Construction): Value {
  const { openDependencies } = world;
  if (openDependencies.has(call)) return UNKNOWN;
  const depth = frame.depth + openDependencies.size;
  openDependencies.add(call);
  const asked = { expr: call, args: [], keywords: new Map() };
  const result = callValue(world, { ...frame, depth, isRecording: false }, callee, asked);
  openDependencies.delete(call);
  return result;
}

/** What a provider gives in the end: what its generator yields, its coroutine returns or its context enters. */
export function unwrapProvided(atom: Atom): Value {
  if (atom.kind === "sequence" && atom.of === "generator") return atom.element;
  if (atom.kind === "awaitable") return joinAll(atom.value.map(unwrapProvided));
  if (atom.kind === "context") return atom.entered;
  return [atom];
}
