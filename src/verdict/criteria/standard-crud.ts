import { ramp, saturate, shareOf } from "../curves.ts";
import { fewQueries } from "../evidence.ts";
import { counted, percent } from "../phrase.ts";
import { byDemand, statementCounts } from "../statements.ts";
import type { Criterion } from "./criterion.ts";

const HALF_AMOUNT = 5;
const FROM = 0.3;
const TO = 0.95;

export const standardCrud: Criterion = {
  id: "standard-crud",
  title: "Its queries are mostly standard CRUD",
  favours: "django-orm",
  weight: 1.2,
  why: "Plain create, read, update and delete is what the Django ORM says in the fewest words. SQLAlchemy does it as well, so the gain is brevity only.",
  measured: `Share of plain CRUD among statements, eased in from ${FROM} to ${TO}, times n/(n + ${HALF_AMOUNT}) of CRUD statements.`,
  source:
    "Django documentation, making queries (https://docs.djangoproject.com/en/stable/topics/db/queries/)",
  presentOrmInputs: [],
  measure(signals) {
    const { total, crud, moderate, advanced, beyond } = statementCounts(signals);
    const share = shareOf(crud, moderate + advanced + beyond);
    const plain = byDemand(signals.queries.items).filter((query) => query.tier === "crud");
    return {
      strength: ramp(share, FROM, TO) * saturate(crud, HALF_AMOUNT),
      says:
        total === 0
          ? "no statement was seen to judge by"
          : `${crud} of ${counted(total, "statement")} (${percent(crud, total)}) are plain CRUD`,
      evidence: fewQueries(plain, 2),
    };
  },
};
