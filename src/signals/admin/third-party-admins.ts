// Admins of other packages: SQLAdmin, Flask-Admin, Starlette-Admin, … Views are counted where they are added, or, when the
// package collects them itself or they are added in a loop, by the classes that name a model.
import { type ClassInfo, externalAncestors } from "../../evaluation/class-info.ts";
import type { ExternalCall } from "../../evaluation/events.ts";
import { ADMIN_TOOLS, type AdminTool } from "../../knowledge/admin-tools.ts";
import type { Evidence } from "../../model/report.ts";
import { compareText } from "../../text/compare-text.ts";
import { isInLoop } from "../code-at.ts";
import { evidenceAt, type ProjectView } from "../project-view.ts";
import type { Registration } from "./registration.ts";

export interface ThirdPartyAdmin {
  readonly name: string;
  readonly registrations: readonly Registration[];
  /** Where its site or application is made. */
  readonly evidence: readonly Evidence[];
}

const OTHERS = ADMIN_TOOLS.filter(({ name, dressesDjangoAdmin }) => name !== "django" && !dressesDjangoAdmin);

/** The admins in use, the one with the most views first. */
export function thirdPartyAdmins(view: ProjectView): ThirdPartyAdmin[] {
  return OTHERS.flatMap((tool) => adminOf(view, tool)).sort(
    (left, right) =>
      right.registrations.length - left.registrations.length || compareText(left.name, right.name),
  );
}

function adminOf(view: ProjectView, tool: AdminTool): ThirdPartyAdmin[] {
  const calls = view.externalCalls.filter(({ name }) =>
    tool.importRoots.some((root) => name.startsWith(`${root}.`)),
  );
  const added = calls.filter(({ name }) => isRegister(tool, name)).flatMap((call) => fromCall(tool, call));
  const views = view.classes.filter((cls) => isModelView(tool, cls));
  const sites = calls.filter(
    ({ name }) => tool.sites.includes(name) || /\.(?:\w*Admin|create_admin|AppBuilder)$/.test(name),
  );
  if (added.length === 0 && sites.length === 0 && views.length === 0) return [];
  const isLoose = added.some(({ isLoop }) => isLoop) && views.length > added.length;
  const registrations = added.length === 0 || isLoose ? views.map((cls) => fromClass(tool, cls)) : added;
  const evidence = sites.map(({ site }) =>
    evidenceAt(site.module, site.start, `an admin of ${tool.name} is made`),
  );
  return [{ name: tool.name, registrations, evidence: evidence.slice(0, 1) }];
}

function isRegister(tool: AdminTool, name: string): boolean {
  return (
    tool.registers.includes(name) ||
    /\.(?:add_view|add_views|register|register_model|add_model_view)$/.test(name)
  );
}

function fromCall(tool: AdminTool, call: ExternalCall): (Registration & { readonly isLoop: boolean })[] {
  const { site, args } = call;
  // A page of the admin that shows no model is no registration.
  if (isPlainPage(args[0])) return [];
  const isLoop = isInLoop(site.module, site.start);
  const models = isLoop || !call.name.endsWith("add_views") ? 1 : Math.max(1, args.length);
  const says = `adds a view to ${tool.name}${isLoop ? " in a loop, counted once" : ""}`;
  return [{ models, isLoop, evidence: evidenceAt(site.module, site.start, says) }];
}

function isPlainPage(view: ExternalCall["args"][number] | undefined): boolean {
  const names = (view ?? []).flatMap((atom) => {
    if (atom.kind !== "class" && atom.kind !== "instance") return [];
    return atom.class === null ? [] : externalAncestors(atom.class);
  });
  return (
    names.length > 0 &&
    names.every((name) => /\.(?:BaseView|CustomView|AdminIndexView|FileAdmin)$/.test(name))
  );
}

/** A class for one model: it names the model as a keyword (`model=User`) or in its body. */
function isModelView(tool: AdminTool, cls: ClassInfo): boolean {
  const isView = externalAncestors(cls).some(
    (name) =>
      tool.views.includes(name) ||
      (tool.importRoots.some((root) => name.startsWith(`${root}.`)) &&
        /View|Admin|Resource|Model$/.test(name)),
  );
  if (!isView) return false;
  return (
    cls.keywords.has("model") ||
    ["model", "_model", "datamodel"].some((name) => cls.frame.environment.has(name))
  );
}

function fromClass(tool: AdminTool, cls: ClassInfo): Registration {
  return {
    models: 1,
    evidence: evidenceAt(cls.module, cls.statement.start, `${cls.name} is a view of ${tool.name}`),
  };
}
