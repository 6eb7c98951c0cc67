// Evaluates expressions to values; what an expression does on the way (running a query) is recorded.
import type {
  AttributeExpr,
  CallExpr,
  ComprehensionExpr,
  Expr,
  OperatorExpr,
  StringExpr,
  SubscriptExpr,
} from "../model/code.ts";
import { annotatedValue } from "./annotation.ts";
import { external, joinAll, joinEach, joinValues, mapping, sequence } from "./atoms.ts";
import { attributeOf } from "./attribute.ts";
import { awaitValue, recordMisuse } from "./awaiting.ts";
import { inOwnScope } from "./branch.ts";
import { callValue, evaluateArguments } from "./call.ts";
import { assignTarget } from "./evaluate-statement.ts";
import { formatValue } from "./formatting.ts";
import { type Frame, toldTruth } from "./frame.ts";
import { forgetOrigins } from "./instances-in-scope.ts";
import { iterate } from "./iteration.ts";
import { entryName, updatedMappings } from "./mapping-entries.ts";
import { isTypeTest, narrow, narrowAway } from "./narrow.ts";
import { combineOperands, compareOperands, negate } from "./operators.ts";
import { undeclaredManager } from "./orm/django/undeclared.ts";
import { triggerQueries, withoutDoubtful } from "./orm/trigger.ts";
import { bindName, functionInfo, lookupName } from "./scope.ts";
import { subscriptOf } from "./subscript.ts";
import { placedPieces, placesOf, type TextPlace, textOf } from "./text-place.ts";
import { type Atom, UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

export function evaluate(world: World, frame: Frame, expr: Expr): Value {
  switch (expr.kind) {
    case "name":
      return lookupName(world, frame, expr.id);
    case "attribute": {
      const base = evaluate(world, frame, expr.base);
      if (isMemberValue(expr)) return memberValue(base);
      if (base.length === 0 && !isModelName(expr)) return unknownAttribute(world, frame, expr);
      recordMisuse(world, frame, base, expr);
      if (isModelName(expr)) return [{ kind: "text", parts: [null], interpolated: false }];
      return joinEach(base, (atom) => attributeOf(world, frame, atom, expr));
    }
    case "call":
      return evaluateCall(world, frame, expr);
    case "string":
      return evaluateString(world, frame, expr);
    case "constant":
      return [{ kind: "constant", text: expr.text }];
    case "list":
    case "tuple":
    case "set":
      return evaluateSequence(world, frame, expr.kind, expr.items);
    case "dict":
      return evaluateDict(world, frame, expr.entries);
    case "subscript":
      return evaluateSubscript(world, frame, expr);
    case "slice":
      for (const bound of [expr.lower, expr.upper, expr.step])
        if (bound !== null) evaluate(world, frame, bound);
      return UNKNOWN;
    case "conditional": {
      testTruth(world, frame, expr.test);
      if (isTypeTest(expr.test)) return narrowedArms(world, frame, expr);
      const truth = toldTruth(frame, expr.test);
      if (truth !== null) return evaluate(world, frame, truth ? expr.whenTrue : expr.whenFalse);
      return inArms(frame, () => {
        const whenTrue = evaluate(world, frame, expr.whenTrue);
        return joinValues(whenTrue, evaluate(world, frame, expr.whenFalse));
      });
    }
    case "lambda":
      return [{ kind: "lambda", fn: functionInfo(world, frame, expr, []) }];
    case "comprehension":
      return evaluateComprehension(world, frame, expr);
    case "walrus": {
      const value = evaluate(world, frame, expr.value);
      bindName(frame, expr.name, value);
      return value;
    }
    case "other":
      for (const part of expr.parts) evaluate(world, frame, part);
      return UNKNOWN;
    default:
      return evaluateOperator(world, frame, expr);
  }
}

/** `rows[0] if isinstance(rows, list) else rows.first()`: in each arm the name is what the test says it is there. */
function narrowedArms(
  world: World,
  frame: Frame,
  { test, whenFalse, whenTrue }: Extract<Expr, { kind: "conditional" }>,
): Value {
  const arm = (narrowing: typeof narrow, part: Expr): Value =>
    inOwnScope(frame, () => {
      narrowing(world, frame, test);
      return inArms(frame, () => evaluate(world, frame, part));
    });
  return joinValues(arm(narrow, whenTrue), arm(narrowAway, whenFalse));
}

/** Evaluates parts of an expression that may be left out. */
function inArms(frame: Frame, part: () => Value): Value {
  frame.armDepth = (frame.armDepth ?? 0) + 1;
  const value = part();
  frame.armDepth -= 1;
  return value;
}

/** What the name of an attribute tells where nothing is known of what has it. */
function unknownAttribute(world: World, frame: Frame, expr: AttributeExpr): Value {
  const { base } = expr;
  const owner = base.kind === "name" ? base.id : base.kind === "attribute" ? base.name : "";
  const access = { name: expr.name, at: expr.at, start: expr.start, end: expr.end };
  return undeclaredManager(world, frame, access, owner) ?? requestAttribute(world, expr);
}

/** A heuristic for request objects, whose type handlers rarely declare: they are called `request`. */
function requestAttribute(world: World, { base, name }: AttributeExpr): Value {
  const isRequest =
    base.kind === "name" ? base.id === "request" : base.kind === "attribute" && base.name === "request";
  return isRequest ? (world.requestAttributes.get(name) ?? UNKNOWN) : UNKNOWN;
}

/** Evaluates a condition; a lazily built query tested for truth is run. */
export function testTruth(world: World, frame: Frame, test: Expr): Value {
  // Each operand is tested where it stands.
  if (test.kind === "boolean") return inTurn(frame, test, (operand) => testTruth(world, frame, operand));
  const value = evaluate(world, frame, test);
  triggerQueries(world, frame, value, test, "truth test");
  return value;
}

/** The operands of `and` and `or` as far as one is not known to decide; all but the first may be left out. */
function inTurn(
  frame: Frame,
  { operands, operator }: OperatorExpr,
  each: (operand: Expr, index: number) => Value,
): Value {
  const values: Value[] = [];
  for (const [index, operand] of operands.entries()) {
    values.push(index === 0 ? each(operand, 0) : inArms(frame, () => each(operand, index)));
    if (toldTruth(frame, operand) === (operator === "or")) break;
  }
  return joinAll(values);
}

function evaluateOperator(world: World, frame: Frame, expr: OperatorExpr): Value {
  const [first] = expr.operands;
  switch (expr.kind) {
    case "await":
      return first === undefined ? UNKNOWN : awaitOperand(world, frame, first);
    case "yield": {
      const value = first === undefined ? UNKNOWN : evaluate(world, frame, first);
      frame.yields = joinValues(frame.yields, value);
      return UNKNOWN;
    }
    case "yield-from": {
      const value = first === undefined ? UNKNOWN : evaluate(world, frame, first);
      const element = first === undefined ? UNKNOWN : iterate(world, frame, value, first);
      frame.yields = joinValues(frame.yields, element);
      return UNKNOWN;
    }
    case "star": {
      const value = first === undefined ? UNKNOWN : evaluate(world, frame, first);
      return first === undefined ? UNKNOWN : iterate(world, frame, value, first);
    }
    case "unary":
      if (first === undefined) return UNKNOWN;
      if (expr.operator === "not") {
        testTruth(world, frame, first);
        return UNKNOWN;
      }
      return negate(evaluate(world, frame, first), expr.operator);
    case "boolean":
      return inTurn(frame, expr, (operand, index) =>
        index < expr.operands.length - 1 ? testTruth(world, frame, operand) : evaluate(world, frame, operand),
      );
    case "comparison":
      return compareOperands(
        world,
        frame,
        expr,
        expr.operands.map((operand) => evaluate(world, frame, operand)),
      );
    case "binary":
      return combineOperands(
        world,
        frame,
        expr.operator,
        expr.operands.map((operand) => evaluate(world, frame, operand)),
        expr,
      );
  }
}

function awaitOperand(world: World, frame: Frame, operand: Expr): Value {
  const value = evaluate(world, frame, operand);
  // A coroutine that is not known may load or expire what it is given.
  if (operand.kind === "call" && !value.some(({ kind }) => kind === "awaitable")) {
    const names = [...operand.args, ...operand.keywords.map((keyword) => keyword.value)];
    forgetOrigins(
      frame,
      names.flatMap((given) => (given.kind === "name" ? [lookupName(world, frame, given.id)] : [])),
    );
  }
  return awaitValue(world, frame, value);
}

/** Values of literals that are asked for no place: they are the same wherever and however often they are evaluated. */
const literals = new WeakMap<StringExpr, Value>();

function evaluateString(world: World, frame: Frame, expr: StringExpr): Value {
  if (expr.parts.some((part) => typeof part !== "string") || isPlaced(expr))
    return evaluateText(world, frame, expr);
  const known = literals.get(expr);
  if (known !== undefined) return known;
  const value = evaluateText(world, frame, expr);
  literals.set(expr, value);
  return value;
}

/** Names and labels are asked for no place: only what has a space in it can be a statement. */
function isPlaced({ parts }: StringExpr): boolean {
  return parts.some((part) => typeof part === "string" && /\s/.test(part));
}

function evaluateText(world: World, frame: Frame, expr: StringExpr): Value {
  const parts: (string | null)[] = [];
  const places: TextPlace[] = [];
  let interpolated = false;
  const isOfStatement = isPlaced(expr);
  for (const [index, part] of expr.parts.entries()) {
    if (typeof part === "string") {
      const pieces = isOfStatement
        ? placedPieces(frame.module, expr, index, part)
        : { parts: [part], places: [null] };
      parts.push(...pieces.parts);
      places.push(...pieces.places);
      continue;
    }
    const value = evaluate(world, frame, part);
    formatValue(world, frame, value, part);
    const [only] = value;
    if (value.length === 1 && only?.kind === "text") {
      parts.push(...only.parts);
      places.push(...placesOf(only));
      interpolated ||= only.interpolated;
    } else if (value.length === 1 && only?.kind === "constant") {
      parts.push(only.text);
      places.push(null);
    } else {
      parts.push(null);
      places.push(null);
      // One of several that the code itself names is the code's own, whichever it is.
      interpolated ||= value.length === 0 || !value.every(isOwnText);
    }
  }
  return [textOf(parts, places, interpolated)];
}

function isOwnText(atom: Atom): boolean {
  return atom.kind === "constant" || (atom.kind === "text" && !atom.interpolated);
}

function evaluateSequence(
  world: World,
  frame: Frame,
  of: "list" | "tuple" | "set",
  items: readonly Expr[],
): Value {
  const values = items.map((item) => evaluate(world, frame, item));
  const hasStar = items.some((item) => item.kind === "star");
  return [hasStar ? sequence(of, null, joinAll(values)) : sequence(of, values)];
}

function evaluateDict(
  world: World,
  frame: Frame,
  entries: readonly { readonly key: Expr | null; readonly value: Expr }[],
): Value {
  const known = new Map<string, Value>();
  let element = UNKNOWN;
  for (const { key, value } of entries) {
    const evaluated = evaluate(world, frame, value);
    if (key === null) {
      for (const atom of evaluated) {
        if (atom.kind !== "mapping") continue;
        for (const [name, inner] of atom.entries) known.set(name, inner);
        element = joinValues(element, atom.element);
      }
      continue;
    }
    const name = entryName(evaluate(world, frame, key));
    if (name !== null) known.set(name, evaluated);
    element = joinValues(element, evaluated);
  }
  return [mapping(known, element)];
}

function evaluateSubscript(world: World, frame: Frame, expr: SubscriptExpr): Value {
  const base = evaluate(world, frame, expr.base);
  if (base.some(isTypeForm)) return typeForm(world, frame, expr, base);
  recordMisuse(world, frame, base, expr);
  const indices = expr.indices.map((index) => evaluate(world, frame, index));
  return joinAll(withoutDoubtful(base).map((atom) => subscriptOf(world, frame, atom, expr, indices)));
}

/** `model._meta.db_table`: a name that the code gives, whatever the model is. */
function isModelName({ base, name }: AttributeExpr): boolean {
  return (
    base.kind === "attribute" &&
    base.name === "_meta" &&
    /^(?:db_table|app_label|model_name|label(?:_lower)?)$/.test(name)
  );
}

/** A heuristic for enumerations, also those of other packages: `State.READY.value`, by the way their members are written. */
function isMemberValue({ base, name }: AttributeExpr): boolean {
  return (
    (name === "value" || name === "name") &&
    base.kind === "attribute" &&
    /^[A-Z][A-Z0-9_]*$/.test(base.name) &&
    /^[A-Z]/.test(
      base.base.kind === "name" ? base.base.id : base.base.kind === "attribute" ? base.base.name : "",
    )
  );
}

function memberValue(member: Value): Value {
  const told = member.filter(({ kind }) => kind === "text" || kind === "constant");
  return told.length > 0 ? told : [{ kind: "text", parts: [null], interpolated: false }];
}

/** `Annotated[...]`, `Optional[...]`, `list[...]` and generic classes take types, not indices. */
function isTypeForm(atom: Atom): boolean {
  if (atom.kind === "class") return true;
  return (
    atom.kind === "external" &&
    /^(?:typing\.|builtins\.(?:list|dict|tuple|set|type|frozenset)$)|\.Mapped$|\.[A-Z]\w*$/.test(atom.name)
  );
}

function typeForm(world: World, frame: Frame, expr: SubscriptExpr, base: Value): Value {
  const [atom] = base;
  const name = atom?.kind === "external" ? atom.name : "";
  // A generic class stays that class: `class Repo(Base[User])`, `Depends[Session]`.
  if (!/^(?:typing|builtins)\./.test(name)) {
    for (const index of expr.indices) evaluate(world, frame, index);
    if (atom?.kind === "external") return external(atom.name);
    return base;
  }
  return [{ kind: "type", instance: annotatedValue(world, frame, expr) }];
}

function evaluateCall(world: World, frame: Frame, expr: CallExpr): Value {
  const callee = evaluate(world, frame, expr.callee);
  const { args, keywords } = evaluateArguments(world, frame, expr);
  const result = callValue(world, frame, callee, { expr, args, keywords });
  growCollection(world, frame, expr, { args, keywords });
  return result;
}

/** `filters.append(x)`, `filters.update(x=y)`: the collection that the name or attribute holds now may contain x. */
function growCollection(
  world: World,
  frame: Frame,
  expr: CallExpr,
  { args, keywords }: { readonly args: readonly Value[]; readonly keywords: ReadonlyMap<string, Value> },
): void {
  if (expr.callee.kind !== "attribute") return;
  if (!/^(?:append|add|extend|insert|update)$/.test(expr.callee.name)) return;
  const added = args.at(-1) ?? UNKNOWN;
  const { base } = expr.callee;
  if (base.kind !== "name" && base.kind !== "attribute") return;
  if (added.length === 0 && keywords.size === 0) return;
  const current = evaluate(world, frame, base);
  if (expr.callee.name === "update" && current.some(({ kind }) => kind === "mapping")) {
    assignTarget(world, frame, base, updatedMappings(current, added, keywords));
    return;
  }
  const list = current.find((atom) => atom.kind === "sequence");
  if (list?.kind !== "sequence") return;
  const many = expr.callee.name === "extend" || expr.callee.name === "update";
  const inner = many
    ? joinAll(added.map((atom) => (atom.kind === "sequence" ? atom.element : UNKNOWN)))
    : added;
  const grown = sequence(list.of, null, joinValues(list.element, inner));
  assignTarget(
    world,
    frame,
    base,
    current.map((atom) => (atom === list ? grown : atom)),
  );
}

function evaluateComprehension(world: World, frame: Frame, expr: ComprehensionExpr): Value {
  const [first, ...inner] = expr.clauses;
  if (first === undefined) return UNKNOWN;
  // The first iterable belongs to what is around the comprehension.
  const element = turnOf(world, frame, first);
  return inOwnScope(frame, () => {
    enterClause(world, frame, first, element);
    for (const clause of inner) enterClause(world, frame, clause, turnOf(world, frame, clause));
    const made = evaluate(world, frame, expr.element);
    const value = expr.value === null ? null : evaluate(world, frame, expr.value);
    frame.loopDepth -= expr.clauses.length;
    if (expr.of === "dict") return [mapping(new Map(), value ?? UNKNOWN)];
    return [sequence(expr.of, null, made)];
  });
}

type Clause = ComprehensionExpr["clauses"][number];

function turnOf(world: World, frame: Frame, { isAsync, iterable }: Clause): Value {
  return iterate(world, frame, evaluate(world, frame, iterable), iterable, { isAsync });
}

function enterClause(world: World, frame: Frame, { conditions, target }: Clause, element: Value): void {
  assignTarget(world, frame, target, element);
  frame.loopDepth += 1;
  for (const condition of conditions) testTruth(world, frame, condition);
}
