import type { AsyncSignal, DatabaseAccess } from "../../model/report.ts";
import { shareOf } from "../curves.ts";
import { databaseAccessWords } from "../database-access.ts";
import { few } from "../evidence.ts";
import { counted } from "../phrase.ts";
import type { Criterion } from "./criterion.ts";

const THREADED = 0.5;
const BLOCKING = 0.7;
/** How many executions the project's declared way of access (its engine, its driver) is worth. */
const PRIOR_WORTH = 3;
const PRIOR: Readonly<Record<DatabaseAccess, number>> = {
  async: 0.9,
  mixed: 0.5,
  sync: 0,
  none: 0,
  unknown: 0,
};
const MATTERS: Readonly<Record<AsyncSignal["weight"], number>> = {
  essential: 1,
  incidental: 0.6,
  absent: 0.2,
};

export const asyncDatabaseAccess: Criterion = {
  id: "async-database-access",
  title: "Its database access is asynchronous, or should be",
  favours: "sqlalchemy",
  weight: 2.2,
  why:
    "SQLAlchemy speaks to async drivers through its asyncio extension. Django's a-methods hand each call to a thread, and a " +
    "transaction cannot span them. A service built on coroutines pays for that on every request; hence more than query style, less than the framework.",
  measured:
    `Async a = queries awaited + ${THREADED}·run in threads + ${BLOCKING}·blocking the event loop; strength = share of a against queries in plain functions, ` +
    `where the engine's declared kind counts as ${PRIOR_WORTH} queries, times 1, 0.6 or 0.2 as async is essential, incidental or absent in the project.`,
  source:
    "SQLAlchemy asyncio extension (https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html); Django documentation, " +
    "asynchronous support (https://docs.djangoproject.com/en/stable/topics/async/)",
  presentOrmInputs: [],
  measure(signals) {
    const { access, databaseAccess, weight, endpoints, asyncEndpoints, evidence } = signals.async;
    const prior = PRIOR[databaseAccess];
    const asynchronous =
      access.awaited + THREADED * access.threaded + BLOCKING * access.syncInAsync + PRIOR_WORTH * prior;
    const synchronous = access.syncInSync + PRIOR_WORTH * (1 - prior);
    const reached = access.awaited + access.threaded + access.syncInAsync;
    const routes = `${asyncEndpoints} of ${counted(endpoints, "endpoint")} async`;
    const isSeen = reached + access.syncInSync > 0;
    return {
      strength: shareOf(asynchronous, synchronous) * MATTERS[weight],
      says: `database access is ${databaseAccessWords(signals.async)}${isSeen ? "" : ` (${routes})`}`,
      evidence: reached + prior > 0 ? few(evidence) : [],
    };
  },
};
