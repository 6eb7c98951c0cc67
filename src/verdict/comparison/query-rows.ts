import { databaseAccessWords } from "../database-access.ts";
import { few, fewQueries } from "../evidence.ts";
import { counted, listed, percent } from "../phrase.ts";
import { byDemand, statementCounts } from "../statements.ts";
import { type RowDefinition, withUnknown } from "./comparison-row.ts";

export const queryFlexibility: RowDefinition = {
  row: "query flexibility",
  sqlalchemy: "Excellent: ORM, the Core expression language and raw SQL, freely mixed.",
  djangoOrm: "Good: the ORM, then raw SQL.",
  here({ queries }) {
    const { orm, core, raw } = queries.byLayer;
    const raws = byDemand(queries.items).filter((query) => query.layer === "raw");
    const parts = [
      orm > 0 ? `${orm} through an ORM` : "",
      core > 0 ? `${core} in Core` : "",
      raw > 0 ? `${raw} as raw SQL (${percent(raw, queries.total)})` : "none as raw SQL",
    ].filter((part) => part !== "");
    const says =
      queries.total === 0
        ? "No query was found"
        : `Of ${counted(queries.total, "query", "queries")}, ${listed(parts)}`;
    return { says: withUnknown(says, queries.unknown), evidence: fewQueries(raws) };
  },
};

export const asyncSupport: RowDefinition = {
  row: "async support",
  sqlalchemy: "Yes: an asyncio extension since 1.4, at home in 2.0, over async drivers.",
  djangoOrm: "Partial: a-methods since 4.1 that run in threads, without async transactions.",
  here({ async: signal }) {
    const functions = `${signal.asyncFunctions} of ${counted(signal.functions, "function")} are coroutines`;
    const says = `Database access is ${databaseAccessWords(signal)}; ${functions}`;
    return { says: withUnknown(says, signal.unknown), evidence: few(signal.evidence) };
  },
};

export const complexQueries: RowDefinition = {
  row: "complex queries",
  sqlalchemy: "Excellent: CTEs, lateral and full joins, windows, any subquery.",
  djangoOrm: "Limited: subqueries and windows yes; CTEs, lateral joins and derived tables only as raw SQL.",
  here(signals) {
    const { total, crud, moderate, advanced, beyond } = statementCounts(signals);
    const demanding = byDemand(signals.queries.items).filter((query) => query.tier !== "crud");
    const missing = [...new Set(demanding.flatMap((query) => query.beyondDjango))].toSorted();
    const what = missing.length > 0 ? ` (${listed(missing)})` : "";
    const says =
      total === 0
        ? "No statement was found to judge"
        : `Of ${counted(total, "statement")}, ${crud} are CRUD, ${moderate} moderate, ${advanced} advanced and ${beyond} beyond the Django ORM${what}`;
    return {
      says: withUnknown(says, signals.queries.unknown),
      evidence: fewQueries(demanding),
    };
  },
};
