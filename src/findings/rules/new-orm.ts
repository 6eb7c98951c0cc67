import { productionOrms, projectPlace } from "../production-orms.ts";
import type { Rule } from "../rule.ts";

export const newOrm: Rule = {
  id: "new-orm",
  severity: "error",
  title: "A project uses an ORM that its baseline did not have",
  why: `An ORM comes in with one import and stays for years: models, migrations and tests grow around it. A second one is a decision of
the team, not of a pull request that needed a query.`,
  advice: `Use the ORM that is there. If the team wants the new one, write the baseline again: \`ormverdict check --write-baseline\`.`,
  needsBaseline: true,
  examples: {
    bad: [
      `import peewee

class Tag(peewee.Model):
    name = peewee.CharField()

def tag():
    return Tag.select().where(Tag.name == "x").get()
`,
    ],
    good: ["def add(left, right):\n    return left + right\n"],
  },
  judge: ({ signals, agreed }) => {
    if (agreed === null) return [];
    return productionOrms(signals)
      .filter(({ name }) => !agreed.orms.includes(name))
      .flatMap(({ name, evidence }) => {
        const place = projectPlace(evidence, name);
        const known = agreed.orms.length === 0 ? "none" : agreed.orms.join(", ");
        return place === null
          ? []
          : [{ place, message: `${name} is new in this project; the baseline has ${known}` }];
      });
  },
};
