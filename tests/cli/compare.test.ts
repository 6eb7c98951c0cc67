import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryTree } from "../temporary-tree.ts";
import { run } from "./run-in-process.ts";

const APP = "from fastapi import FastAPI\n\napp = FastAPI()\n";

/** A folder with two reports: on an application of FastAPI, and on the same for Flask. */
async function twoReports(): Promise<string> {
  const cwd = temporaryTree({ "code/app.py": APP });
  await run(["code", "--format", "json=before.json"], { cwd });
  writeFileSync(join(cwd, "code/app.py"), "from flask import Flask\n\napp = Flask(__name__)\n");
  await run(["code", "--format", "json=after.json"], { cwd });
  return cwd;
}

describe("compare", () => {
  it("says what moved, as text and as Markdown, to standard output or a file", async () => {
    const cwd = await twoReports();
    const { exitCode, stdout, stderr } = await run(["compare", "before.json", "after.json"], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/frameworks +FastAPI +Flask/);
    const argv = ["compare", "before.json", "after.json", "-f", "markdown", "-o", "moved.md"];
    expect((await run(argv, { cwd })).stdout).toBe("");
    expect(readFileSync(join(cwd, "moved.md"), "utf8")).toContain("| frameworks | FastAPI | Flask |");
  });

  it.each([
    ["nothing.json", "There is no file nothing.json"],
    ["code", "code is a folder"],
    ["broken.json", "broken.json is not valid JSON"],
    ["other.json", "other.json is no report of ormverdict: it has no schemaVersion"],
    ["newer.json", "newer.json has schema version 2, and this ormverdict reads 1"],
    ["hollow.json", "hollow.json is no report that this version reads"],
  ])("refuses %s in one sentence", async (file, says) => {
    const cwd = await twoReports();
    const files = { broken: "{", other: "[]", newer: '{"schemaVersion":2}', hollow: '{"schemaVersion":1}' };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, `${name}.json`), text);
    const { exitCode, stdout, stderr } = await run(["compare", "before.json", file], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("knows its formats, and what was meant by a wrong one", async () => {
    const { exitCode, stderr } = await run(["compare", "a", "b", "-f", "markdwn"], {
      cwd: temporaryTree({}),
    });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Did you mean "markdown"?')]);
  });
});

describe("explain of a criterion", () => {
  it("shows how it was weighed in the folder, with its places", async () => {
    const cwd = temporaryTree({
      "code/app.py": `${APP}import sqlite3\n\ncon = sqlite3.connect("x")\ncon.execute("select a from b")\n`,
    });
    const { exitCode, stdout } = await run(["explain", "framework-not-django", "code"], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/here +.*runs on FastAPI, not Django/);
    expect(stdout).toMatch(/weighed +strength 1\.000 × weight 4 = \+4\.00/);
    expect(stdout).toContain("app.py:3");
  });

  it("says where a weight is not the usual one", async () => {
    const cwd = temporaryTree({
      "app.py": APP,
      "ormverdict.toml": "[weights]\nframework-not-django = 2\n",
    });
    const { stdout } = await run(["explain", "framework-not-django"], { cwd });
    expect(stdout).toContain("weight 2 (set in the configuration, usually 4.0) =");
  });

  it("takes folders for a criterion only", async () => {
    const { exitCode, stderr } = await run(["explain", "query-in-loop", "code"], { cwd: temporaryTree({}) });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("Only a criterion")]);
  });
});
