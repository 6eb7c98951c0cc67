import { describe, expect, it } from "vitest";
import { collectFile } from "../../src/facts/collect-file.ts";
import { packFile, unpackFile } from "../../src/facts/pack-facts.ts";
import { createPythonParser } from "../../src/syntax/parse-python.ts";

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
    const read = unpackFile(packFile({ facts, problem }), "new.py");
    expect(read.problem).toEqual({ ...problem, path: "new.py" });
    expect(facts.problems).not.toEqual([]);
    const problems = facts.problems.map((one) => ({ ...one, path: "new.py" }));
    expect({ ...read.facts }).toEqual({ ...facts, path: "new.py", problems });
    expect(JSON.stringify(read.facts?.body)).toBe(JSON.stringify(facts.body));
  });

  it("gives the same body each time", () => {
    const read = unpackFile(packFile({ facts, problem: null }), "old.py");
    expect(read.facts?.body).toBe(read.facts?.body);
  });

  it("keeps that a file could not be read", () => {
    const problem = { path: "a", kind: "binary", message: "no Python" } as const;
    expect(unpackFile(packFile({ facts: null, problem }), "a")).toEqual({ facts: null, problem });
  });
});
