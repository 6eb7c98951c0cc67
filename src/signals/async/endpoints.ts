// Functions that answer requests: decorated as routes, handed to a router, or verbs of a view class.
import { externalAncestors } from "../../evaluation/class-info.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import type { Value } from "../../evaluation/value.ts";
import { extensionOfImportRoot } from "../../knowledge/framework-extensions.ts";
import { frameworkOfImportRoot, frameworkOfPart } from "../../knowledge/frameworks.ts";
import type { ProjectView } from "../project-view.ts";

const ROUTE_DECORATORS =
  /\.(?:get|post|put|patch|delete|head|options|trace|route|websocket|api_route|websocket_route|view|view_config|expose|api_view|action|listener|operation|api_operation)$/;
const ROUTE_CALLS =
  /^django\.(?:urls\.(?:path|re_path)|conf\.urls\.url)$|\.(?:add_route|add_api_route|add_url_rule|add_get|add_post|add_put|add_patch|add_delete|add_view|add_resource|Route|WebSocketRoute|APIRoute|add_websocket_route)$/;
const VERBS =
  /^(?:get|post|put|patch|delete|head|options|on_get|on_post|on_put|on_patch|on_delete|list|retrieve|create|update|partial_update|destroy|dispatch)$/;
const VIEW_CLASSES =
  /\.(?:\w*View|\w*ViewSet|\w*Resource|\w*Handler|HTTPEndpoint|Controller|APIController|HTTPMethodView|\w*Endpoint)$/;

/** Endpoints of the code that counts. */
export function findEndpoints(view: ProjectView): FunctionInfo[] {
  const found = new Set<FunctionInfo>();
  const routed = new Set(
    view.externalCalls
      .filter(({ name }) => isRoute(name))
      .map(({ site }) => `${site.module.path}:${site.start}`),
  );
  for (const fn of view.functions) {
    const isDecorated = fn.decoratorOffsets.some((offset) => routed.has(`${fn.module.path}:${offset}`));
    if (isDecorated || isViewMethod(fn)) found.add(fn);
  }
  for (const { name, args, keywords } of view.externalCalls) {
    if (!ROUTE_CALLS.test(name) || !isWeb(name)) continue;
    for (const value of [...args, ...keywords.values()]) for (const fn of functionsIn(value)) found.add(fn);
  }
  const counted = new Set(view.functions);
  return [...found].filter((fn) => counted.has(fn));
}

function isRoute(name: string): boolean {
  return ROUTE_DECORATORS.test(name) && isWeb(name);
}

function isWeb(name: string): boolean {
  const root = name.split(".")[0] ?? name;
  return frameworkOfImportRoot(root) !== null || extensionOfImportRoot(root) !== null;
}

function isViewMethod(fn: FunctionInfo): boolean {
  if (fn.owner === null || !VERBS.test(fn.name)) return false;
  return externalAncestors(fn.owner).some(
    (name) => VIEW_CLASSES.test(name) && (frameworkOfPart(name) !== null || isWeb(name)),
  );
}

function functionsIn(value: Value): FunctionInfo[] {
  return value.flatMap((atom) => (atom.kind === "function" ? [atom.fn] : []));
}
