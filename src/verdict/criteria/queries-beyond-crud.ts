import { bend, saturate, shareOf } from "../curves.ts";
import { fewQueries } from "../evidence.ts";
import { counted } from "../phrase.ts";
import { byDemand, statementCounts } from "../statements.ts";
import type { Criterion } from "./criterion.ts";

const MODERATE = 0.3;
const ADVANCED = 0.8;
const BEYOND = 1.5;
const HALF_AMOUNT = 5;

export const queriesBeyondCrud: Criterion = {
  id: "queries-beyond-crud",
  title: "Its queries go beyond basic CRUD",
  favours: "sqlalchemy",
  weight: 2,
  why:
    "SQLAlchemy composes any SELECT; the Django ORM stops short of CTEs, lateral and full outer joins, derived tables and updates " +
    "from another table. Half of a framework's weight: a few such queries can be raw SQL, a code base made of them cannot.",
  measured:
    `Burden b = ${MODERATE}·moderate + ${ADVANCED}·advanced + ${BEYOND}·beyond-django-orm. Strength = b/(b + ${HALF_AMOUNT}) times the bent ` +
    "share of b against plain CRUD, (1 − e^(−4s))/(1 − e^(−4)): it takes both an amount and a share.",
  source:
    "SQLAlchemy unified tutorial, SELECT (https://docs.sqlalchemy.org/en/20/tutorial/data_select.html); Django documentation, " +
    "raw SQL for queries beyond the ORM (https://docs.djangoproject.com/en/stable/topics/db/sql/)",
  presentOrmInputs: [],
  measure(signals) {
    const { total, crud, moderate, advanced, beyond } = statementCounts(signals);
    const burden = MODERATE * moderate + ADVANCED * advanced + BEYOND * beyond;
    const above = moderate + advanced + beyond;
    const detail =
      beyond > 0
        ? `, ${above === 1 ? "and" : `${beyond} of them`} beyond the Django ORM`
        : advanced > 0
          ? `, ${above === 1 ? "and is" : `${advanced} of them`} advanced`
          : "";
    return {
      strength: saturate(burden, HALF_AMOUNT) * bend(shareOf(burden, crud), 4),
      says:
        total === 0
          ? "no statement was seen to judge by"
          : `${above} of ${counted(total, "statement")} ${above === 1 ? "goes" : "go"} beyond CRUD${detail}`,
      evidence: fewQueries(byDemand(signals.queries.items).filter((query) => query.tier !== "crud")),
    };
  },
};
