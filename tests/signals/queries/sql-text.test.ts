import { describe, expect, it } from "vitest";
import { detectQueries } from "../../../src/signals/queries/detect-queries.ts";
import { viewOf } from "../view-of.ts";

/** `name@line` of what each statement's text says, by the line where the statement stands. */
async function featuresOf(code: string, others: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const view = await viewOf({ "app.py": `from django.db import connection\n${code}`, ...others });
  return detectQueries(view, () => []).items.map(({ line, features }) => {
    const told = features.filter(({ name }) => name !== "raw-fragment");
    return `${line}: ${told.map((feature) => `${feature.name}@${feature.line}`).join(" ")}`;
  });
}

const RUN = "c = connection.cursor()\n";

describe("the lines of SQL text", () => {
  it("are those of the literal, wherever the statement is run", async () => {
    const code = `TOP = """\n  SELECT a\n  FROM t\n  JOIN u USING (id)\n  ORDER BY a"""\n${RUN}c.execute(TOP)`;
    expect(await featuresOf(code)).toEqual(["8: join@5 order-by@6"]);
  });

  it("follow adjacent literals, line continuations and newlines written as escapes", async () => {
    const adjacent = `${RUN}c.execute("SELECT a "\n  "FROM t "\n  "LIMIT 1")`;
    expect(await featuresOf(adjacent)).toEqual(["3: limit@5"]);
    const continued = `${RUN}c.execute("""\\\nSELECT a FROM t\nLIMIT 1""")`;
    expect(await featuresOf(continued)).toEqual(["3: limit@5"]);
    const escaped = `${RUN}c.execute("SELECT a\\nFROM t\\nLIMIT 1")`;
    expect(await featuresOf(escaped)).toEqual(["3: limit@3"]);
  });

  it("follow formatting and concatenation, and what is formatted in keeps its own", async () => {
    const f = `${RUN}ORDER = "ORDER BY a, b"\nc.execute(f"""SELECT a\nFROM {name}\n{ORDER}\nLIMIT 1""")`;
    expect(await featuresOf(f)).toEqual(["4: order-by@3 limit@7"]);
    const percent = `${RUN}c.execute("""SELECT a\nFROM %s\nORDER BY %s\nLIMIT 1""" % (name, "a"))`;
    expect(await featuresOf(percent)).toEqual(["3: order-by@5 limit@6"]);
    const format = `${RUN}c.execute("""SELECT a\nFROM {}\nORDER BY {}\nLIMIT 1""".format(name, "a"))`;
    expect(await featuresOf(format)).toEqual(["3: order-by@5 limit@6"]);
    const plus = `${RUN}sql = "SELECT a FROM t "\nsql += "ORDER BY a "\nc.execute(sql + """\nLIMIT 1""")`;
    expect(await featuresOf(plus)).toEqual(["5: order-by@4 limit@6"]);
  });

  it("are where the statement is run when the text stands in another file", async () => {
    const code = `from texts import TOP\n${RUN}c.execute(TOP)`;
    expect(await featuresOf(code, { "texts.py": `\n\n\n\nTOP = """SELECT a\nFROM t LIMIT 1"""\n` })).toEqual([
      "4: limit@4",
    ]);
  });
});
