// Asks each library in turn what a call does; null leaves the answer to Python's own rules.
import { joinAll, text } from "../atoms.ts";
import { formatValue } from "../formatting.ts";
import type { Frame } from "../frame.ts";
import { type Atom, type InstanceAtom, type MethodAtom, UNKNOWN, type Value } from "../value.ts";
import type { World } from "../world.ts";
import { argument, type CallContext, type MethodCall } from "./call-context.ts";
import { ADDING_METHOD, addField } from "./django/added-fields.ts";
import { registryMethod } from "./django/app-registry.ts";
import {
  djangoFunction,
  genericViewMethod,
  instanceMethod,
  managerFactory,
  querysetMethod,
} from "./django/calls.ts";
import { formValidation } from "./django/form-validation.ts";
import { paginatorMethod } from "./django/paginator.ts";
import { builtQueryset } from "./django/queryset-class.ts";
import { treeMethod } from "./django/tree-methods.ts";
import { undeclaredRelation } from "./django/undeclared.ts";
import { otherOrmMethod } from "./other/calls.ts";
import { composedMethod, composedSql } from "./raw/composed-sql.ts";
import { driverFactory, driverMethod } from "./raw/connections.ts";
import { addRequestMethod } from "./request-methods.ts";
import { versionClass } from "./sqlalchemy/continuum.ts";
import { expressionMethod } from "./sqlalchemy/expression-method.ts";
import {
  factoryMethod,
  listenCall,
  listening,
  madeSession,
  sqlalchemyFactory,
} from "./sqlalchemy/factories.ts";
import { flaskExtensionMethod, paginationMethod } from "./sqlalchemy/flask-extension.ts";
import { sqlalchemyFunction } from "./sqlalchemy/functions.ts";
import { mapImperatively } from "./sqlalchemy/imperative.ts";
import { indexMappedRelations } from "./sqlalchemy/mapped-class.ts";
import { statementMethod } from "./sqlalchemy/query-method.ts";
import { schemaFunction, schemaMethod } from "./sqlalchemy/schema-call.ts";
import { resultMethod, sessionMethod } from "./sqlalchemy/session-method.ts";
import { tableMethod } from "./sqlalchemy/table-method.ts";
import { kitCall, kitFunction } from "./sqlalchemy/testing-kit.ts";
import { standardContext } from "./standard-contexts.ts";
import { textMethod } from "./text-method.ts";
import { threadCall } from "./thread-hand-over.ts";

export function ormCall(world: World, frame: Frame, atom: Atom, call: CallContext): Value | null {
  switch (atom.kind) {
    case "external":
      return (
        threadCall(world, frame, atom.name, call) ??
        djangoFunction(world, frame, atom.name, call) ??
        sqlalchemyFactory(frame, atom.name, call) ??
        listenCall(world, frame, atom.name, call) ??
        sqlalchemyFunction(world, frame, atom.name, call) ??
        imperativeFunction(world, frame, atom.name, call) ??
        kitFunction(atom.name) ??
        versionClass(atom.name, call) ??
        schemaFunction(world, frame, atom.name, call) ??
        driverFactory(atom.name) ??
        composedSql(atom.name, call) ??
        standardContext(atom.name, call) ??
        chained(atom.name, call)
      );
    case "class":
      return builtQueryset(world, frame, atom.class, call);
    case "method":
      return addRequestMethod(world, frame, atom, call) ?? methodCall(world, frame, atom, call);
    case "instance":
      return kitCall(world, atom, call) ?? listening(world, frame, atom, call) ?? madeSession(atom);
    case "query":
      // `Model.objects(...)` of MongoEngine: the statement is called to filter it.
      return atom.query.style === "other" ? [atom] : null;
    default:
      return null;
  }
}

/** `itertools.chain(…)` asks for nothing itself: what iterates over it iterates over what it was given. */
function chained(name: string, { args }: CallContext): Value | null {
  if (name === "itertools.chain") return joinAll(args);
  if (name !== "itertools.chain.from_iterable") return null;
  return joinAll(args.flat().map((atom) => (atom.kind === "sequence" ? atom.element : UNKNOWN)));
}

function methodCall(world: World, frame: Frame, atom: MethodAtom, call: CallContext): Value | null {
  const { receiver, name, at } = atom;
  const { expr, args, keywords, site, isThreaded = false } = call;
  const method: MethodCall = { expr, args, keywords, site, isThreaded, receiver, name, at };
  if (name === "map_imperatively") return mapped(world, frame, method);
  switch (receiver.kind) {
    case "query":
      if (receiver.query.style === "django" || receiver.query.style === "django-raw")
        return querysetMethod(world, frame, receiver.query, method);
      return (
        otherOrmMethod(world, frame, receiver, method) ??
        statementMethod(world, frame, receiver.query, method)
      );
    case "sql":
      return (
        schemaMethod(world, frame, receiver, method) ??
        tableMethod(world, frame, receiver, method) ??
        expressionMethod(world, frame, receiver.fragment, method)
      );
    case "instance":
      return instanceCall(world, frame, receiver, method);
    case "method": {
      const related = undeclaredRelation(world, frame, receiver, name);
      return related === null ? null : querysetMethod(world, frame, related, method);
    }
    case "constant":
      return name === ADDING_METHOD ? addField(world, receiver, method) : null;
    case "class":
      if (name === ADDING_METHOD) return addField(world, receiver, method);
      return (
        managerFactory(receiver, method) ??
        treeMethod(world, frame, receiver, method) ??
        otherOrmMethod(world, frame, receiver, method)
      );
    case "external":
      return managerFactory(receiver, method);
    case "text":
      if (receiver.isComposed) return composedMethod(receiver, method);
      if (name === "format")
        for (const value of [...call.args, ...call.keywords.values()])
          formatValue(world, frame, value, call.expr);
      return textMethod(receiver, method);
    case "sequence":
    case "mapping":
      return collectionCall(receiver, method);
    default:
      return null;
  }
}

/** `sqlalchemy.orm.mapper(User, users)`, gone in 2.0; null for other functions. */
function imperativeFunction(world: World, frame: Frame, name: string, call: CallContext): Value | null {
  return name === "sqlalchemy.orm.mapper" ? mapped(world, frame, call) : null;
}

function mapped(world: World, frame: Frame, call: CallContext): Value {
  const classes = mapImperatively(call, frame.fn);
  for (const atom of classes) if (atom.kind === "class") indexMappedRelations(world, atom.class);
  return classes;
}

function instanceCall(world: World, frame: Frame, atom: InstanceAtom, call: MethodCall): Value | null {
  return (
    threadCall(world, frame, `.${call.name}`, call) ??
    genericViewMethod(world, frame, atom, call) ??
    registryMethod(world, atom, call) ??
    treeMethod(world, frame, atom, call) ??
    paginatorMethod(world, frame, atom, call) ??
    formValidation(world, frame, atom, call) ??
    instanceMethod(world, frame, atom, call) ??
    sessionMethod(world, frame, atom, call) ??
    resultMethod(atom, call) ??
    schemaMethod(world, frame, atom, call) ??
    flaskExtensionMethod(world, frame, atom, call) ??
    paginationMethod(world, frame, atom, call) ??
    tableMethod(world, frame, atom, call) ??
    factoryMethod(atom, call) ??
    driverMethod(world, frame, atom, call) ??
    otherOrmMethod(world, frame, atom, call)
  );
}

/** `values()` and `get()` of dictionaries, `pop()` of lists: an element. */
function collectionCall(atom: Extract<Atom, { kind: "sequence" | "mapping" }>, call: MethodCall): Value {
  if (atom.kind === "sequence") {
    if (call.name === "pop") return atom.element;
    return /^(?:copy)$/.test(call.name) ? [atom] : UNKNOWN;
  }
  const [key] = argument(call, 0, "key");
  switch (call.name) {
    case "get":
    case "pop":
    case "setdefault": {
      const name = key?.kind === "text" ? key.parts.join("") : null;
      return (
        (name === null ? undefined : atom.entries.get(name)) ??
        joinAll([atom.element, call.args[1] ?? UNKNOWN])
      );
    }
    case "values":
      return [{ kind: "sequence", of: "list", items: null, element: atom.element }];
    case "items": {
      const pair: Value = [
        { kind: "sequence", of: "tuple", items: [text(""), atom.element], element: atom.element },
      ];
      return [{ kind: "sequence", of: "list", items: null, element: pair }];
    }
    case "copy":
      return [atom];
    default:
      return UNKNOWN;
  }
}
