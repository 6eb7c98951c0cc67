import { queryPlace } from "../query-place.ts";
import type { Rule } from "../rule.ts";

export const queryBeyondOrm: Rule = {
  id: "query-beyond-orm",
  severity: "note",
  title: "A query needs raw SQL, because the ORM in use cannot express it",
  why: `The project's Django version has no way to say what this statement says, so it is SQL text: no model checks it, no migration
renames its columns, and no test of the models covers it. A few of these are the price of a simple ORM; that their number grows is
what the choice of the ORM hangs on.`,
  advice: `Keep such statements few and in one place, behind a function with a test. When they become many, run \`ormverdict scan\`: the
verdict weighs them.`,
  examples: {
    bad: [
      `from django.db import connection, models

class Part(models.Model):
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE)

def tree(root):
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH RECURSIVE tree AS (
                 SELECT id FROM shop_part WHERE id = %s
                 UNION ALL SELECT p.id FROM shop_part p JOIN tree t ON p.parent_id = t.id)
               SELECT id FROM tree""",
            [root],
        )
`,
    ],
    good: [
      `from django.db import connection

def count():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shop_part")
`,
    ],
  },
  judge: ({ signals }) => {
    const usesDjango = signals.orms.some(
      ({ name, role }) => name === "django-orm" && (role === "primary" || role === "secondary"),
    );
    if (!usesDjango) return [];
    return signals.queries.items
      .filter(({ layer, beyondDjango }) => layer === "raw" && beyondDjango.length > 0)
      .map((query) => ({
        place: queryPlace(query),
        message: `the Django ORM cannot express this statement: ${query.beyondDjango.join(", ")}`,
      }));
  },
};
