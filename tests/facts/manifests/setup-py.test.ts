import { beforeAll, describe, expect, test } from "vitest";
import { collectFile } from "../../../src/facts/collect-file.ts";
import { collectSetupPy } from "../../../src/facts/manifests/setup-py/setup-py.ts";
import { createPythonParser, type PythonParser } from "../../../src/syntax/parse-python.ts";
import { problemsOf, short } from "./short.ts";

let parse: PythonParser;
beforeAll(async () => {
  parse = await createPythonParser();
});

const read = (text: string) =>
  collectSetupPy(collectFile({ path: "pkg/setup.py", role: "production", bytes: text.length }, parse(text)));

test("literal arguments, with the line of each requirement", () => {
  const manifest = read(`from setuptools import setup, find_packages
setup(
    name="shop",
    python_requires=">=3.8",
    packages=find_packages(),
    install_requires=[
        "Django>=4.2,<5",
        'psycopg2-binary==2.9.9; sys_platform != "win32"',
    ],
    extras_require={
        "async": ["asyncpg"],
        "dev": ["pytest"],
        ":python_version < '3.8'": ["typing-extensions"],
    },
    tests_require=["pytest-django"],
    setup_requires="wheel",
    classifiers=["Framework :: Django"],
    entry_points={"console_scripts": ["shop = shop.cli:main"], "flask.commands": "x=y:z"},
)
`);
  expect(manifest).toMatchObject({ kind: "setup-py", projectName: "shop", requiresPython: ">=3.8" });
  expect(short(manifest)).toEqual([
    "7 runtime django>=4.2,<5",
    '8 runtime psycopg2-binary==2.9.9 ; sys_platform != "win32"',
    "16 build wheel",
    "15 development/tests pytest-django",
    "11 optional/async asyncpg",
    "12 development/dev pytest",
    "13 runtime typing-extensions",
  ]);
  expect(manifest?.classifiers).toEqual([{ text: "Framework :: Django", line: 17 }]);
  expect(manifest?.entryPoints).toEqual([
    { group: "console_scripts", name: "shop", target: "shop.cli:main", line: 18 },
    { group: "flask.commands", name: "x", target: "y:z", line: 18 },
  ]);
  expect(manifest?.problems).toEqual([]);
});

test("names, concatenations, branches, additions and formatted texts", () => {
  const manifest = read(`import sys
import setuptools
DJANGO = "4.2"
NAME = "shop"
requires = ["flask"] + ["werkzeug"]
requires += ["jinja2"]
requires.append("click")
if sys.version_info < (3, 8):
    requires.extend(["importlib-metadata"])
pinned = [f"django>={DJANGO}", "celery==%s" % "5.3", "redis=={}".format("5.0"), "kombu" + ">=5"]
docs = ["sphinx"]
extras = {"docs": docs, "all": docs + pinned}
extras["pg"] = ("asyncpg",)
text = """
sqlalchemy>=2
# a comment
alembic
"""
setuptools.setup(
    name=NAME,
    install_requires=requires + pinned if True else None,
    tests_require=text.strip().splitlines(),
    setup_requires="a b".split(),
    extras_require=dict(extras, mysql=["mysqlclient"], every=sum(extras.values(), [])),
)
`);
  const names = (scope: string) =>
    short(manifest)
      .filter((line) => line.includes(` ${scope}`))
      .map((line) => line.replace(/ \S+/, ""));
  expect(names("runtime")).toEqual([
    "5 flask",
    "5 werkzeug",
    "6 jinja2",
    "7 click",
    "9 importlib-metadata",
    "10 django>=4.2",
    "10 celery==5.3",
    "10 redis==5.0",
    "10 kombu>=5",
  ]);
  expect(names("development/tests")).toEqual(["15 sqlalchemy>=2", "17 alembic"]);
  expect(names("build")).toEqual(["23 a", "23 b"]);
  expect(names("optional/pg")).toEqual(["13 asyncpg"]);
  expect(names("optional/mysql")).toEqual(["24 mysqlclient"]);
  expect(names("development/docs")).toEqual(["11 sphinx"]);
  expect(names("optional/every").length).toBeGreaterThan(5);
  expect(manifest?.projectName).toBe("shop");
  expect(manifest?.problems).toEqual([]);
});

describe("files that setup.py reads become includes", () => {
  test.each([
    ["open", 'setup(install_requires=open("requirements.txt").read().splitlines())', "requirements.txt"],
    [
      "a name",
      'reqs = open("requirements.txt").readlines()\nsetup(install_requires=reqs)',
      "requirements.txt",
    ],
    [
      "with",
      'with open("requirements.txt") as f:\n    reqs = f.read().splitlines()\nsetup(install_requires=reqs)',
      "requirements.txt",
    ],
    [
      "with, among others",
      'with open("README.txt") as f:\n    text = f.read()\nwith open("requirements.txt") as f:\n    reqs = f.read().splitlines()\nwith open("VERSION") as f:\n    version = f.read()\nsetup(install_requires=reqs)',
      "requirements.txt",
    ],
    [
      "a loop",
      'reqs = []\nfor line in open("requirements.txt"):\n    reqs.append(line.strip())\nsetup(install_requires=reqs)',
      "requirements.txt",
    ],
    [
      "a comprehension",
      'setup(install_requires=[str(r.req) for r in parse_requirements("reqs/base.txt", session=s)])',
      "reqs/base.txt",
    ],
    [
      "a helper with the name as argument",
      'def load(name):\n    return open(name).read().split()\nsetup(install_requires=load("requirements.txt"))',
      "requirements.txt",
    ],
    [
      "a helper that joins folders",
      'def reqs(*f):\n    return [l for l in open(os.path.join(os.getcwd(), "requirements", *f))]\nsetup(install_requires=reqs("default.txt"))',
      "requirements/default.txt",
    ],
    [
      "a helper that formats the name",
      'def reqs(name):\n    path = here / f"requirements/{name}.in"\n    return path.read_text().splitlines()\nsetup(install_requires=reqs("main"))',
      "requirements/main.in",
    ],
    [
      "a helper without arguments",
      'def reqs():\n    with open("requirements.txt") as f:\n        return [l for l in f]\nsetup(install_requires=reqs())',
      "requirements.txt",
    ],
    [
      "pathlib",
      'setup(install_requires=(HERE / "requirements.txt").read_text().split())',
      "requirements.txt",
    ],
    [
      "an unknown helper",
      'setup(install_requires=read_requirements("requirements.txt"))',
      "requirements.txt",
    ],
    ["a constant", 'FILE = "requirements.txt"\nsetup(install_requires=read(FILE))', "requirements.txt"],
  ])("through %s", (_, text, path) => {
    const manifest = read(`from setuptools import setup\n${text}\n`);
    expect(manifest?.includes.map((include) => [include.path, include.scope])).toEqual([
      [`pkg/${path}`, "runtime"],
    ]);
    expect(manifest?.problems).toEqual([]);
  });

  test("extras worked out from a list of names", () => {
    const manifest = read(`from setuptools import setup
NAMES = ("redis", "pytest")
def extras(*p):
    return reqs("extras", *p)
def reqs(*f):
    return open(os.path.join("requirements", *f)).readlines()
def extras_require():
    found = {x: extras(x + ".txt") for x in NAMES}
    found["all"] = list(itertools.chain.from_iterable(found.values()))
    return found
setup(extras_require=extras_require())
`);
    expect(manifest?.includes.map(({ path, scope, group }) => [path, scope, group])).toEqual([
      ["pkg/requirements/extras/redis.txt", "optional", "redis"],
      ["pkg/requirements/extras/pytest.txt", "development", "pytest"],
      ["pkg/requirements/extras/redis.txt", "optional", "all"],
      ["pkg/requirements/extras/pytest.txt", "optional", "all"],
    ]);
    expect(manifest?.problems).toEqual([]);
  });

  test("extras keep their group", () => {
    const manifest = read('from setuptools import setup\nsetup(extras_require={"test": load("test.txt")})\n');
    expect(manifest?.includes).toEqual([
      { path: "pkg/test.txt", scope: "development", group: "test", line: 2 },
    ]);
  });
});

test("arguments behind ** are found", () => {
  const manifest = read(`from distutils.core import setup
config = {"name": "shop", "install_requires": ["flask"]}
config["extras_require"] = {"x": ["y"]}
setup(**config)
`);
  expect(manifest?.projectName).toBe("shop");
  expect(short(manifest)).toEqual(["2 runtime flask", "3 optional/x y"]);
});

test("what only running would tell is a problem, and what is around it is read", () => {
  const manifest = read(`from setuptools import setup
from shop import VERSION, deps
setup(
    install_requires=["django", deps.core, "flask==" + VERSION, f"celery[redis]>={VERSION}", compute()],
    extras_require={VERSION: ["a"], "b": ["c"]},
    **generated(),
)
`);
  expect(short(manifest)).toEqual([
    "4 runtime django",
    "4 runtime flask",
    "4 runtime celery[redis]",
    "5 optional/b c",
  ]);
  expect(problemsOf(manifest)).toEqual([
    "6: Some arguments of setup() are only known when it runs.",
    "4: A part of install_requires is only known when setup.py runs.",
    '4: The version in "flask==" is only known when setup.py runs.',
    '4: The version in "celery[redis]>=" is only known when setup.py runs.',
    "4: A part of install_requires is only known when setup.py runs.",
    "5: A part of extras_require is only known when setup.py runs.",
  ]);
});

test.each([
  ["a module of that name", "def setup(app):\n    app.x = 1\nsetup(1)\n"],
  ["django.setup", "import django\ndjango.setup()\n"],
  ["nothing", ""],
])("%s is no manifest", (_, text) => {
  expect(read(text)).toBeNull();
});

test.each([
  ["a name made of itself", "a = a + a\nsetup(install_requires=a)"],
  [
    "names that double",
    `${Array.from({ length: 60 }, (_, i) => `a${i + 1} = a${i} + a${i}`).join("\n")}\na0 = ["x"]\nsetup(install_requires=a60)`,
  ],
  [
    "texts that double",
    `a0 = "x"\n${Array.from({ length: 60 }, (_, i) => `a${i + 1} = a${i} + a${i}`).join("\n")}\nsetup(name=a60)`,
  ],
  [
    "functions that call each other",
    "def f():\n    return g()\ndef g():\n    return f()\nsetup(install_requires=f())",
  ],
  ["dicts within themselves", "d = {**d, 'a': d}\nsetup(extras_require=d, **d)"],
  [
    "prototype names",
    "setup(install_requires=[__proto__, constructor], extras_require={'__proto__': ['x']}, toString=1)",
  ],
  ["deep nesting", `setup(install_requires=${"[".repeat(3000)}${"]".repeat(3000)})`],
  [
    "a long chain of names",
    `${Array.from({ length: 5000 }, (_, i) => `a${i + 1} = a${i}`).join("\n")}\nsetup(install_requires=a5000, name=a5000)`,
  ],
])(
  "survives %s in good time",
  (_, text) => {
    const start = performance.now();
    expect(read(`from setuptools import setup\n${text}\n`)?.dependencies.length).toBeLessThan(2);
    expect(performance.now() - start).toBeLessThan(10_000);
  },
  30_000,
);
