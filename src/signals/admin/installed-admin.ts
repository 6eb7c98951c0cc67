// Where Django's admin is switched on: routed in a URLconf, or listed among the installed apps.
import type { Value } from "../../evaluation/value.ts";
import type { Expr } from "../../model/code.ts";
import type { Evidence } from "../../model/report.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../../text/visit-code.ts";
import { settingsScopes, settingValue } from "../django-settings.ts";
import { evidenceAt, type ProjectView } from "../project-view.ts";

/** Apps of INSTALLED_APPS that are, or bring, Django's admin. */
const ADMIN_APP = /^django\.contrib\.admin(?:$|\.)|(?:^|\.)\w*AdminConfig$/;

/** Evidence that Django's admin is switched on; empty where it is not. URLs come first: an admin without them is not reachable. */
export function installedAdmin(view: ProjectView): Evidence[] {
  return [...routed(view), ...listed(view)];
}

/** `path("admin/", admin.site.urls)`, and the same of a custom site. */
function routed(view: ProjectView): Evidence[] {
  return view.modules.flatMap((module) => {
    const found: Evidence[] = [];
    visitStatements(module.facts.body, (statement) => {
      for (const expr of expressionsOf(statement))
        visitExpressions(expr, (part) => {
          if (isSiteUrls(part))
            found.push(evidenceAt(module, part.start, "Django's admin has a URL, and nothing is registered"));
        });
    });
    return found;
  });
}

function isSiteUrls(expr: Expr): expr is Extract<Expr, { kind: "attribute" }> {
  if (expr.kind !== "attribute" || expr.name !== "urls") return false;
  const { base } = expr;
  return base.kind === "attribute"
    ? base.name === "site" && base.base.kind === "name" && base.base.id === "admin"
    : base.kind === "name" && /admin_?site$/i.test(base.id);
}

function listed(view: ProjectView): Evidence[] {
  return settingsScopes(view).flatMap((scope) => {
    const apps = settingValue(view, scope, "INSTALLED_APPS");
    if (apps === null || !textsIn(apps).some((app) => ADMIN_APP.test(app))) return [];
    const at = scope.body.find(
      (statement) =>
        statement.kind === "assign" &&
        statement.targets.some((target) => target.kind === "name" && target.id === "INSTALLED_APPS"),
    );
    return [
      evidenceAt(
        scope.module,
        at?.start ?? 0,
        "django.contrib.admin is installed, and nothing is registered",
      ),
    ];
  });
}

function textsIn(value: Value): string[] {
  return value.flatMap((atom): string[] => {
    if (atom.kind === "text") return [atom.parts.map((part) => part ?? "").join("")];
    if (atom.kind === "sequence")
      return atom.items === null ? textsIn(atom.element) : atom.items.flatMap(textsIn);
    return [];
  });
}
