// Parameters of pytest's tests and fixtures: pytest passes what the fixture of that name returns or yields. Source: "How to
// use fixtures" of its documentation; pytest-asyncio adds its own decorator.
import { constantText, joinAll } from "./atoms.ts";
import { callFunction } from "./call-function.ts";
import type { FunctionInfo } from "./function-info.ts";
import { unwrapProvided } from "./orm/provide-dependency.ts";
import { UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

const DECORATOR = /^(?:pytest|pytest_asyncio)\.(?:yield_)?fixture$/;

/** What the nearest fixture of this name gives: of the same class or module, else of a conftest.py above. */
export function fixtureParameter(world: World, fn: FunctionInfo, name: string): Value {
  if (!takesFixtures(fn)) return UNKNOWN;
  const fixture = nearestFixture(world, fn, name);
  if (fixture === null || fixture === fn) return UNKNOWN;
  const { closure, end, owner, start } = fixture;
  const receiver = owner === null ? null : ({ kind: "class", class: owner } as const);
  const frame = { ...closure, isRecording: false };
  const given = callFunction(
    world,
    frame,
    { kind: "function", fn: fixture, receiver },
    { start, end, args: [], keywords: new Map() },
  );
  return joinAll(given.map(unwrapProvided));
}

function takesFixtures(fn: FunctionInfo): boolean {
  return fn.name.startsWith("test") || fixtureName(fn) !== null;
}

/** The name under which a function is a fixture; null for functions that are none. */
function fixtureName({ decorators, name }: FunctionInfo): string | null {
  for (const atom of decorators.flat()) {
    if (atom.kind === "external" && DECORATOR.test(atom.name)) return name;
    if (atom.kind !== "instance" || !DECORATOR.test(atom.external ?? "")) continue;
    return constantText(atom.construction?.keywords.get("name") ?? UNKNOWN) ?? name;
  }
  return null;
}

interface FixtureIndex {
  readonly rest: Iterator<FunctionInfo>;
  seen: number;
  readonly byName: Map<string, FunctionInfo[]>;
}

const indices = new WeakMap<World, FixtureIndex>();

/** Functions are met while others are evaluated: those that are new since the last time are added. */
function fixturesNamed(world: World, name: string): readonly FunctionInfo[] {
  const known = indices.get(world);
  const index = known ?? { rest: world.functions.values(), seen: 0, byName: new Map() };
  if (known === undefined) indices.set(world, index);
  // The iterator goes on after what is added later, as long as it was never asked beyond the end.
  for (; index.seen < world.functions.size; index.seen += 1) {
    const { value: fn } = index.rest.next();
    const own = fn === undefined ? null : fixtureName(fn);
    if (own !== null) index.byName.set(own, [...(index.byName.get(own) ?? []), fn]);
  }
  return index.byName.get(name) ?? [];
}

function nearestFixture(world: World, fn: FunctionInfo, name: string): FunctionInfo | null {
  const found = fixturesNamed(world, name)
    .map((fixture) => ({ fixture, nearness: nearnessOf(fixture, fn) }))
    .filter(({ nearness }) => nearness >= 0)
    .sort((left, right) => right.nearness - left.nearness);
  return found[0]?.fixture ?? null;
}

/** -1 where the test does not see the fixture; the nearer, the greater. */
function nearnessOf(fixture: FunctionInfo, fn: FunctionInfo): number {
  const { path } = fixture.module;
  if (fixture === fn) return -1;
  if (fixture.module === fn.module) {
    if (fixture.owner === null) return path.length + 1;
    return fixture.owner === fn.owner ? path.length + 2 : -1;
  }
  const folder = path.replace(/[^/]*$/, "");
  return /(?:^|\/)conftest\.py$/.test(path) && fn.module.path.startsWith(folder) ? folder.length : -1;
}
