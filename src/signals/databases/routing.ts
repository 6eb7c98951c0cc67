// Where the code itself says which database a statement goes to, and the routers that say it for all.
import { constantText } from "../../evaluation/atoms.ts";
import { UNKNOWN, type Value } from "../../evaluation/value.ts";
import type { Evidence } from "../../model/report.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../../text/visit-code.ts";
import { callAt } from "../code-at.ts";
import { settingsScopes, settingValue } from "../django-settings.ts";
import { evidenceAt, type ProjectView } from "../project-view.ts";
import { bindKeys } from "./sqlalchemy-databases.ts";

export interface Routing {
  readonly routers: readonly Evidence[];
  readonly explicit: readonly Evidence[];
}

export function routingOf(view: ProjectView): Routing {
  return {
    routers: routers(view),
    explicit: [...usingSteps(view), ...usingArguments(view), ...namedConnections(view), ...binds(view)],
  };
}

/** DATABASE_ROUTERS of the settings, each once. */
function routers(view: ProjectView): Evidence[] {
  const found = new Map<string, Evidence>();
  for (const scope of settingsScopes(view)) {
    const value = settingValue(view, scope, "DATABASE_ROUTERS") ?? UNKNOWN;
    const at = scope.body.find(
      (statement) =>
        statement.kind === "assign" &&
        statement.targets.some((target) => target.kind === "name" && target.id === "DATABASE_ROUTERS"),
    );
    for (const [index, name] of routerNames(value).entries())
      if (!found.has(name ?? `${index}`))
        found.set(
          name ?? `${index}`,
          evidenceAt(scope.module, at?.start ?? 0, `DATABASE_ROUTERS has ${name ?? "a router"}`),
        );
  }
  return [...found.values()];
}

function routerNames(value: Value): (string | null)[] {
  return value.flatMap((atom) => {
    if (atom.kind !== "sequence") return [];
    return (atom.items ?? [atom.element]).filter((item) => item.length > 0).map((item) => constantText(item));
  });
}

/** `Model.objects.using("replica")`: a step of a statement. */
function usingSteps(view: ProjectView): Evidence[] {
  const paths = new Set(view.files.map(({ path }) => path));
  return [...view.world.recorder.built.values()].flatMap(({ site, style }) => {
    if (style !== "django" || !paths.has(site.module.path)) return [];
    const call = callAt(site.module, site);
    if (call?.callee.kind !== "attribute" || call.callee.name !== "using") return [];
    const [alias] = call.args;
    if (alias?.kind === "string" && alias.parts.join("") === "default") return [];
    return [evidenceAt(site.module, call.callee.at, "a queryset is sent to a database by name")];
  });
}

/** `transaction.atomic(using="replica")`. */
function usingArguments(view: ProjectView): Evidence[] {
  return view.externalCalls.flatMap(({ name, site, keywords }) => {
    if (!name.startsWith("django.db.")) return [];
    const alias = constantText(keywords.get("using") ?? UNKNOWN);
    return alias === null || alias === "default"
      ? []
      : [evidenceAt(site.module, site.start, `uses the database "${alias}"`)];
  });
}

/** `connections["replica"].cursor()`. */
function namedConnections(view: ProjectView): Evidence[] {
  return view.modules.flatMap((module) => {
    const found: Evidence[] = [];
    if (!module.frame.environment.has("connections")) return found;
    visitStatements(module.facts.body, (statement) => {
      for (const expr of expressionsOf(statement))
        visitExpressions(expr, (part) => {
          if (part.kind !== "subscript" || part.base.kind !== "name" || part.base.id !== "connections")
            return;
          const [index] = part.indices;
          if (index?.kind === "string" && index.parts.join("") !== "default")
            found.push(evidenceAt(module, part.start, "takes a connection to a database by name"));
        });
    });
    return found;
  });
}

/** `sessionmaker(binds={…})`, `class RoutingSession(Session): def get_bind(…)`, `__bind_key__`. */
function binds(view: ProjectView): Evidence[] {
  const sessions = view.externalCalls.flatMap(({ name, site, keywords }) =>
    /^(?:sqlalchemy\.|sqlmodel\.)/.test(name) && (keywords.has("binds") || keywords.has("bind_arguments"))
      ? [evidenceAt(site.module, site.start, "a session is bound to several databases")]
      : [],
  );
  const routing = view.functions.flatMap((fn) =>
    fn.name === "get_bind" && fn.owner !== null
      ? [evidenceAt(fn.module, fn.start, `${fn.owner.name}.get_bind chooses the database`)]
      : [],
  );
  return [...sessions, ...routing, ...bindKeys(view).map(({ evidence }) => evidence)];
}
