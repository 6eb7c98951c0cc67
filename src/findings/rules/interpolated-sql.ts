import type { Rule } from "../rule.ts";

export const interpolatedSql: Rule = {
  id: "interpolated-sql",
  severity: "error",
  title: "A value is formatted into SQL text",
  why: `A value that becomes part of the statement can change what the statement does, by mistake (a quote in a name) or on purpose
(SQL injection); and each value makes a new statement, which the database has to plan anew. Only places where a value stands are
looked at: names of tables and columns cannot be parameters, and constants of the code are harmless. Left out are statements that take
no parameters (SET and the definitions of tables and functions) and whole lists in parentheses, which as a rule hold placeholders.`,
  advice: `Pass values as parameters: \`cursor.execute("… WHERE name = %s", [name])\`, \`text("… WHERE name = :name")\` with
\`{"name": name}\`. Take names of tables and columns from the code, never from input.`,
  examples: {
    bad: [
      `from django.db import connection

def find(name):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM books WHERE name = '{name}'")
`,
      `from sqlalchemy import text

def find(session, name):
    return session.execute(text("SELECT id FROM books WHERE name = '%s'" % name))
`,
    ],
    good: [
      `from django.db import connection

TABLE = "books"

def find(name, ordering):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {TABLE} WHERE name = %s ORDER BY {ordering}", [name])
`,
      `from sqlalchemy import text

def find(session, name):
    return session.execute(text("SELECT id FROM books WHERE name = :name"), {"name": name})
`,
    ],
  },
  judge: ({ queries }) =>
    queries.interpolated.map(({ place, before }) => ({
      place,
      message: `a value is formatted into the SQL text after "${ending(before)}": pass it as a parameter`,
    })),
};

/** The last words before the value. */
function ending(before: string): string {
  const text = before.replace(/\s+/g, " ").trimStart();
  return text.length > 40 ? `…${text.slice(-39)}` : text;
}
