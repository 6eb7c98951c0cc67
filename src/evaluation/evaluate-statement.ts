// Follows control flow: statements change a frame's environment, branches are joined where they meet.
import type {
  AssignStatement,
  AttributeExpr,
  AugmentedStatement,
  ClassStatement,
  Expr,
  FunctionStatement,
  IfStatement,
  LoopStatement,
  Statement,
  TryStatement,
  WithStatement,
} from "../model/code.ts";
import { annotatedValue } from "./annotation.ts";
import { externalInstance, joinValues, sequence } from "./atoms.ts";
import { branch } from "./branch.ts";
import { baseValue } from "./class-bases.ts";
import type { ClassInfo } from "./class-info.ts";
import { enterContext } from "./context-manager.ts";
import { evaluate, testTruth } from "./evaluate-expression.ts";
import { bind, type Frame, toldTruth } from "./frame.ts";
import { iterate } from "./iteration.ts";
import { keepAttribute } from "./keep-attribute.ts";
import { entryName, withEntry } from "./mapping-entries.ts";
import { isTypeTest, narrow, narrowAway } from "./narrow.ts";
import { combineOperands } from "./operators.ts";
import { recordViewRows } from "./orm/django/view-rows.ts";
import { keepsRows } from "./orm/keeps-rows.ts";
import { writeAttribute } from "./orm/lazy-read.ts";
import { endTransaction, openedSessions } from "./orm/sqlalchemy/session-state.ts";
import { triggerQueries } from "./orm/trigger.ts";
import { bindImport, bindName, functionInfo } from "./scope.ts";
import { keepShared } from "./shared-attribute.ts";
import { type Atom, UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

/** Evaluates statements in order until control leaves the block. */
export function evaluateBlock(world: World, frame: Frame, block: readonly Statement[]): void {
  for (const statement of block) {
    evaluateStatement(world, frame, statement);
    // What follows a return cannot run, except where a definition is still needed by name.
    if (frame.hasLeft) return;
  }
}

function evaluateStatement(world: World, frame: Frame, statement: Statement): void {
  world.steps += 1;
  switch (statement.kind) {
    case "expression":
      evaluate(world, frame, statement.value);
      return;
    case "assign":
      assign(world, frame, statement);
      return;
    case "augmented":
      augment(world, frame, statement);
      return;
    case "return":
      if (statement.value !== null)
        frame.returns = joinValues(frame.returns, evaluate(world, frame, statement.value));
      frame.hasLeft = true;
      return;
    case "raise":
      for (const value of statement.values) evaluate(world, frame, value);
      frame.hasLeft = true;
      return;
    case "if":
      evaluateIf(world, frame, statement);
      return;
    case "for":
      loop(world, frame, statement);
      return;
    case "while":
      frame.loopDepth += 1;
      testTruth(world, frame, statement.test);
      branch(frame, [() => evaluateBlock(world, frame, statement.body), null]);
      frame.loopDepth -= 1;
      evaluateBlock(world, frame, statement.orelse);
      return;
    case "with":
      enterWith(world, frame, statement);
      return;
    case "try":
      evaluateTry(world, frame, statement);
      return;
    case "match": {
      evaluate(world, frame, statement.subject);
      const cases = statement.cases.map((branchCase) => () => {
        for (const name of branchCase.binds) bindName(frame, name, UNKNOWN);
        if (branchCase.guard !== null) testTruth(world, frame, branchCase.guard);
        evaluateBlock(world, frame, branchCase.body);
      });
      branch(frame, [...cases, null]);
      return;
    }
    case "function":
      bindName(frame, statement.name, defineFunction(world, frame, statement));
      return;
    case "class":
      bindName(frame, statement.name, defineClass(world, frame, statement));
      return;
    case "import":
      bindImport(world, frame, statement);
      return;
    case "assert":
      for (const [index, value] of statement.values.entries())
        index === 0 ? testTruth(world, frame, value) : evaluate(world, frame, value);
      return;
    case "delete":
    case "other":
      for (const value of statement.values) evaluate(world, frame, value);
      return;
    case "global":
    case "nonlocal":
      return;
  }
}

function evaluateIf(world: World, frame: Frame, { body, orelse, test }: IfStatement): void {
  testTruth(world, frame, test);
  const truth = toldTruth(frame, test);
  const whenTrue = (): void => {
    narrow(world, frame, test);
    evaluateBlock(world, frame, body);
  };
  const whenFalse = (): void => {
    narrowAway(world, frame, test);
    evaluateBlock(world, frame, orelse);
  };
  const otherwise = orelse.length === 0 && !isTypeTest(test) ? null : whenFalse;
  branch(frame, [...(truth === false ? [] : [whenTrue]), ...(truth === true ? [] : [otherwise])]);
}

function assign(world: World, frame: Frame, statement: AssignStatement): void {
  const declared =
    statement.annotation === null ? UNKNOWN : annotatedValue(world, frame, statement.annotation);
  const value = statement.value === null ? UNKNOWN : evaluate(world, frame, statement.value);
  // An annotation is what the author says it is; a value that is known tells more. A class body declares with both:
  // `items: Mapped[list["Item"]] = relationship()`.
  const known = value.length > 0 ? value : declared;
  const assigned = frame.kind === "class" ? joinValues(value, declared) : known;
  const isUnpacked = statement.targets.some(({ kind }) => kind === "tuple" || kind === "list");
  if (isUnpacked && statement.value !== null)
    triggerQueries(world, frame, value, statement.value, "iteration");
  for (const target of statement.targets) {
    if (statement.value === null && target.kind === "name" && frame.kind !== "class" && declared.length === 0)
      continue;
    assignTarget(world, frame, target, assigned);
  }
}

/** Binds a target: a name, an attribute of self, or the parts of a tuple. */
export function assignTarget(world: World, frame: Frame, target: Expr, value: Value): void {
  switch (target.kind) {
    case "name":
      bindName(frame, target.id, value);
      return;
    case "attribute":
      assignAttribute(world, frame, target, value);
      return;
    case "tuple":
    case "list":
      assignParts(world, frame, target.items, value);
      return;
    case "star":
      if (target.operands[0] !== undefined)
        assignTarget(world, frame, target.operands[0], [sequence("list", null, elementOf(value))]);
      return;
    case "subscript": {
      const base = evaluate(world, frame, target.base);
      const [index = UNKNOWN] = target.indices.map((one) => evaluate(world, frame, one));
      const key = entryName(index);
      if (key !== null && target.base.kind === "name" && base.some((atom) => atom.kind === "mapping"))
        bindName(
          frame,
          target.base.id,
          base.map((atom) => withEntry(atom, key, value)),
        );
      return;
    }
    default:
      evaluate(world, frame, target);
  }
}

function assignParts(world: World, frame: Frame, targets: readonly Expr[], value: Value): void {
  const listed = value.find((atom) => atom.kind === "sequence" && atom.items !== null);
  const items = listed?.kind === "sequence" ? listed.items : null;
  // A row of one entity, taken apart: `for (order,) in result`.
  const entities = value.filter((atom) => atom.kind === "instance" && atom.origin?.library === "sqlalchemy");
  if (items === null && targets.length === 1 && targets[0] !== undefined && entities.length > 0) {
    assignTarget(world, frame, targets[0], entities);
    return;
  }
  const hasStar = targets.some((target) => target.kind === "star");
  for (const [index, target] of targets.entries()) {
    const part = items !== null && !hasStar ? (items[index] ?? UNKNOWN) : elementOf(value);
    assignTarget(world, frame, target, part);
  }
}

function elementOf(value: Value): Value {
  return value.reduce<Value>(
    (joined, atom) => (atom.kind === "sequence" ? joinValues(joined, atom.element) : joined),
    UNKNOWN,
  );
}

function assignAttribute(world: World, frame: Frame, target: AttributeExpr, value: Value): void {
  const { base, name } = target;
  for (const owner of evaluate(world, frame, base)) {
    if (owner.kind === "instance") writeAttribute(world, frame, owner, target);
    if (owner.kind === "module") {
      bind(owner.module.frame, name, value);
      world.moduleWrites += 1;
    }
    const cls = owner.kind === "instance" || owner.kind === "class" ? owner.class : null;
    if (cls !== null) keepAttribute(world, cls, name, value);
    else keepShared(world, owner, name, value);
  }
}

function augment(world: World, frame: Frame, statement: AugmentedStatement): void {
  const current = evaluate(world, frame, statement.target);
  const added = evaluate(world, frame, statement.value);
  const operator = statement.operator.replace(/=$/, "");
  const combined = combineOperands(world, frame, operator, [current, added], statement);
  assignTarget(world, frame, statement.target, combined.length > 0 ? combined : current);
}

function loop(world: World, frame: Frame, statement: LoopStatement): void {
  const iterable = evaluate(world, frame, statement.iterable);
  // Python iterates in the statement's name: its line is the one that a traceback shows.
  const element = iterate(world, frame, iterable, statement.iterable, {
    at: statement.start,
    isAsync: statement.isAsync,
  });
  if (statement.isAsync && statement.iterable.kind === "name")
    bindName(frame, statement.iterable.id, iterable.map(withRows));
  frame.loopDepth += 1;
  const body = (): void => {
    assignTarget(world, frame, statement.target, element);
    evaluateBlock(world, frame, statement.body);
  };
  // Twice, so that what one turn leaves behind (`stmt = stmt.where(...)`) is seen by the next.
  branch(frame, [body, null]);
  if (bindsInLoop(statement.body)) branch(frame, [body, null]);
  frame.loopDepth -= 1;
  evaluateBlock(world, frame, statement.orelse);
}

/** A queryset keeps the rows that a loop over it has fetched. */
function withRows(atom: Atom): Atom {
  if (atom.kind !== "query" || !keepsRows(atom.query) || atom.query.isIterator) return atom;
  return { kind: "query", query: { ...atom.query, isCached: true } };
}

function bindsInLoop(body: readonly Statement[]): boolean {
  return body.some(
    (statement) => statement.kind === "assign" || statement.kind === "augmented" || statement.kind === "if",
  );
}

function enterWith(world: World, frame: Frame, statement: WithStatement): void {
  const committed: Atom[] = [];
  for (const { context, target } of statement.items) {
    const value = evaluate(world, frame, context);
    const entered = enterContext(world, frame, value, context, statement.isAsync);
    if (target !== null) assignTarget(world, frame, target, openedSessions(entered, context.start));
    for (const atom of value)
      if (atom.kind === "context" && atom.commits !== undefined)
        committed.push(...openedSessions([atom.commits], target === null ? null : context.start));
  }
  evaluateBlock(world, frame, statement.body);
  for (const atom of committed) endTransaction(frame, atom);
}

function evaluateTry(world: World, frame: Frame, statement: TryStatement): void {
  const handlers = statement.handlers.map((handler) => () => {
    if (handler.types !== null) evaluate(world, frame, handler.types);
    if (handler.name !== null) {
      const raised = handler.types === null ? UNKNOWN : exceptionValue(world, frame, handler.types);
      bindName(frame, handler.name, raised);
    }
    evaluateBlock(world, frame, handler.body);
  });
  const body = (): void => {
    evaluateBlock(world, frame, statement.body);
    if (!frame.hasLeft) evaluateBlock(world, frame, statement.orelse);
  };
  branch(frame, [body, ...handlers]);
  const left = frame.hasLeft;
  frame.hasLeft = false;
  evaluateBlock(world, frame, statement.finally);
  frame.hasLeft ||= left;
}

function exceptionValue(world: World, frame: Frame, types: Expr): Value {
  const [first] = types.kind === "tuple" ? types.items : [types];
  const value = first === undefined ? UNKNOWN : evaluate(world, frame, first);
  return value.flatMap((atom): Atom[] => (atom.kind === "external" ? [externalInstance(atom.name)] : []));
}

function defineFunction(world: World, frame: Frame, statement: FunctionStatement): Value {
  const decorators = statement.decorators.map((decorator) => evaluate(world, frame, decorator));
  // Defaults and annotations are evaluated where the function stands; annotations only when they are needed.
  for (const parameter of statement.parameters)
    if (parameter.default !== null) evaluate(world, frame, parameter.default);
  const fn = functionInfo(world, frame, statement, decorators);
  return [{ kind: "function", fn, receiver: null }];
}

function defineClass(world: World, frame: Frame, statement: ClassStatement): Value {
  const id = `${frame.module.path}#${statement.start}`;
  const known = world.classes.get(id);
  if (known !== undefined) {
    // The body is evaluated again only to record what it does.
    if (frame.isRecording) {
      evaluateBlock(world, { ...classFrameOf(frame), class: known }, statement.body);
      recordViewRows(world, frame, known);
    }
    return [{ kind: "class", class: known }];
  }
  const outer = frame.kind === "class" ? frame.class?.qualifiedName : frame.fn?.qualifiedName;
  const classFrame = classFrameOf(frame);
  const cls: ClassInfo = {
    id,
    name: statement.name,
    qualifiedName: outer === undefined ? statement.name : `${outer}.${statement.name}`,
    module: frame.module,
    statement,
    bases: statement.bases.map((base) => baseValue(world, frame, base)),
    keywords: new Map(
      statement.keywords.flatMap(({ name, value }) =>
        name === null ? [] : [[name, evaluate(world, frame, value)] as const],
      ),
    ),
    decorators: statement.decorators.map((decorator) => evaluate(world, frame, decorator)),
    frame: classFrame,
    instanceAttributes: new Map(),
    order: null,
    subclasses: [],
  };
  world.classes.set(id, cls);
  if (world.isIndexed) world.classesByName.set(cls.name, [...(world.classesByName.get(cls.name) ?? []), cls]);
  for (const base of cls.bases)
    for (const atom of base) if (atom.kind === "class") atom.class.subclasses.push(cls);
  evaluateClassBody(world, { ...classFrame, class: cls }, cls, statement);
  return [{ kind: "class", class: cls }];
}

function classFrameOf(frame: Frame): Frame {
  return {
    kind: "class",
    module: frame.module,
    fn: frame.fn,
    class: null,
    parent: frame,
    environment: new Map(),
    receiver: null,
    depth: frame.depth,
    isRecording: frame.isRecording,
    isThreaded: frame.isThreaded,
    loopDepth: 0,
    returns: UNKNOWN,
    yields: UNKNOWN,
    hasLeft: false,
  };
}

function evaluateClassBody(world: World, frame: Frame, cls: ClassInfo, statement: ClassStatement): void {
  // The name is visible to the body's functions before the class is bound.
  evaluateBlock(world, frame, statement.body);
  for (const [name, binding] of frame.environment) cls.frame.environment.set(name, binding);
}
