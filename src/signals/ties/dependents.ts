// Forms, serializers, views, receivers of model signals, managers and logins that are built on one ORM's models, by resolved class.
import { type ClassInfo, externalAncestors } from "../../evaluation/class-info.ts";
import { externalName } from "../../evaluation/external-name.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import { lineIn } from "../../evaluation/module-info.ts";
import { isManagerClass } from "../../evaluation/orm/django/manager.ts";
import type { Atom, InstanceAtom } from "../../evaluation/value.ts";
import { MODEL_SIGNAL, ORM_DEPENDENTS, SIGNAL_RECEIVER } from "../../knowledge/orm-dependents.ts";
import type { Evidence } from "../../model/report.ts";
import { evidenceAt, type ProjectView } from "../project-view.ts";
import type { TieCounts } from "./tie-counts.ts";

type Place = Pick<Evidence, "path" | "line">;
type Note = (dependent: string, on: string, at: Evidence) => void;

/** Notes each dependent once a place. */
export function noteDependents(view: ProjectView, counts: TieCounts): void {
  const seen = new Set<string>();
  const note: Note = (dependent, on, evidence) => {
    const key = `${dependent} ${evidence.path}:${evidence.line}`;
    if (seen.has(key)) return;
    seen.add(key);
    counts.note("dependent", dependent, on, evidence);
  };
  for (const cls of view.classes) noteClass(cls, note);
  for (const fn of view.functions) noteDecorated(fn, note);
  const decorators = new Set(
    view.functions.flatMap(({ module, decoratorOffsets }) =>
      decoratorOffsets.map((offset) => `${module.path}:${offset}`),
    ),
  );
  const classes = new Set(view.classes.flatMap((cls) => externalAncestors(cls)));
  for (const { name, site } of view.externalCalls) {
    // A decorator counts with its function, once however many of them it has.
    if (decorators.has(`${site.module.path}:${site.start}`)) continue;
    // `Session()` of a class of the project is also recorded under the name of its base.
    const rule = classes.has(name) ? undefined : ORM_DEPENDENTS.find(({ calls }) => calls?.test(name));
    if (rule !== undefined)
      note(rule.dependent, rule.on, evidenceAt(site.module, site.start, `calls ${name}`));
  }
}

function noteClass(cls: ClassInfo, note: Note): void {
  const ancestors = externalAncestors(cls);
  const at = evidenceAt(cls.module, cls.statement.start, cls.name);
  for (const { dependent, on, bases } of ORM_DEPENDENTS) {
    const base = ancestors.find((name) => bases?.test(name));
    if (base !== undefined) note(dependent, on, { ...at, says: `${cls.name} is a ${base}` });
  }
  if (isManagerClass(cls))
    note("managers", "django-orm", { ...at, says: `${cls.name} is a manager or queryset` });
  // `@method_decorator(login_required)` stands on classes as well.
  for (const atom of cls.decorators.flat()) noteDecorator(atom, at, note);
}

function noteDecorated({ module, decorators, decoratorOffsets }: FunctionInfo, note: Note): void {
  const line = lineIn(module, decoratorOffsets[0] ?? 0);
  for (const atom of decorators.flat()) noteDecorator(atom, { path: module.path, line }, note);
}

function noteDecorator(atom: Atom, at: Place, note: Note): void {
  const name = externalName(atom);
  if (name === SIGNAL_RECEIVER && atom.kind === "instance") {
    const signal = signalsIn(atom).find((one) => one !== null && MODEL_SIGNAL.test(one));
    if (signal !== undefined) note("signal receivers", "django-orm", { ...at, says: `receives ${signal}` });
    return;
  }
  const rule = name === null ? undefined : ORM_DEPENDENTS.find(({ calls }) => calls?.test(name));
  if (rule !== undefined) note(rule.dependent, rule.on, { ...at, says: `decorated with ${name}` });
}

/** `@receiver(post_save)`, `@receiver([post_save, post_delete])` */
function signalsIn({ construction }: InstanceAtom): readonly (string | null)[] {
  return (construction?.args[0] ?? [])
    .flatMap((one) => (one.kind === "sequence" ? (one.items ?? [one.element]).flat() : [one]))
    .map(externalName);
}
