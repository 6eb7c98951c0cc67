import type { DatabaseUse } from "../../model/report.ts";
import { compareText } from "../../text/compare-text.ts";
import { relationalDatabases } from "../databases.ts";
import { few } from "../evidence.ts";
import { counted, listed, toolName } from "../phrase.ts";
import { type RowDefinition, withUnknown } from "./comparison-row.ts";

export const migrationTool: RowDefinition = {
  row: "migration tool",
  sqlalchemy: "Alembic, a package of its own.",
  djangoOrm: "Built in: makemigrations and migrate.",
  here({ migrations, models }) {
    const tools = migrations.tools.toSorted((a, b) => compareText(a.tool, b.tool));
    const says =
      tools.length === 0
        ? models.total > 0
          ? `No migration tool was found for ${counted(models.total, "model")}`
          : "No migrations and no models were found"
        : `Migrations are kept with ${listed(tools.map(({ tool, count }) => `${toolName(tool)} (${counted(count, "migration")})`))}`;
    return {
      says: withUnknown(says, migrations.unknown),
      evidence: few(tools.flatMap((entry) => entry.evidence)),
    };
  },
};

export const adminIntegration: RowDefinition = {
  row: "admin integration",
  sqlalchemy: "None built in; packages are wired by hand.",
  djangoOrm: "Automatic from the models.",
  here({ admin, models }) {
    const of = ` for ${counted(models.total, "model")}`;
    const says =
      admin.kind === "none"
        ? `No admin was found${models.total > 0 ? of : ""}`
        : admin.kind === "django"
          ? `Django's admin has ${counted(admin.registrations, "registration")}${of}`
          : `A third-party admin (${admin.name ?? "unnamed"}) has ${counted(admin.registrations, "registration")}${of}`;
    return { says: withUnknown(says, admin.unknown), evidence: few(admin.evidence) };
  },
};

export const multiDatabase: RowDefinition = {
  row: "multi-database",
  sqlalchemy: "Excellent: engines bound per session, class or shard.",
  djangoOrm: "Supported: aliases, routers and using(), without relations across databases.",
  here(signals) {
    const { routers, explicitRouting, unknown } = signals.databases;
    const databases = relationalDatabases(signals);
    const names = databases.length > 0 ? ` (${listed(databases.map(sayDatabase))})` : "";
    const routed = routers + explicitRouting > 0;
    const routing = routed
      ? `${counted(routers, "router")}, ${counted(explicitRouting, "statement or session", "statements or sessions")} routed by hand`
      : "nothing routes between databases";
    const says =
      databases.length === 0 && !routed
        ? "No database is configured in this code"
        : `${counted(databases.length, "database")} configured${names}${databases.length > 1 || routed ? `; ${routing}` : ""}`;
    return {
      says: withUnknown(says, unknown),
      evidence: few(databases.flatMap((database) => database.evidence)),
    };
  },
};

function sayDatabase({ alias, engine }: DatabaseUse): string {
  return `${alias}: ${engine ?? "engine set outside the code"}`;
}
