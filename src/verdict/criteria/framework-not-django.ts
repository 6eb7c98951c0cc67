import { few } from "../evidence.ts";
import { runningFrameworks } from "../frameworks.ts";
import { activeOrms, usesFamily } from "../orm-family.ts";
import { frameworkName, listed } from "../phrase.ts";
import type { Criterion } from "./criterion.ts";

const ALONE = 1;
const BESIDE_DJANGO = 0.3;
const NO_FRAMEWORK = 0.6;
const NO_FRAMEWORK_AND_NO_DJANGO_DATA_LAYER = 0.9;

export const frameworkNotDjango: Criterion = {
  id: "framework-not-django",
  title: "It runs on a framework that is not Django, or on none",
  favours: "sqlalchemy",
  weight: 4,
  why:
    "SQLAlchemy works alone and under any framework. The Django ORM needs Django's settings and app registry, which a project on " +
    "another framework would carry for its models only. The framework is the hardest thing to change, so it weighs about as " +
    "much as the two strongest other reasons together.",
  measured:
    `${ALONE} when every framework it runs on is another than Django; ${BESIDE_DJANGO} when another runs beside Django; without a ` +
    `framework ${NO_FRAMEWORK}, or ${NO_FRAMEWORK_AND_NO_DJANGO_DATA_LAYER} when its data layer already works without Django, and 0 ` +
    "when it is the Django ORM.",
  source:
    "Django documentation, settings: a standalone script must call django.setup() with settings configured " +
    "(https://docs.djangoproject.com/en/stable/topics/settings/#calling-django-setup-is-required-for-standalone-django-usage)",
  presentOrmInputs: ["orms"],
  measure(signals) {
    const { django, others } = runningFrameworks(signals);
    const names = listed(others.map((framework) => frameworkName(framework.name)));
    const evidence = few(others.flatMap((framework) => framework.evidence));
    if (others.length > 0 && django.length === 0)
      return { strength: ALONE, says: `runs on ${names}, not Django`, evidence };
    if (others.length > 0) return { strength: BESIDE_DJANGO, says: `${names} runs beside Django`, evidence };
    if (django.length > 0) return { strength: 0, says: "runs on Django alone", evidence: [] };
    if (usesFamily(signals, "django-orm"))
      return {
        strength: 0,
        says: "runs on no web framework, but with Django set up for its ORM",
        evidence: [],
      };
    const active = activeOrms(signals);
    return {
      strength: active.length > 0 ? NO_FRAMEWORK_AND_NO_DJANGO_DATA_LAYER : NO_FRAMEWORK,
      says: "runs on no web framework, so nothing brings Django in",
      evidence: few(active.flatMap((orm) => orm.evidence)),
    };
  },
};
