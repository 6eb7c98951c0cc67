// What an instance of an annotated type is.
import type { Expr } from "../model/code.ts";
import { externalInstance, instanceOf, isConstant, joinAll, joinValues, mapping, sequence } from "./atoms.ts";
import { canonicalName } from "./canonical-name.ts";
import { evaluate } from "./evaluate-expression.ts";
import { type Frame, isLazy } from "./frame.ts";
import { ormAnnotation } from "./orm/annotation-hook.ts";
import { provideDependency } from "./orm/provide-dependency.ts";
import { lookupName } from "./scope.ts";
import { type Atom, type Construction, UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

const SEQUENCES =
  /^(?:typing|builtins)\.(?:List|list|Sequence|Iterable|Set|set|FrozenSet|frozenset|Collection|Deque|MutableSequence|Tuple|tuple)$/;
const YIELDING = /^typing\.(?:Iterator|Generator|AsyncIterator|AsyncGenerator|AsyncIterable|Iterable)$/;
const CONTEXTS =
  /(?:^|\.)(?:ContextManager|AsyncContextManager|AbstractContextManager|AbstractAsyncContextManager)$/;
const WRAPPERS = /^typing\.(?:Optional|Union|Final|ClassVar|Required|NotRequired|ReadOnly)$|\.Mapped$/;
const MAPPINGS = /^(?:typing|builtins)\.(?:Dict|dict|Mapping|MutableMapping|DefaultDict|OrderedDict)$/;

/** The value that something annotated with this expression has. */
export function annotatedValue(world: World, frame: Frame, annotation: Expr): Value {
  switch (annotation.kind) {
    case "name":
    case "attribute":
      return joinAll(evaluate(world, frame, annotation).map((atom) => instanceIn(world, frame, atom)));
    case "string":
      return forwardReference(world, frame, annotation.parts.join(""));
    case "subscript":
      return genericValue(world, frame, annotation.base, annotation.indices);
    case "binary":
      return joinAll(annotation.operands.map((operand) => annotatedValue(world, frame, operand)));
    default:
      return UNKNOWN;
  }
}

/** What `isinstance` tells of its types: one, a tuple of them, or a union. */
export function instancesOfTypes(world: World, frame: Frame, types: Expr): Value {
  if (types.kind === "tuple") return joinAll(types.items.map((item) => instancesOfTypes(world, frame, item)));
  if (types.kind === "call")
    return joinAll(evaluate(world, frame, types).map((atom) => instanceIn(world, frame, atom)));
  return annotatedValue(world, frame, types);
}

function instanceIn(world: World, frame: Frame, atom: Atom): Value {
  const typed = atom.kind === "external" ? ormAnnotation(world, frame, atom.name, () => UNKNOWN) : null;
  return typed ?? instanceFrom(atom);
}

function instanceFrom(atom: Atom): Value {
  if (atom.kind === "class") return [instanceOf(atom.class)];
  if (atom.kind === "type") return atom.instance;
  if (atom.kind === "external") return externalFrom(atom.name);
  if (atom.kind === "instance" && atom.external === "typing.TypeVar") return boundOf(atom.construction);
  return UNKNOWN;
}

/** Which class a type variable is, subclasses and callers tell: it stands there as None does in `model = None`. */
function placeholder(atom: Atom): Atom {
  const isVariable = atom.kind === "instance" && atom.external === "typing.TypeVar";
  return isVariable ? { kind: "constant", text: "TypeVar" } : atom;
}

/** What a type variable stands for: an instance of its bound, where it has one. */
function boundOf(made: Construction | null): Value {
  return joinAll((made?.keywords.get("bound") ?? UNKNOWN).map(instanceFrom));
}

function externalFrom(name: string): Value {
  // Scalars and typing's own forms tell nothing about databases.
  if (/^(?:builtins|typing|datetime|decimal|uuid|enum)\./.test(name)) return UNKNOWN;
  return [externalInstance(canonicalName(name))];
}

function genericValue(world: World, frame: Frame, base: Expr, indices: readonly Expr[]): Value {
  const [atom] = evaluate(world, frame, base);
  const name = atom?.kind === "external" ? atom.name : "";
  const [first] = indices;
  if (name === "typing.Annotated")
    return first === undefined ? UNKNOWN : annotatedForm(world, frame, first, indices);
  const inner = (): Value => joinAll(indices.map((index) => annotatedValue(world, frame, index)));
  const firstInner = (): Value => (first === undefined ? UNKNOWN : annotatedValue(world, frame, first));
  if (WRAPPERS.test(name)) return inner();
  if (YIELDING.test(name)) return [sequence("generator", null, firstInner())];
  if (SEQUENCES.test(name)) return [sequence("list", null, inner())];
  if (CONTEXTS.test(name)) return [{ kind: "context", entered: firstInner() }];
  if (MAPPINGS.test(name)) {
    const last = indices.at(-1);
    const element = last === undefined ? UNKNOWN : annotatedValue(world, frame, last);
    return [mapping(new Map(), element)];
  }
  if (/^(?:typing\.Type|builtins\.type)$/.test(name))
    return first === undefined ? UNKNOWN : evaluate(world, frame, first).map(placeholder);
  if (/^typing\.(?:Awaitable|Coroutine)$/.test(name)) {
    const last = indices.at(-1);
    const value = last === undefined ? UNKNOWN : annotatedValue(world, frame, last);
    return [{ kind: "awaitable", value, executions: [] }];
  }
  const typed = ormAnnotation(world, frame, name, inner);
  if (typed !== null) return typed;
  return atom === undefined ? UNKNOWN : instanceFrom(atom);
}

/** `Annotated[Session, Depends(get_db)]`: the type, or what the dependency provides when the type says nothing. */
function annotatedForm(world: World, frame: Frame, type: Expr, parts: readonly Expr[]): Value {
  const declared = annotatedValue(world, frame, type);
  const provided = parts
    .slice(1)
    .map((part) => provideDependency(world, frame, evaluate(world, frame, part), type));
  // What is provided says more of the same thing: how it was made.
  return joinValues(joinAll(provided), declared);
}

/**
 * A heuristic for annotations written as text: each dotted name in it that is a class here counts, under a container when
 * the text starts with one. A full parse would change nothing for the annotations met in practice.
 */
function forwardReference(world: World, frame: Frame, written: string): Value {
  const names = written.match(/[A-Za-z_][\w.]*/g) ?? [];
  const values = names.slice(0, 8).flatMap((dotted) => {
    const [head = "", ...rest] = dotted.split(".");
    const start = lookupName(world, frame, head);
    if (isConstant(start, "None") || start.length === 0) return [];
    const full = rest.reduce<Value>(
      (value, part) => joinAll(value.map((atom) => memberByName(world, atom, part))),
      start,
    );
    return [joinAll(full.map(instanceFrom))];
  });
  const element = joinAll(values);
  const isMany = /^\s*(?:typing\.|t\.)?(?:list|List|Sequence|Iterable|set|Set)\b/.test(written);
  return isMany && element.length > 0 ? [sequence("list", null, element)] : element;
}

function memberByName(world: World, atom: Atom, name: string): Value {
  if (atom.kind === "external") return [{ kind: "external", name: canonicalName(`${atom.name}.${name}`) }];
  if (atom.kind === "module") {
    const binding = atom.module.frame.environment.get(name);
    return binding === undefined || isLazy(binding) ? lookupName(world, atom.module.frame, name) : binding;
  }
  return UNKNOWN;
}
