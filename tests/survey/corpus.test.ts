import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryTree } from "../temporary-tree.ts";
import { readCorpus } from "./corpus.ts";

const HEADER = "repo\tframeworks\tprimary_orm\tasync_db\tprojects\tkind\tevidence\texpected";

function read(...rows: string[]) {
  const root = temporaryTree({ "corpus.tsv": [HEADER, ...rows, ""].join("\n") });
  return readCorpus(join(root, "corpus.tsv"));
}

describe("readCorpus", () => {
  it("reads a label, and where its checkout is", () => {
    const [entry] = read("own/name\tflask,fastapi\tsqlalchemy-orm\tyes\t2\tapp\ta.py:1;b.py:2\tsqlalchemy");
    expect(entry?.folder).toBe("own__name");
    expect(entry?.expectation).toMatchObject({
      name: "own/name",
      frameworks: { flask: "runs-on", fastapi: "runs-on" },
      frameworksOfAll: true,
      primaryOrm: "sqlalchemy-orm",
      choices: ["sqlalchemy"],
      databaseAccess: "async",
      why: "a.py:1\nb.py:2",
    });
  });

  it("reads none as nothing, and does not compare what the label leaves open", () => {
    const [entry] = read("own/name\tnone\tnone\tno\t1\tlibrary\ta.py:1\tno-database");
    expect(entry?.expectation).toMatchObject({ frameworks: {}, primaryOrm: null, choices: ["not-needed"] });
    expect(entry?.expectation).not.toHaveProperty("databaseAccess");
  });

  it("lets an integration without a database fit either ORM, and states no choice for several verdicts", () => {
    const [integration, several] = read(
      "a/b\tnone\tnone\tno\t1\tintegration-library\ta.py:1\tno-database",
      "a/c\tdjango\tdjango-orm\tno\t3\tapp\ta.py:1\tper-project",
    );
    expect(integration?.expectation.choices).toEqual(["not-needed", "either"]);
    expect(several?.expectation.choices).toEqual([]);
  });

  it("refuses a table without the columns it needs", () => {
    const root = temporaryTree({ "corpus.tsv": "repo\tframeworks\na/b\tflask\n" });
    expect(() => readCorpus(join(root, "corpus.tsv"))).toThrow(/no column primary_orm/);
  });
});
