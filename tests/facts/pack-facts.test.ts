import { describe, expect, it } from "vitest";
import { collectFile } from "../../src/facts/collect-file.ts";
import { withLateBody } from "../../src/facts/late-body.ts";
import { packFile, unpackFile } from "../../src/facts/pack-facts.ts";
import { createPythonParser } from "../../src/syntax/parse-python.ts";

const noBody = (): never => {
  throw new Error("nothing was skimmed");
};

const CODE = `"""Docs 🎈."""
import os, a.b as c
try:
    from .x import *
except ImportError:
    y = None
async def f(a, *b: int, key=f"{a!r} ü", **c) -> None:
    async with s() as t:
        return [q async for q in t if q] or {**a, 1: a[1:2]}
print "python 2"  # ormverdict: ignore[x] why
`;

describe("packFile", async () => {
  const parse = await createPythonParser();
  const facts = collectFile({ path: "old.py", role: "test", bytes: 9 }, parse(CODE));

  it("loses nothing, whichever path the content is found at", () => {
    const problem = { path: "old.py", kind: "encoding", message: "odd", line: 3 } as const;
    const read = unpackFile(packFile({ facts, problem, isSkimmed: false }), "new.py", noBody);
    expect(read.problem).toEqual({ ...problem, path: "new.py" });
    expect(facts.problems).not.toEqual([]);
    const problems = facts.problems.map((one) => ({ ...one, path: "new.py" }));
    expect({ ...read.facts }).toEqual({ ...facts, path: "new.py", problems });
    expect(JSON.stringify(read.facts?.body)).toBe(JSON.stringify(facts.body));
  });

  it("gives the same body each time", () => {
    const read = unpackFile(packFile({ facts, problem: null, isSkimmed: false }), "old.py", noBody);
    expect(read.facts?.body).toBe(read.facts?.body);
  });

  it("keeps that a file could not be read", () => {
    const problem = { path: "a", kind: "binary", message: "no Python" } as const;
    const unread = { facts: null, problem, isSkimmed: false };
    expect(unpackFile(packFile(unread), "a", noBody)).toEqual(unread);
  });

  it("makes the body of a skimmed file when it is asked for, and once", () => {
    const skimmed = withLateBody(facts, () => {
      throw new Error("packing asked for the body");
    });
    let made = 0;
    const read = unpackFile(packFile({ facts: skimmed, problem: null, isSkimmed: true }), "old.py", () => {
      made += 1;
      return facts.body;
    });
    expect(made).toBe(0);
    expect(read.facts?.body).toBe(facts.body);
    expect(read.facts?.body).toBe(facts.body);
    expect(made).toBe(1);
  });
});
