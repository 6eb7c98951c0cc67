// Making, joining and telling apart the atoms of values.
import { type ClassInfo, externalAncestors } from "./class-info.ts";
import { joinOrigins, originKey } from "./fetch-origin.ts";
import { withOrigin } from "./instances-in-scope.ts";
import { isFull, joinQueries, type Query, siteKey } from "./query.ts";
import { combineFragments, type SqlFragment } from "./sql-fragment.ts";
import type {
  Atom,
  Construction,
  InstanceAtom,
  MappingAtom,
  QueryAtom,
  SequenceAtom,
  TextAtom,
  Value,
} from "./value.ts";
import { UNKNOWN } from "./value.ts";

/** More kinds of thing than this at one place tell nothing any more; the first ones met are kept. */
export const MAX_ATOMS = 6;

export function external(name: string): Value {
  return [{ kind: "external", name }];
}

export function instanceOf(
  cls: ClassInfo,
  construction: Construction | null = null,
  element: Value = UNKNOWN,
): InstanceAtom {
  return { kind: "instance", class: cls, external: null, construction, element };
}

export function externalInstance(
  name: string,
  element: Value = UNKNOWN,
  construction: Construction | null = null,
): InstanceAtom {
  return { kind: "instance", class: null, external: name, construction, element };
}

export function text(value: string): Value {
  return [{ kind: "text", parts: [value], interpolated: false }];
}

export function sequence(
  of: SequenceAtom["of"],
  items: readonly Value[] | null,
  element: Value = UNKNOWN,
): SequenceAtom {
  const kept = items === null ? null : boundedItems(items);
  return { kind: "sequence", of, items: kept, element: bounded(joinAll([element, ...(items ?? [])])) };
}

export function mapping(entries: ReadonlyMap<string, Value>, element: Value): MappingAtom {
  const isDeep = [...entries.values()].some((value) => bounded(value) !== value);
  const kept = isDeep ? new Map([...entries].map(([key, value]) => [key, bounded(value)])) : entries;
  return { kind: "mapping", entries: kept, element: bounded(element) };
}

export function sql(fragment: SqlFragment): Value {
  return [{ kind: "sql", fragment }];
}

/** The one constant text of a value, or null. */
export function constantText(value: Value): string | null {
  if (value.length !== 1) return null;
  const [atom] = value;
  if (atom?.kind !== "text") return null;
  return atom.parts.every((part) => part !== null) ? atom.parts.join("") : null;
}

/** Every text of a value that is known as a whole. */
export function constantTexts(value: Value): readonly string[] {
  return value.flatMap((atom) => constantText([atom]) ?? []);
}

/** True for a value that is the constant None, True, False or number written `literal`. */
export function isConstant(value: Value, literal: string): boolean {
  return value.length === 1 && value[0]?.kind === "constant" && value[0].text === literal;
}

/** Evaluation asks after each function: joining is done everywhere, and knows of no function. */
let isCut = false;

/** Everything either value may be. */
export function joinValues(left: Value, right: Value): Value {
  if (left === right || right.length === 0) return left;
  if (left.length === 0) return right;
  let joined: Atom[] | null = null;
  for (const atom of right) {
    const current = joined ?? left;
    const index = current.findIndex((other) => canMerge(other, atom));
    if (index >= 0) {
      const other = current[index] as Atom;
      const merged = mergeAtoms(other, atom);
      if (merged === other) continue;
      joined ??= [...left];
      joined[index] = merged;
    } else if (current.length < MAX_ATOMS) {
      joined ??= [...left];
      joined.push(atom);
    } else if (atom.kind === "query") isCut = true;
  }
  return joined ?? left;
}

/** Whether, since the last call, some value could be more statements than are followed. */
export function takeCut(): boolean {
  const was = isCut;
  isCut = false;
  return was;
}

export function joinAll(values: readonly Value[]): Value {
  return values.reduce(joinValues, UNKNOWN);
}

/** What any of the atoms gives; most values hold one. */
export function joinEach(value: Value, give: (atom: Atom) => Value): Value {
  let joined = UNKNOWN;
  for (const atom of value) joined = joinValues(joined, give(atom));
  return joined;
}

function canMerge(left: Atom, right: Atom): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind) return false;
  if (left.kind === "class" && right.kind === "class")
    return left.class === right.class && left.alias?.key === right.alias?.key;
  if (left.kind === "external" && right.kind === "external") return left.name === right.name;
  if (left.kind === "query" && right.kind === "query") {
    const { query: a } = left;
    const { query: b } = right;
    return (
      a.orm === b.orm && a.model === b.model && a.isManager === b.isManager && a.operation === b.operation
    );
  }
  if (left.kind === "sequence" && right.kind === "sequence") return true;
  if (left.kind === "mapping" && right.kind === "mapping") return true;
  if (left.kind === "sql" && right.kind === "sql") return left.fragment.role === right.fragment.role;
  if (left.kind === "awaitable" && right.kind === "awaitable") return true;
  // What is in memory of two instances does not make them different kinds of thing.
  if (left.kind === "instance" && right.kind === "instance" && (left.origin ?? right.origin) !== undefined)
    return instanceKey(left) === instanceKey(right);
  return atomKey(left) === atomKey(right);
}

function mergeAtoms(left: Atom, right: Atom): Atom {
  if (left === right) return left;
  if (left.kind === "query" && right.kind === "query") {
    return mergeQueries(left, right);
  }
  if (left.kind === "sequence" && right.kind === "sequence") return mergeSequences(left, right);
  if (left.kind === "mapping" && right.kind === "mapping") return mergeMappings(left, right);
  if (left.kind === "awaitable" && right.kind === "awaitable") {
    const executions = [...new Set([...left.executions, ...right.executions])];
    if (executions.length === left.executions.length && joinValues(left.value, right.value) === left.value)
      return left;
    return { kind: "awaitable", value: joinValues(left.value, right.value), executions };
  }
  if (left.kind === "instance" && right.kind === "instance") {
    const element = joinValues(left.element, right.element);
    const origin = joinOrigins(left.origin, right.origin);
    const known = element === left.element ? left : { ...left, element };
    return origin === left.origin ? known : withOrigin(known, origin);
  }
  if (left.kind === "sql" && right.kind === "sql") {
    if (right.fragment.features.length <= left.fragment.features.length)
      return right.fragment.lookups.length > left.fragment.lookups.length ? right : left;
    return { kind: "sql", fragment: combineFragments([left.fragment, right.fragment], left.fragment.role) };
  }
  return left;
}

function mergeQueries(left: QueryAtom, right: QueryAtom): QueryAtom {
  const full = isFull(left.query) ? left : isFull(right.query) ? right : null;
  if (full !== null) {
    isCut = true;
    return full;
  }
  const query = joinQueries(left.query, right.query);
  return query === left.query ? left : { kind: "query", query };
}

function mergeSequences(left: SequenceAtom, right: SequenceAtom): Atom {
  const element = joinValues(left.element, right.element);
  const items = mergeItems(left, right);
  const isSame = element === left.element && items === left.items;
  return isSame ? left : { kind: "sequence", of: left.of, items, element: bounded(element) };
}

/** Of two tuples of one length each place is what either has there; the left one's own where the right one adds nothing. */
function mergeItems({ items: left }: SequenceAtom, { items: right }: SequenceAtom): SequenceAtom["items"] {
  if (left === null || right === null || left.length !== right.length) return null;
  const joined = left.map((value, index) => bounded(joinValues(value, right[index] ?? UNKNOWN)));
  return joined.every((value, index) => value === left[index]) ? left : joined;
}

function mergeMappings(left: MappingAtom, right: MappingAtom): Atom {
  let entries: Map<string, Value> | null = null;
  for (const [key, value] of right.entries) {
    const known = left.entries.get(key);
    const joined = known === undefined ? value : joinValues(known, value);
    if (joined === known || (known === undefined && left.entries.size >= MAX_ENTRIES)) continue;
    entries ??= new Map(left.entries);
    entries.set(key, joined);
  }
  const element = joinValues(left.element, right.element);
  return entries === null && element === left.element ? left : mapping(entries ?? left.entries, element);
}

/** Data nested deeper than this, or with more keys, is configuration or JSON: it holds nothing that queries depend on. */
const MAX_NESTING = 4;
const MAX_ENTRIES = 100;

const nestings = new WeakMap<Atom, number>();

/** Without bounds, code that builds data from its own results would nest values for ever. */
export function bounded(value: Value): Value {
  return value.some((atom) => nestingOf(atom) >= MAX_NESTING) ? UNKNOWN : value;
}

function boundedItems(items: readonly Value[]): readonly Value[] {
  return items.some((value) => bounded(value) !== value) ? items.map(bounded) : items;
}

/** How deep data are nested in an atom, be they wrapped in coroutines, contexts or the like. */
function nestingOf(atom: Atom): number {
  const held = heldBy(atom);
  if (held === null) return 0;
  const known = nestings.get(atom);
  if (known !== undefined) return known;
  let nesting = 0;
  for (const value of held) for (const inner of value) nesting = Math.max(nesting, nestingOf(inner));
  if (atom.kind === "sequence" || atom.kind === "mapping") nesting += 1;
  nestings.set(atom, nesting);
  return nesting;
}

function heldBy(atom: Atom): Iterable<Value> | null {
  switch (atom.kind) {
    case "sequence":
      return [atom.element, ...(atom.items ?? [])];
    case "mapping":
      return [atom.element, ...atom.entries.values()];
    case "awaitable":
      return [atom.value];
    case "context":
      return [atom.entered];
    case "type":
      return [atom.instance];
    case "instance":
      return [atom.element];
    case "partial":
      return [atom.callee, ...atom.args, ...atom.keywords.values()];
    case "threaded":
      return [atom.callee];
    default:
      return null;
  }
}

/** A text that is equal for atoms that mean the same; it keys contexts of calls. */
export function atomKey(atom: Atom): string {
  switch (atom.kind) {
    case "external":
      return `x:${atom.name}`;
    case "module":
      return `m:${atom.module.path}`;
    case "namespace":
      return `n:${atom.folder}`;
    case "class":
      return atom.alias === undefined ? `c:${atom.class.id}` : `c:${atom.class.id}@${atom.alias.key}`;
    case "function":
      return `f:${atom.fn.id}${atom.receiver === null ? "" : `@${atomKey(atom.receiver)}`}`;
    case "lambda":
      return `l:${atom.fn.id}`;
    case "instance":
      return atom.origin === undefined ? instanceKey(atom) : `${instanceKey(atom)}@${originKey(atom.origin)}`;
    case "text":
      return textKey(atom);
    case "constant":
      return `k:${atom.text}`;
    case "sequence":
      return `s:${valueKey(atom.element)}`;
    case "mapping":
      return `d:${[...atom.entries.keys()].slice(0, 8).join(",")}`;
    case "method":
      return `.:${atomKey(atom.receiver)}.${atom.name}`;
    case "super":
      return `^:${atom.class.id}`;
    case "type":
      return `t:${valueKey(atom.instance)}`;
    case "awaitable":
      return `a:${valueKey(atom.value)}`;
    case "context":
      return `w:${valueKey(atom.entered)}`;
    case "threaded":
      return `th:${valueKey(atom.callee)}`;
    case "partial":
      return `p:${valueKey(atom.callee)}`;
    case "query":
      return `q:${siteKey(atom.query.site)}:${atom.query.features.length}:${atom.query.isManager}:${modelKey(atom.query)}${atom.query.isCached ? ":rows" : ""}`;
    case "sql":
      return `e:${atom.fragment.role}:${atom.fragment.column}:${atom.fragment.features.length}`;
  }
}

function instanceKey(atom: InstanceAtom): string {
  const element = atom.element.length > 0 ? `<${valueKey(atom.element)}>` : "";
  return `i:${atom.class?.id ?? atom.external}${element}`;
}

function modelKey(query: Query): string {
  return typeof query.model === "string" ? query.model : (query.model?.id ?? "");
}

function textKey(atom: TextAtom): string {
  return `"${atom.parts.map((part) => part ?? "{}").join("")}`.slice(0, 200);
}

export function valueKey(value: Value): string {
  return value.map(atomKey).join("|");
}

/** True when an atom is an instance of a class that is, or descends from, one of the named external classes. */
export function isInstanceOf(atom: Atom, names: ReadonlySet<string>): boolean {
  if (atom.kind !== "instance") return false;
  if (atom.external !== null && names.has(atom.external)) return true;
  return atom.class !== null && externalAncestors(atom.class).some((name) => names.has(name));
}
