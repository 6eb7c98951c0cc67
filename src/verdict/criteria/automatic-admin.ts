import { saturate } from "../curves.ts";
import { few } from "../evidence.ts";
import { counted } from "../phrase.ts";
import type { Criterion } from "./criterion.ts";

const SWITCHED_ON = 0.3;
const ALL_REGISTERED = 0.9;
const THIRD_PARTY = 0.25;
const THIRD_PARTY_IN_USE = 0.4;
const HALF_REGISTRATIONS = 3;

export const automaticAdmin: Criterion = {
  id: "automatic-admin",
  title: "The automatic admin is wanted",
  favours: "django-orm",
  weight: 1.8,
  why:
    "Django makes an admin from its models; SQLAlchemy has none, and packages for it are wired by hand. Where staff work in an admin daily, replacing it costs " +
    "more than any query, so it nearly equals the async reason; it cannot decide against the framework alone.",
  measured:
    `Django's admin: ${SWITCHED_ON} switched on, up to ${ALL_REGISTERED} with registered models, r/(r + ${HALF_REGISTRATIONS}). A third-party admin ` +
    `shows the wish only: ${THIRD_PARTY}, up to ${THIRD_PARTY_IN_USE} with its views.`,
  source:
    "Django documentation, the admin site (https://docs.djangoproject.com/en/stable/ref/contrib/admin/)",
  presentOrmInputs: ["admin.registrations"],
  measure(signals) {
    const { kind, name, registrations, evidence } = signals.admin;
    const amount = saturate(registrations, HALF_REGISTRATIONS);
    if (kind === "none") return { strength: 0, says: "no admin was found", evidence: [] };
    if (kind === "django")
      return {
        strength: SWITCHED_ON + (ALL_REGISTERED - SWITCHED_ON) * amount,
        says:
          registrations > 0
            ? `${counted(registrations, "model")} registered with Django's admin`
            : "Django's admin is switched on",
        evidence: few(evidence),
      };
    return {
      strength: THIRD_PARTY + (THIRD_PARTY_IN_USE - THIRD_PARTY) * amount,
      says: `an admin is kept by hand with ${name ?? "a package"} (${counted(registrations, "view")})`,
      evidence: few(evidence),
    };
  },
};
