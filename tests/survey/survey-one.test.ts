import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryTree } from "../temporary-tree.ts";
import type { Expectation } from "./record.ts";
import { type Subject, surveyOne } from "./survey-one.ts";

const expectation: Expectation = {
  name: "a 1.0",
  frameworks: {},
  primaryOrm: null,
  choices: ["not-needed"],
  why: "read it",
};

/** A package with one module that touches no database. */
const subject: Subject = {
  expectation,
  fetch: async () => "archive",
  open: (_, place) => {
    mkdirSync(place);
    writeFileSync(join(place, "a.py"), "def double(x):\n    return 2 * x\n");
    return place;
  },
};
/** The first scan of a process loads the grammar. */
const SLOW = { timeout: 60_000 };

describe("surveyOne", SLOW, () => {
  it("scans what was opened, and compares", async () => {
    const result = await surveyOne(subject, "archive", { validate: () => null, isRepeated: true });
    expect(result.faults).toEqual([]);
    expect(result.comparisons.map(({ got, isRight }) => [got, isRight])).toEqual([
      ["none", true],
      ["none", true],
      ["not-needed", true],
    ]);
  });

  it("reports an invalid report as a fault, and compares all the same", async () => {
    const result = await surveyOne(subject, "archive", { validate: () => "/projects", isRepeated: false });
    expect(result.faults).toEqual(["the report is not valid: /projects"]);
    expect(result.comparisons).toHaveLength(3);
  });

  it("finds a scan that depends on more than the folder", async () => {
    const root = temporaryTree({ "a/a.py": "x = 1\n" });
    const open = () => join(root, "a");
    // Runs between the first scan and the second.
    const validate = () => {
      writeFileSync(join(root, "a/b.py"), "y = 2\n");
      return null;
    };
    const result = await surveyOne({ ...subject, open }, "a", { validate, isRepeated: true });
    expect(result.faults).toEqual([
      expect.stringMatching(/^all of it parsed, it differs: line \d+: /),
      expect.stringMatching(/^two runs differ: line \d+: /),
    ]);
  });

  it("turns what could not be had into a fault", async () => {
    const refused = await surveyOne(subject, new Error("no such file"), {
      validate: () => null,
      isRepeated: false,
    });
    expect(refused).toMatchObject({ comparisons: [], faults: ["no such file"] });
  });

  it("leaves nothing behind, even of what could not be opened", async () => {
    const places: string[] = [];
    const open = (fetched: string, place: string): string => {
      places.push(place);
      subject.open(fetched, place);
      throw new Error("damaged");
    };
    const result = await surveyOne({ ...subject, open }, "archive", {
      validate: () => null,
      isRepeated: false,
    });
    expect(result.faults).toEqual(["damaged"]);
    expect(places.map((place) => existsSync(dirname(place)))).toEqual([false]);
  });
});
