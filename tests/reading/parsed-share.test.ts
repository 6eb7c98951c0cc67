// What a scan does not do is what makes it fast. Counts of work are held here, since times are not the same twice.
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/config/default-config.ts";
import { type ScanWork, scanForCheck } from "../../src/scan.ts";
import { temporaryTree } from "../temporary-tree.ts";

const CODE =
  "from sqlalchemy import select\n\n\ndef load(session):\n    return session.scalars(select(1)).all()\n";
const TEST = `from app.load import load\n\n\n${"def test_it(session):\n    assert load(session) == []\n\n\n".repeat(40)}`;
const TREE = {
  "pyproject.toml": '[project]\nname = "app"\ndependencies = ["sqlalchemy"]\n',
  "app/__init__.py": "",
  "app/load.py": CODE,
  "tests/helpers.py": "def make():\n    return 1\n",
  "tests/test_load.py": TEST,
  "tests/test_more.py": TEST,
};

async function workOf(
  cwd: string,
  how: { skim?: boolean; includeTests?: boolean; cacheFolder?: string },
): Promise<ScanWork> {
  const { skim = true, includeTests = false, cacheFolder = null } = how;
  const config = { ...DEFAULT_CONFIG, cache: cacheFolder !== null, includeTests };
  return (await scanForCheck({ paths: ["."], cwd, config, cacheFolder, skim })).work;
}

describe("a scan", () => {
  const all = Object.entries(TREE).reduce(
    (sum, [path, text]) => sum + (path.endsWith(".py") ? text.length : 0),
    0,
  );

  it("parses production code once, and no test", async () => {
    expect(await workOf(temporaryTree(TREE), {})).toMatchObject({ bytes: all, parsed: CODE.length });
  });

  it("parses every file once where tests count, or nothing is to be skimmed", async () => {
    expect((await workOf(temporaryTree(TREE), { includeTests: true })).parsed).toBe(all);
    expect((await workOf(temporaryTree(TREE), { skim: false })).parsed).toBe(all);
  });

  it("parses a skimmed file that production code uses, and only that", async () => {
    const helped = `from tests.helpers import make\n\nmade = make()\n\n${CODE}`;
    const { parsed } = await workOf(temporaryTree({ ...TREE, "app/load.py": helped }), {});
    expect(parsed).toBe(helped.length + TREE["tests/helpers.py"].length);
  });

  it("parses a test that it is not sure of", async () => {
    const odd = "match 1:\n    case 2: pass\n";
    const { parsed } = await workOf(temporaryTree({ ...TREE, "tests/test_odd.py": odd }), {});
    expect(parsed).toBe(CODE.length + odd.length);
  });

  it("links nothing again where a test changed that nothing imports, but for what it imports itself", async () => {
    const importing = CODE.replace("def load", "from tests.helpers import make\n\n\ndef load");
    const helped = importing.replace("select(1)", "select(make())");
    const tree = { ...TREE, "app/load.py": helped };
    const cacheFolder = temporaryTree({});
    const evaluatedIn = async (changed: Record<string, string>): Promise<number> =>
      (await workOf(temporaryTree({ ...tree, ...changed }), { cacheFolder })).evaluated;
    expect(await evaluatedIn({})).toBeGreaterThan(0);
    expect(await evaluatedIn({})).toBe(0);
    expect(await evaluatedIn({ "tests/test_load.py": TEST.replaceAll("== []", "== [1]") })).toBe(0);
    expect(await evaluatedIn({ "tests/test_load.py": `import asyncpg\n${TEST}` })).toBeGreaterThan(0);
    const other = { "tests/helpers.py": "def make():\n    return 2\n" };
    expect(await evaluatedIn(other)).toBeGreaterThan(0);
    // Both are kept now, side by side.
    expect(await evaluatedIn(other)).toBe(0);
    expect(await evaluatedIn({})).toBe(0);
    expect(await evaluatedIn({ "app/load.py": importing })).toBeGreaterThan(0);
  });

  it("parses nothing the second time, and then what changed", async () => {
    const cacheFolder = temporaryTree({});
    const tree = temporaryTree(TREE);
    await workOf(tree, { cacheFolder });
    expect((await workOf(tree, { cacheFolder })).parsed).toBe(0);
    const changed = temporaryTree({ ...TREE, "app/more.py": "x = 1\n" });
    expect((await workOf(changed, { cacheFolder })).parsed).toBe("x = 1\n".length);
  });
});
