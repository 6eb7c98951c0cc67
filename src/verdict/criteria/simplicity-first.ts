import { saturate, shareOf } from "../curves.ts";
import { few } from "../evidence.ts";
import { counted } from "../phrase.ts";
import type { Criterion } from "./criterion.ts";

const HALF_MODELS = 20;
const HALF_CONCEPTS = 25;
const HALF_AMOUNT = 5;

export const simplicityFirst: Criterion = {
  id: "simplicity-first",
  title: "Simplicity and speed of development come first",
  favours: "django-orm",
  weight: 0.8,
  why:
    "The Django ORM has one layer and few concepts, and a small, plain code base gains from that at once. A scan sees size and plainness, not intent, " +
    "so it carries the least weight of all.",
  measured:
    `Share of queries that are easy by Spider's hardness, times n/(n + ${HALF_AMOUNT}) of easy ones, times ${HALF_MODELS}/(${HALF_MODELS} + models), times ` +
    `${HALF_CONCEPTS}/(${HALF_CONCEPTS} + distinct ORM concepts).`,
  source:
    "Django documentation, design philosophies (less code, quick development) " +
    "(https://docs.djangoproject.com/en/stable/misc/design-philosophies/); hardness after the Spider benchmark (https://yale-lily.github.io/spider)",
  presentOrmInputs: ["concepts.total"],
  measure(signals) {
    const { easy, medium, hard, extra } = signals.queries.byHardness;
    const models = signals.models.total;
    const concepts = signals.concepts.total;
    const smallness = (1 - saturate(models, HALF_MODELS)) * (1 - saturate(concepts, HALF_CONCEPTS));
    return {
      strength: shareOf(easy, medium + hard + extra) * saturate(easy, HALF_AMOUNT) * smallness,
      says: `${easy} of ${counted(easy + medium + hard + extra, "query", "queries")} easy, ${counted(models, "model")}, ${counted(concepts, "ORM concept")}`,
      evidence: few(signals.models.evidence, 1),
    };
  },
};
