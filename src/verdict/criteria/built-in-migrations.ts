import type { ProjectSignals } from "../../model/report.ts";
import { compareText } from "../../text/compare-text.ts";
import { saturate } from "../curves.ts";
import { few } from "../evidence.ts";
import { counted, listed, toolName } from "../phrase.ts";
import type { Criterion, Measure } from "./criterion.ts";

const DJANGO = 0.7;
const DJANGO_COUNT = 0.3;
const SEPARATE_TOOL = 0.1;
const BY_HAND = 0.25;
const NONE = 0.4;
const HALF_COUNT = 5;
const HAND_MADE: ReadonlySet<string> = new Set(["sql-files", "custom", "hand-written"]);

export const builtInMigrations: Criterion = {
  id: "built-in-migrations",
  title: "Built-in migrations are wanted, with no extra tool",
  favours: "django-orm",
  weight: 1.2,
  why:
    "makemigrations and migrate come with Django; SQLAlchemy leaves schema changes to Alembic. Alembic is good and well known, so the difference is one tool more, " +
    "not a missing ability; hence little more than a tip of the scale.",
  measured:
    `Django migrations: ${DJANGO} plus up to ${DJANGO_COUNT} with their number. Otherwise ${SEPARATE_TOOL} with a separate tool (it was accepted), ${BY_HAND} with ` +
    `SQL files or own code, and up to ${NONE} when models have no migrations at all. 0 while unknown.`,
  source:
    "Django documentation, migrations (https://docs.djangoproject.com/en/stable/topics/migrations/); Alembic documentation " +
    "(https://alembic.sqlalchemy.org/)",
  presentOrmInputs: ["migrations.tools"],
  measure(signals) {
    const tools = signals.migrations.tools.toSorted((a, b) => compareText(a.tool, b.tool));
    const [django] = tools.filter((entry) => entry.tool === "django");
    if (django !== undefined)
      return {
        strength: DJANGO + DJANGO_COUNT * saturate(django.count, HALF_COUNT),
        says: `${counted(django.count, "migration")} made with Django's own tool`,
        evidence: few(django.evidence),
      };
    if (tools.length === 0) return withoutTool(signals);
    const count = tools.reduce((sum, entry) => sum + entry.count, 0);
    return {
      strength: tools.every((entry) => HAND_MADE.has(entry.tool)) ? BY_HAND : SEPARATE_TOOL,
      says: `${counted(count, "migration")} kept with ${listed(tools.map((entry) => toolName(entry.tool)))}`,
      evidence: few(tools.flatMap((entry) => entry.evidence)),
    };
  },
};

function withoutTool({ migrations, models }: ProjectSignals): Measure {
  if (migrations.unknown !== null)
    return { strength: 0, says: `migrations are not known: ${migrations.unknown}`, evidence: [] };
  return {
    strength: NONE * saturate(models.total, HALF_COUNT),
    says:
      models.total > 0
        ? `${counted(models.total, "model")} without any migration tool`
        : "no migrations and no models",
    evidence: [],
  };
}
