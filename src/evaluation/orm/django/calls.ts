// Calls that belong to Django: expressions, shortcuts, model instances' own writes, managers made from querysets.
import { externalInstance, instanceOf, isConstant, joinAll, sequence } from "../../atoms.ts";
import { attributeNamed } from "../../attribute.ts";
import { callFunction } from "../../call-function.ts";
import { type ClassInfo, externalAncestors, ownAncestors } from "../../class-info.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import type { Query, Site } from "../../query.ts";
import { resolveBinding } from "../../scope.ts";
import { type Atom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { recordExecution, recordStart, startQuery, stepQuery } from "../build-query.ts";
import { argument, type CallContext, type MethodCall } from "../call-context.ts";
import { fetchedRow } from "../trigger.ts";
import { grownChange, growShape, startGrowth } from "./absorb.ts";
import { appConfig, registeredModel } from "./app-registry.ts";
import { userModelValue } from "./attributes.ts";
import { absorbConditions, buildStep, isBuildMethod } from "./build-step.ts";
import { contribModel } from "./contrib-model.ts";
import { executeStep, isExecutingMethod } from "./execute-step.ts";
import { djangoExpression, raw } from "./expressions.ts";
import { isFormOfNewRow } from "./form-row.ts";
import { isInstanceQuery } from "./instance-queries.ts";
import {
  defaultManagerClass,
  isManagerName,
  managerQuery,
  managerQueryset,
  unknownRows,
  withDefaultOrder,
} from "./manager.ts";
import { isDjangoModel } from "./model-class.ts";
import { managerFromQueryset } from "./queryset-class.ts";
import { settleJoins } from "./settle-joins.ts";

/** Calls of Django's functions and classes by name; null for names of other libraries. */
export function djangoFunction(world: World, frame: Frame, name: string, call: CallContext): Value | null {
  const made = externalManagerFactory(name, call);
  if (made !== null) return made;
  if (!name.startsWith("django")) return null;
  switch (name) {
    case "django.shortcuts.get_object_or_404":
    case "django.shortcuts.aget_object_or_404":
    case "django.shortcuts.get_list_or_404":
    case "django.shortcuts.aget_list_or_404":
      return shortcut(world, frame, name, call);
    case "django.contrib.auth.get_user_model":
      return userModelValue(world);
    case "django.apps.apps.get_model":
      return registeredModel(world, call);
    case "django.apps.apps.get_app_config":
      return appConfig(call);
    case "django.db.connection.cursor":
      return [externalInstance("django.db.Cursor")];
    case "django.db.models.expressions.RawSQL":
      return [{ kind: "sql", fragment: raw(lineIn(frame.module, call.site.start)) }];
    default:
      return djangoExpression(world, frame, name, call);
  }
}

/** `get_object_or_404(Model or manager or queryset, **conditions)`: runs `get`, or a filtered list. */
function shortcut(world: World, frame: Frame, name: string, call: CallContext): Value {
  const short = name.slice(name.lastIndexOf(".") + 1);
  const isMany = short.includes("list");
  const given = argument(call, 0, "klass");
  const started = given.flatMap((atom) => {
    const base = querysetFrom(world, frame, atom, call.site);
    return base === null ? [] : [{ atom, base }];
  });
  // Whatever it is given, it asks for rows of it.
  const unknown = { atom: given[0] ?? { kind: "constant" as const, text: "" }, base: unknownRows(call.site) };
  const results = (started.length > 0 ? started : [unknown]).map(({ atom, base }): Value => {
    const method: MethodCall = {
      ...call,
      args: call.args.slice(1),
      receiver: atom,
      name: short,
      at: call.site.start,
    };
    const growth = startGrowth(base);
    absorbConditions(world, frame, growth, method);
    if (!isMany) growShape(growth, { limited: true, ordered: false });
    const query = settleJoins(
      world,
      stepQuery(world, frame, base, call.site, grownChange(base, growth)),
      true,
    );
    const isAsync = short.startsWith("a");
    const execution = recordExecution(world, frame, query, {
      site: call.site,
      at: call.site.start,
      method: short,
      kind: isAsync ? "unawaited" : "sync",
      isThreaded: isAsync,
    });
    const row = fetchedRow(query);
    const value: Value = isMany ? [sequence("list", null, row)] : row;
    return isAsync ? [{ kind: "awaitable", value, executions: [execution] }] : value;
  });
  return joinAll(results);
}

/** The queryset that a model, manager or queryset stands for, where a shortcut takes any of them. */
export function querysetFrom(world: World, frame: Frame, atom: Atom, site: Site): Query | null {
  if (atom.kind === "query") return managerQueryset(world, frame, atom.query, site);
  if (atom.kind === "class" && isDjangoModel(atom.class))
    return managerQueryset(
      world,
      frame,
      managerQuery(atom.class, site, defaultManagerClass(world, atom.class)),
      site,
    );
  if (atom.kind === "external" && /\bmodels\.(?:\w+\.)*[A-Z]\w*$/.test(atom.name))
    return managerQueryset(
      world,
      frame,
      managerQuery(contribModel(atom.name) ?? atom.name, site, null),
      site,
    );
  return null;
}

/** A method of a manager or queryset; UNKNOWN for names that Django does not have. */
export function querysetMethod(world: World, frame: Frame, query: Query, call: MethodCall): Value {
  const { name } = call;
  if (query.style === "django-raw") return rawMethod(world, frame, query, call);
  if (name === "get_queryset" || name === "get_query_set")
    return [
      { kind: "query", query: withDefaultOrder(world, { ...query, isManager: false, site: call.site }) },
    ];
  if (name === "raw") return rawQuery(world, frame, query, call);
  if (isBuildMethod(name)) {
    const base = managerQueryset(world, frame, query, call.site);
    return [{ kind: "query", query: buildStep(world, frame, base, call) }];
  }
  if (isExecutingMethod(name))
    return executeStep(world, frame, managerQueryset(world, frame, query, call.site), call);
  if (name === "as_manager") return [{ kind: "query", query: { ...query, isManager: true } }];
  return UNKNOWN;
}

/** A RawQuerySet goes on building, gives its rows one by one, or asks the statement for its columns. */
function rawMethod(world: World, frame: Frame, query: Query, call: MethodCall): Value {
  switch (call.name) {
    case "prefetch_related":
    case "using":
      return [{ kind: "query", query: stepQuery(world, frame, query, call.site, {}) }];
    case "iterator":
      return [{ kind: "query", query: stepQuery(world, frame, query, call.site, { isIterator: true }) }];
    case "resolve_model_init_order":
      recordExecution(world, frame, query, { site: call.site, at: call.at, method: call.name });
      return UNKNOWN;
    default:
      return UNKNOWN;
  }
}

function rawQuery(world: World, frame: Frame, query: Query, call: MethodCall): Value {
  const made: Query = {
    ...query,
    style: "django-raw",
    layer: "raw",
    isManager: false,
    site: call.site,
    features: [{ name: "raw-fragment", line: lineIn(frame.module, call.at) }],
    text: argument(call, 0, "raw_query"),
  };
  return [{ kind: "query", query: recordStart(world, frame, made) }];
}

const WRITES = new Map([
  ["save", "update"],
  ["save_base", "update"],
  ["delete", "delete"],
  ["refresh_from_db", "select"],
] as const);

/** `instance.save()` and the like, with their async twins; null for other methods. */
export function instanceMethod(
  world: World,
  frame: Frame,
  atom: Extract<Atom, { kind: "instance" }>,
  call: MethodCall,
): Value | null {
  const isAsync = /^a(?:save|delete|refresh_from_db)$/.test(call.name);
  const name = isAsync ? call.name.slice(1) : call.name;
  const isQuery =
    atom.class !== null && isDjangoModel(atom.class) && isInstanceQuery(world, atom.class, name);
  const operation = isQuery && !isAsync ? "select" : WRITES.get(name as "save");
  if (operation === undefined) return null;
  const model = atom.class !== null ? modelWritten(world, atom.class) : externalModel(atom.external);
  if (model === null) return null;
  // A form gives the row as it would save it.
  if (atom.class !== model && name === "save" && isConstant(argument(call, 0, "commit"), "False"))
    return typeof model === "string" ? UNKNOWN : [instanceOf(model)];
  const isMade = atom.class === model ? atom.construction !== null : isFormOfNewRow(atom);
  const isNew = name === "save" && isMade;
  const query = startQuery({
    style: "django",
    orm: "django-orm",
    layer: "orm",
    model,
    operation: isNew ? "insert" : operation,
    site: call.site,
  });
  const execution = recordExecution(world, frame, query, {
    site: call.site,
    at: call.at,
    method: call.name,
    kind: isAsync ? "unawaited" : "sync",
    isThreaded: isAsync,
  });
  const saved: Value =
    isQuery || typeof model === "string" ? UNKNOWN : atom.class === model ? UNKNOWN : [instanceOf(model)];
  return isAsync ? [{ kind: "awaitable", value: saved, executions: [execution] }] : saved;
}

/** The model that saving an instance writes: itself, or the model of a ModelForm or ModelSerializer. */
function modelWritten(world: World, cls: ClassInfo): ClassInfo | string | null {
  if (isDjangoModel(cls)) return cls;
  const saves = externalAncestors(cls).some((name) =>
    /(?:^|\.)Model\w*(?:Form|Serializer)$|\.(?:UserCreationForm|UserChangeForm|HyperlinkedModelSerializer)$/.test(
      name,
    ),
  );
  return saves ? metaModel(world, cls) : null;
}

export function metaModel(world: World, cls: ClassInfo): ClassInfo | string | null {
  for (const ancestor of ownAncestors(cls)) {
    const meta = ancestor.frame.environment.get("Meta");
    if (meta === undefined) continue;
    for (const atom of resolveBinding(world, meta)) {
      const binding = atom.kind === "class" ? atom.class.frame.environment.get("model") : undefined;
      const model = binding === undefined ? UNKNOWN : resolveBinding(world, binding);
      for (const entry of model) {
        if (entry.kind === "class") return entry.class;
        if (entry.kind === "external") return contribModel(entry.name) ?? entry.name;
      }
    }
  }
  return null;
}

function externalModel(name: string | null): ClassInfo | string | null {
  if (name === null || !/^django\.contrib\.\w+\.models\.(?!AnonymousUser$)[A-Z]\w*$/.test(name)) return null;
  return contribModel(name) ?? name;
}

/** `QuerySet.as_manager()` and `Manager.from_queryset(QuerySet)`; null for other classes and methods. */
export function managerFactory(atom: Atom, call: MethodCall): Value | null {
  if (call.name === "as_manager" && atom.kind === "class")
    return [externalInstance("django.db.models.Manager", [{ kind: "class", class: atom.class }])];
  if (call.name !== "from_queryset") return null;
  if (atom.kind === "external" && !isManagerName(atom.name)) return null;
  const querysets = argument(call, 0, "queryset_class");
  if (atom.kind !== "class") return [atom, ...querysets];
  return querysets.map((queryset) =>
    queryset.kind === "class"
      ? { kind: "class", class: managerFromQueryset(atom.class, queryset.class) }
      : queryset,
  );
}

/** `models.Manager.from_queryset(QuerySet)`: a class that is both, as a base or to call. */
function externalManagerFactory(name: string, call: CallContext): Value | null {
  const suffix = ".from_queryset";
  const manager = name.endsWith(suffix) ? name.slice(0, -suffix.length) : null;
  if (manager === null || !isManagerName(manager)) return null;
  return [{ kind: "external", name: manager }, ...argument(call, 0, "queryset_class")];
}

const GENERIC_VIEW =
  /^(?:django\.views\.generic\b|rest_framework\.(?:generics|viewsets|mixins)\b|django_filters\.views\b|django_tables2\b|extra_views\b|wagtail\.admin\b|django\.contrib\.admin\.(?:options\.)?(?:ModelAdmin|\w*Inline))|\.(?:\w*(?:ListView|DetailView|UpdateView|DeleteView|CreateView|ModelViewSet|GenericAPIView|APIView|ModelAdmin))$/;

/** `self.get_queryset()` and `self.get_object()` that a generic view, DRF view or admin class inherits. */
export function genericViewMethod(
  world: World,
  frame: Frame,
  atom: Extract<Atom, { kind: "instance" }>,
  call: MethodCall,
): Value | null {
  if (
    atom.class === null ||
    !/^(?:get_queryset|get_object|filter_queryset|paginate_queryset|get_context_data)$/.test(call.name)
  )
    return null;
  if (!isGenericView(atom.class)) return null;
  if (call.name === "filter_queryset") return argument(call, 0, "queryset");
  if (call.name === "paginate_queryset") return paginated(world, frame, call);
  if (call.name === "get_context_data") return listContext(world, frame, atom, call);
  const base = viewQueryset(world, frame, atom, call);
  if (base === null) return UNKNOWN;
  if (call.name === "get_queryset") return [{ kind: "query", query: base }];
  const built = stepQuery(world, frame, base, call.site, {
    shape: { conditions: 1, limited: true, ordered: false },
  });
  const query = settleJoins(world, built, true);
  recordExecution(world, frame, query, { site: call.site, at: call.at, method: call.name });
  return fetchedRow(query);
}

/** A mixin of views is one of them by the classes that it is mixed into. */
function isGenericView(cls: ClassInfo, depth = 0): boolean {
  if (externalAncestors(cls).some((name) => GENERIC_VIEW.test(name))) return true;
  return depth < 3 && cls.subclasses.some((below) => isGenericView(below, depth + 1));
}

function paginated(world: World, frame: Frame, call: MethodCall): Value {
  const found = argument(call, 0, "queryset").find((atom) => atom.kind === "query");
  if (found?.kind !== "query") return UNKNOWN;
  recordExecution(world, frame, settleJoins(world, found.query, true), {
    site: call.site,
    at: call.at,
    method: call.name,
  });
  return [sequence("list", null, fetchedRow(found.query))];
}

/** The context of a list that is cut into pages: how many rows there are is asked for at once, the page when it is shown. */
function listContext(
  world: World,
  frame: Frame,
  atom: Extract<Atom, { kind: "instance" }>,
  call: MethodCall,
): Value | null {
  const isList = atom.class !== null && externalAncestors(atom.class).some((name) => LIST_VIEW.test(name));
  const size = isList ? attributeNamed(world, frame, atom, "paginate_by", call.at) : UNKNOWN;
  if (!size.some((one) => one.kind === "constant" && one.text !== "None")) return null;
  const base = viewQueryset(world, frame, atom, call);
  if (base === null) return null;
  executeStep(world, frame, base, { ...call, args: [], keywords: new Map(), name: "count" });
  return null;
}

const LIST_VIEW = /^django\.views\.generic\.(?:\w+\.)*(?:\w*ListView|MultipleObjectMixin)$/;

function viewQueryset(
  world: World,
  frame: Frame,
  atom: Extract<Atom, { kind: "instance" }>,
  call: MethodCall,
): Query | null {
  if (call.name !== "get_queryset") {
    const own = attributeNamed(world, frame, atom, "get_queryset", call.at).find(
      (entry) => entry.kind === "function",
    );
    const { end, start } = call.site;
    const made =
      own?.kind === "function"
        ? callFunction(world, { ...frame, isRecording: false }, own, {
            start,
            end,
            args: [],
            keywords: new Map(),
          })
        : UNKNOWN;
    const found = made.find((entry) => entry.kind === "query");
    if (found?.kind === "query") return managerQueryset(world, frame, found.query, call.site);
  }
  const declared = attributeNamed(world, frame, atom, "queryset", call.at).find(
    (entry) => entry.kind === "query",
  );
  if (declared?.kind === "query")
    return { ...managerQueryset(world, frame, declared.query, call.site), site: call.site };
  for (const entry of attributeNamed(world, frame, atom, "model", call.at)) {
    const made = querysetFrom(world, frame, entry, call.site);
    if (made !== null) return made;
  }
  return unknownRows(call.site);
}
