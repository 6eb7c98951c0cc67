import { saturate } from "../curves.ts";
import { relationalDatabases } from "../databases.ts";
import { few } from "../evidence.ts";
import { counted } from "../phrase.ts";
import type { Criterion } from "./criterion.ts";

const WITHOUT_ROUTING = 0.5;
const SCHEMA_SHARE = 0.6;
const HALF_SCHEMA = 150;

export const severalDatabasesOrComplexSchema: Criterion = {
  id: "several-databases-or-complex-schema",
  title: "It uses several databases, or a complex schema",
  favours: "sqlalchemy",
  weight: 1.2,
  why:
    "SQLAlchemy binds engines per session, class or shard, maps composite keys and reflects what exists. Django supports several databases through " +
    "routers but no relation across them, and composite keys only lately. Both can do it, so it tips the scale and does not decide.",
  measured:
    `Databases: saturating in those after the first (half at one more), halved unless something routes between them. Schema: x/(x + ${HALF_SCHEMA}) of x = models + ` +
    `relations, at most ${SCHEMA_SHARE}. Strength = 1 − (1 − databases)(1 − schema).`,
  source:
    "SQLAlchemy documentation, partitioning strategies (https://docs.sqlalchemy.org/en/20/orm/persistence_techniques.html); Django " +
    "documentation, multiple databases and their limits (https://docs.djangoproject.com/en/stable/topics/db/multi-db/)",
  presentOrmInputs: [],
  measure(signals) {
    const databases = relationalDatabases(signals);
    const { routers, explicitRouting } = signals.databases;
    const routed = routers + explicitRouting > 0;
    const several = saturate(databases.length - 1, 1) * (routed ? 1 : WITHOUT_ROUTING);
    const schema = SCHEMA_SHARE * saturate(signals.models.total + signals.models.relations, HALF_SCHEMA);
    const routing = routed ? ` with ${counted(routers + explicitRouting, "routing place")}` : "";
    return {
      strength: 1 - (1 - several) * (1 - schema),
      says: `${databases.length > 0 ? `${counted(databases.length, "database")}${routing}, ` : ""}${counted(signals.models.total, "model")} with ${counted(signals.models.relations, "relation")}`,
      evidence:
        several > 0 ? few(databases.flatMap((database) => database.evidence)) : few(signals.models.evidence),
    };
  },
};
