// What is judged about a project: the ten rows, the ten criteria and the verdict, as zod schemas.

import { z } from "zod";
import { count, evidenceList, names, share, text } from "./report-fields.schema.ts";

const side = z.enum(["sqlalchemy", "django-orm"]).describe("one of the two answers");
const choice = z
  .enum(["sqlalchemy", "django-orm", "either", "not-needed", "undecided"])
  .describe("which ORM fits; not-needed: it stores no rows; undecided: too little was seen");
const stance = z
  .enum(["adopt", "stay", "stay-with-raw-sql", "move", "split", "none"])
  .describe("what to do about it, given what is in use today");
const comparisonRow = z
  .strictObject({
    row: text("what is compared"),
    sqlalchemy: text("what holds for SQLAlchemy anywhere"),
    djangoOrm: text("what holds for the Django ORM anywhere"),
    here: text("what the scan shows for this repository, one sentence"),
    evidence: evidenceList,
  })
  .meta({ id: "ComparisonRow" });

const criterion = z
  .strictObject({
    id: text("the criterion; `ormverdict explain <id>` says more"),
    favours: side,
    weight: z.number().min(0).describe("points of margin when fully shown"),
    strength: share("how strongly this project shows it"),
    contribution: z.number().describe("weight times strength, positive for SQLAlchemy"),
    says: text("one clause with the numbers"),
    evidence: evidenceList,
  })
  .meta({ id: "Criterion" });

const reason = z
  .strictObject({
    says: text("one clause with the numbers"),
    contribution: z.number().describe("contribution to the margin; 0 when the reason is not weighed"),
    evidence: evidenceList,
  })
  .meta({ id: "Reason" });

const cost = z
  .strictObject({
    to: side,
    low: z.number().min(0).describe("sum of the low ends; one unit is about one hour"),
    high: z.number().min(0).describe("sum of the high ends"),
    items: z
      .array(
        z.strictObject({
          what: text("what has to be moved"),
          count: count("how many"),
          low: z.number().min(0).describe("low end for all of them"),
          high: z.number().min(0).describe("high end for all of them"),
          note: text("cost of one, and what it consists of"),
          group: z
            .enum(["models", "relations", "columns", "queries", "migrations", "admin", "dependents"])
            .describe("what kind of thing"),
          carries: z
            .enum(["directly", "with-a-note", "not", "unknown"])
            .describe("how it carries over: as it is, changed, without an equivalent, or not known"),
          each: z
            .strictObject({
              low: z.number().min(0).describe("low end for one"),
              high: z.number().min(0).describe("high end for one"),
            })
            .describe("units for one of them"),
          evidence: evidenceList,
        }),
      )
      .describe("the arithmetic"),
  })
  .meta({ id: "MoveCost", description: "What moving to the other ORM would take" });

const verdict = z
  .strictObject({
    choice,
    stance,
    confidence: share("probability that someone who reads the code chooses the same"),
    margin: z.number().describe("sum of the contributions, positive for SQLAlchemy"),
    greenfield: choice.describe("the choice if today's ORM is left out of account"),
    says: text("one sentence that sums it up"),
    reasons: z.array(reason).describe("strongest reasons for the choice"),
    against: z.array(reason).describe("strongest reasons against it"),
    flips: z
      .array(
        z.strictObject({
          change: text("the change, as a condition"),
          choice: choice.describe("the choice it leads to"),
        }),
      )
      .describe("smallest changes that change the choice, each tried"),
    whatIf: z
      .array(
        z.strictObject({
          assume: text("the assumption, as --assume takes it"),
          says: text("the assumption, as a clause"),
          choice,
          stance,
          confidence: share("how likely that choice would be right"),
          margin: z.number().describe("sum of the contributions it would have"),
        }),
      )
      .describe("the obvious alternatives, each judged"),
    cost: cost.nullable().describe("null when there is no ORM to move from"),
    thirdOrm: z
      .strictObject({
        orm: text("the ORM in use"),
        nearer: side,
        gains: names("what the nearer of the two would bring"),
        losses: names("what would be lost or have to be paid"),
      })
      .nullable()
      .describe("null unless another ORM than the two is in use"),
    missing: names("facts that were not seen and would raise the confidence"),
    assumptions: z
      .array(
        z.strictObject({
          key: text("what is assumed"),
          value: text("as given"),
          says: text("the assumption, as a clause"),
        }),
      )
      .describe("what the verdict takes for granted in place of what was seen; the signals stay as seen"),
    policy: z
      .array(
        z.strictObject({
          kind: z.enum(["weight", "threshold"]).describe("what was changed"),
          name: text("criterion or threshold"),
          value: z.number().min(0).describe("the value in use"),
          usual: z.number().min(0).describe("the value without configuration"),
        }),
      )
      .describe("weights and thresholds that the configuration changes"),
  })
  .meta({ id: "Verdict" });

/** The fields of a project that the verdict fills. */
export const judgementFields = {
  comparison: z.array(comparisonRow).describe("the ten rows"),
  criteria: z.array(criterion).describe("the ten criteria; their contributions add up to the margin"),
  verdict,
};
