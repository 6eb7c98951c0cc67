import { bend, saturate, shareOf } from "../curves.ts";
import { fewQueries } from "../evidence.ts";
import { counted, listed } from "../phrase.ts";
import { byDemand, isControlled, statementCounts } from "../statements.ts";
import type { Criterion } from "./criterion.ts";

const CORE = 0.5;
const CONTROLLED = 0.5;
const HALF_AMOUNT = 4;

export const controlOverSql: Criterion = {
  id: "control-over-sql",
  title: "It needs full control over the SQL",
  favours: "sqlalchemy",
  weight: 1.5,
  why:
    "SQLAlchemy's Core is a second layer between objects and text: every clause can be said, composed and typed. Django has only the step from " +
    "its ORM to raw strings. It weighs less than complex queries because raw SQL remains open to both.",
  measured:
    `Control c = raw + ${CORE}·Core + ${CONTROLLED}·ORM statements with locking, RETURNING, raw fragments or vendor features. Strength = c/(c + ${HALF_AMOUNT}) ` +
    "times the bent share of c against plain CRUD through the ORM, (1 − e^(−3s))/(1 − e^(−3)).",
  source:
    "SQLAlchemy documentation, overview of Core and ORM (https://docs.sqlalchemy.org/en/20/intro.html); Django documentation, " +
    "performing raw SQL queries (https://docs.djangoproject.com/en/stable/topics/db/sql/)",
  presentOrmInputs: ["queries.byLayer.core"],
  measure(signals) {
    const { total, orm, core, raw, controlled, plain } = statementCounts(signals);
    const control = raw + CORE * core + CONTROLLED * controlled;
    const parts = [
      raw > 0 ? `${raw} raw` : "",
      core > 0 ? `${core} in Core` : "",
      controlled > 0 ? `${controlled} with locking, RETURNING or vendor features` : "",
    ].filter((part) => part !== "");
    const amount = raw + core + controlled;
    const held = byDemand(signals.queries.items).filter(
      (query) => query.layer !== "orm" || isControlled(query),
    );
    const rawFirst = [
      ...held.filter((query) => query.layer === "raw"),
      ...held.filter((query) => query.layer !== "raw"),
    ];
    return {
      strength: saturate(control, HALF_AMOUNT) * bend(shareOf(control, plain), 3),
      says:
        amount === 0
          ? `none of ${counted(total, "statement")} controls its SQL`
          : `${amount} of ${counted(orm + core + raw, "statement")} ${amount === 1 ? "controls its" : "control their"} SQL (${listed(parts)})`,
      evidence: fewQueries(rawFirst),
    };
  },
};
