import { few } from "../evidence.ts";
import { runningFrameworks } from "../frameworks.ts";
import { activeOrms, familyOf } from "../orm-family.ts";
import { frameworkName, listed } from "../phrase.ts";
import type { Criterion } from "./criterion.ts";

const ALONE = 1;
const BESIDE_OTHERS = 0.8;
const ORM_STANDALONE = 0.9;
const ORM_UNDER_ANOTHER = 0.4;

export const djangoApplication: Criterion = {
  id: "django-application",
  title: "It is a Django application",
  favours: "django-orm",
  weight: 4,
  why:
    "Django's auth, admin, forms, sessions and nearly every add-on expect Django models; SQLAlchemy beside them costs all of that. The weight equals that " +
    "of another framework, because it is the same fact seen from the other side, and outweighs a handful of complex queries.",
  measured:
    `${ALONE} when Django is the only framework it runs on, ${BESIDE_OTHERS} beside others. Where only the Django ORM shows Django: ${ORM_STANDALONE} without ` +
    `another framework (scripts that call django.setup()), ${ORM_UNDER_ANOTHER} under one.`,
  source:
    "Django documentation, models as the base of admin, auth and forms (https://docs.djangoproject.com/en/stable/topics/db/models/, " +
    "https://docs.djangoproject.com/en/stable/ref/contrib/admin/)",
  presentOrmInputs: ["orms"],
  measure(signals) {
    const { django, others } = runningFrameworks(signals);
    const [main] = django;
    if (main !== undefined) {
      const add = main.extensions.length > 0 ? ` with ${listed(main.extensions.toSorted())}` : "";
      const beside =
        others.length > 0 ? `, beside ${listed(others.map((use) => frameworkName(use.name)))}` : "";
      return {
        strength: others.length > 0 ? BESIDE_OTHERS : ALONE,
        says: `runs on Django${add}${beside}`,
        evidence: few(django.flatMap((framework) => framework.evidence)),
      };
    }
    const orm = activeOrms(signals).find((use) => familyOf(use.name) === "django-orm");
    if (orm === undefined) return { strength: 0, says: "does not run on Django", evidence: [] };
    return {
      strength: others.length > 0 ? ORM_UNDER_ANOTHER : ORM_STANDALONE,
      says: "sets Django up for its ORM, without Django's web framework",
      evidence: few(orm.evidence),
    };
  },
};
