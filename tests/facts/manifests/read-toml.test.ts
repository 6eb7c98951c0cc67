import { expect, test } from "vitest";
import { draftManifest } from "../../../src/facts/manifests/manifest-draft.ts";
import { readToml } from "../../../src/facts/manifests/read-toml.ts";

function read(text: string) {
  const draft = draftManifest("pyproject.toml", "pyproject");
  const { root, lineOf } = readToml(draft, text);
  return { root, lineOf, lines: draft.problems.map(({ line }) => line) };
}

test("tells the line of keys, list items, inline tables and lists of tables", () => {
  const { lineOf, lines } = read(`# comment with [brackets]
[project]
name = "x"  # [not.a.table]
dependencies = [
  "django>=4", # a ] "b
  'flask', "two on a line",
  """long
text""",
  "last",
]
optional.test = ["a"]

[[tool.thing.item]]
name = "first"
[[tool.thing.item]]
"quoted key" = "second"
z = { a = 1, 'b c' = [1,
 2] }
[tool.thing.item.sub]
deep = true
`);
  expect(lines).toEqual([]);
  expect(lineOf(["project"])).toBe(2);
  expect(lineOf(["project", "name"])).toBe(3);
  expect(lineOf(["project", "dependencies"])).toBe(4);
  expect([0, 1, 2, 3, 4].map((index) => lineOf(["project", "dependencies", index]))).toEqual([5, 6, 6, 7, 9]);
  expect(lineOf(["project", "optional", "test", 0])).toBe(11);
  expect(lineOf(["tool", "thing", "item", 0, "name"])).toBe(14);
  expect(lineOf(["tool", "thing", "item", 1, "quoted key"])).toBe(16);
  expect(lineOf(["tool", "thing", "item", 1, "z", "b c", 1])).toBe(18);
  expect(lineOf(["tool", "thing", "item", 1, "sub", "deep"])).toBe(20);
  expect(lineOf(["tool", "thing", "item", 1, "absent", "path"])).toBe(15);
  expect(lineOf(["absent"])).toBe(1);
});

test("counts lines the same with CRLF and a byte order mark", () => {
  const { root, lineOf } = read('\uFEFF[project]\r\nname = "x"\r\ndependencies = [\r\n  "a",\r\n]\r\n');
  expect(root).toEqual({ project: { name: "x", dependencies: ["a"] } });
  expect(lineOf(["project", "dependencies", 0])).toBe(4);
});

test("reads both sides of a merge conflict as far as they can stand together", () => {
  const { root, lines } = read(`[project]
<<<<<<< HEAD
dependencies = ["django"]
=======
dependencies = ["flask"]
>>>>>>> other
[tool.ruff]
line-length = 100
`);
  expect(root).toEqual({ project: { dependencies: ["django"] }, tool: { ruff: { "line-length": 100 } } });
  expect(lines).toEqual([2, 4, 5, 6]);
});

test("reads on behind a list that nobody closed", () => {
  const { root, lines } = read(
    '[project]\ndependencies = [\n  "django",\n  "flask" # web\n[tool.ruff]\nfix = true\n',
  );
  expect(root).toEqual({ project: { dependencies: ["django", "flask"] }, tool: { ruff: { fix: true } } });
  expect(lines).toEqual([5]);
});

test("keeps what stands before a text that nobody closed", () => {
  const { root, lines } = read('[project]\nname = "shop"\ndescription = """\nabc\n');
  expect(root).toEqual({ project: { name: "shop" } });
  expect(lines[0]).toBe(3);
});

test("reads a template around its control lines", () => {
  const { root, lines, lineOf } = read(`[project]
name = "{{ name }}"
dependencies = [
  {# keeps the indentation #}
  "flask",
  {%- if admin %}
  "flask-admin",
  {%- endif %}
]
{{ more }}
last = 1
`);
  expect(root).toEqual({ project: { name: "{{ name }}", dependencies: ["flask", "flask-admin"], last: 1 } });
  expect(lines).toEqual([4, 10]);
  expect(lineOf(["project", "dependencies", 1])).toBe(7);
});

test.each([
  ["NUL", "\0\0\0"],
  ["deep nesting", `a = ${"[".repeat(100_000)}`],
  ["deep tables", `a = ${"{b=".repeat(50_000)}`],
  ["one endless line", `a = "${"x".repeat(10_000_000)}`],
  ["only broken lines", "= 1\n".repeat(20_000)],
])(
  "says that there is a problem with %s, in good time",
  (_, text) => {
    const start = performance.now();
    const { lines } = read(text);
    expect(lines.length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(10_000);
  },
  30_000,
);

test("takes keys of the object prototype for ordinary keys", () => {
  const { root } = read('[__proto__]\npolluted = "yes"\n[constructor.prototype]\npolluted = "yes"\n');
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
  expect(Object.keys(root as object)).toEqual(["__proto__", "constructor"]);
});
