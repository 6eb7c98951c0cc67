import type { FrameworkUse, ProjectSignals } from "../../model/report.ts";
import { few } from "../evidence.ts";
import { runningFrameworks } from "../frameworks.ts";
import { activeOrms, familyOf, presentOrm } from "../orm-family.ts";
import { frameworkName, listed, ormName, sentence } from "../phrase.ts";
import type { RowDefinition } from "./comparison-row.ts";

export const frameworkDependency: RowDefinition = {
  row: "framework dependency",
  sqlalchemy: "None: stands alone and works under any framework.",
  djangoOrm: "Needs Django, its settings and its app registry.",
  here(signals) {
    const { django, others } = runningFrameworks(signals);
    const running = [...django, ...others];
    const only = signals.frameworks.filter((framework) => framework.role === "supports");
    const supported = only.length > 0 ? `; it only supports ${namesOf(only)}` : "";
    if (running.length === 0)
      return { says: `Runs on no web framework that was found${supported}.`, evidence: [] };
    return {
      says: `Runs on ${namesOf(running)}${supported}.`,
      evidence: few(running.flatMap((framework) => framework.evidence)),
    };
  },
};

export const bestPairedWith: RowDefinition = {
  row: "best paired with",
  sqlalchemy: "FastAPI, Flask and other frameworks that bring no ORM.",
  djangoOrm: "Django.",
  here(signals) {
    const orms = activeOrms(signals);
    const evidence = few(orms.flatMap((orm) => orm.evidence));
    return { says: pairing(signals), evidence };
  },
};

function pairing(signals: ProjectSignals): string {
  const { django, others } = runningFrameworks(signals);
  const frameworks = [...django, ...others];
  const on = frameworks.length === 0 ? "no web framework" : namesOf(frameworks);
  const present = presentOrm(signals);
  if (present === null) {
    const [orm] = activeOrms(signals);
    return `${sentence(on)} is paired with ${orm === undefined ? "no ORM" : ormName(orm.name)}.`;
  }
  const pair = `${sentence(on)} is paired with ${ormName(present.name)}`;
  const family = familyOf(present.name);
  if (family !== "sqlalchemy" && family !== "django-orm") return `${pair}, which is neither of the two.`;
  if (frameworks.length === 0) return `${pair}.`;
  const isUsual = family === "django-orm" ? django.length > 0 : django.length === 0;
  if (isUsual) return `${pair}: the usual pairing.`;
  return family === "sqlalchemy"
    ? `${pair}: possible but uncommon, at the price of Django's admin and migrations.`
    : `${pair}: uncommon, since it carries Django for its models only.`;
}

function namesOf(frameworks: readonly FrameworkUse[]): string {
  return listed(
    [...frameworks].map(({ name, version, extensions }) => {
      const add = extensions.length > 0 ? ` (${listed([...extensions].toSorted())})` : "";
      return `${frameworkName(name)}${version === null ? "" : ` ${version}`}${add}`;
    }),
  );
}
