// Registrations with django.contrib.admin: `admin.site.register(A)`, `@admin.register(A, B)`, and the same on a custom site.
// Inlines belong to the model they stand under and are not counted.
import { constantText } from "../../evaluation/atoms.ts";
import type { ClassInfo } from "../../evaluation/class-info.ts";
import type { ExternalCall } from "../../evaluation/events.ts";
import type { ModuleInfo } from "../../evaluation/module-info.ts";
import { isDjangoModel } from "../../evaluation/orm/django/model-class.ts";
import { UNKNOWN, type Value } from "../../evaluation/value.ts";
import { isInLoop } from "../code-at.ts";
import { evidenceAt, type ProjectView } from "../project-view.ts";
import type { Registration } from "./registration.ts";

/** `register` of the default site, of the decorator, and of AdminSite (other packages' sites keep the class's name). */
const REGISTER =
  /^(?:django\.contrib\.(?:gis\.)?admin\.(?:\w+\.)*|[\w.]*\b(?:\w*AdminSite|admin\.site)\.)register$/;

/** Every place in production code that registers models, in order of path and line. */
export function djangoRegistrations(view: ProjectView): Registration[] {
  const calls = view.externalCalls.filter(({ name }) => REGISTER.test(name)).map(fromCall);
  const decorated = view.classes.flatMap(fromDecorators);
  const seen = new Set<string>();
  return [...calls, ...decorated].filter(({ evidence, models }) => {
    const key = `${evidence.path}:${evidence.line}:${models}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function fromCall({ site, args, keywords }: ExternalCall): Registration {
  const given = args[0] ?? keywords.get("model_or_iterable") ?? UNKNOWN;
  return registration(site.module, site.start, [given]);
}

/** The decorator is not among the calls: it is evaluated once, with the class. */
function fromDecorators(cls: ClassInfo): Registration[] {
  return cls.decorators.flatMap((value) =>
    value.flatMap((atom) => {
      if (atom.kind !== "instance" || atom.external === null || !REGISTER.test(atom.external)) return [];
      return [registration(cls.module, cls.statement.start, atom.construction?.args ?? [])];
    }),
  );
}

function registration(module: ModuleInfo, at: number, given: readonly Value[]): Registration {
  const names = given.flatMap(modelNames);
  const isLoop = isInLoop(module, at);
  const models = isLoop ? 1 : Math.max(1, names.length);
  const what = names.length === 0 ? "models" : names.slice(0, 3).join(", ");
  const says = isLoop
    ? "registers models with Django's admin in a loop, counted once"
    : `registers ${what}${names.length > 3 ? ", …" : ""} with Django's admin`;
  return { models, evidence: evidenceAt(module, at, says) };
}

/** Names of the models an argument stands for: one, or each of a list. */
function modelNames(value: Value): string[] {
  const single = value.flatMap((atom): string[] => {
    if (atom.kind === "class")
      return isDjangoModel(atom.class) || value.length === 1 ? [atom.class.name] : [];
    if (atom.kind === "external") return [atom.name.slice(atom.name.lastIndexOf(".") + 1)];
    return [];
  });
  if (single.length > 0) return single.slice(0, 1);
  return value.flatMap((atom) =>
    atom.kind === "sequence" && atom.items !== null
      ? atom.items.map((item) => modelNames(item)[0] ?? constantText(item) ?? "a model")
      : [],
  );
}
