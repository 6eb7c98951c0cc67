// What a call is looked into with: only what can change the answer, so that a helper called everywhere is worked out once.
import { describe, expect, it } from "vitest";
import type { FunctionInfo } from "../../src/evaluation/function-info.ts";
import { resultNames } from "../../src/evaluation/result-names.ts";
import { detectQueries } from "../../src/signals/queries/detect-queries.ts";
import { viewOf } from "../signals/view-of.ts";

async function functionNamed(name: string, code: string): Promise<FunctionInfo> {
  const { world } = await viewOf({ "shop/__init__.py": "", "shop/work.py": code });
  const found = [...world.functions.values()].find((fn) => fn.name === name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return found;
}

/** Parameters of `work` that have a part in its result. */
async function telling(code: string): Promise<string[]> {
  const fn = await functionNamed("work", code);
  return fn.parameters.map(({ name }) => name).filter((name) => resultNames(fn).has(name));
}

describe("parameters that have a part in a function's result", () => {
  it.each([
    ["nothing is returned", "def work(a, b):\n    print(a, b)\n", []],
    ["returned", "def work(a, b):\n    return a\n", ["a"]],
    ["through names", "def work(a, b):\n    c = a.first\n    d = c\n    return d()\n", ["a"]],
    ["only tested", "def work(a, b):\n    if b:\n        return a\n", ["a"]],
    ["yielded", "def work(a, b):\n    for x in b:\n        yield x\n", ["b"]],
    ["kept in what is returned", "def work(a, b):\n    r = []\n    r.append(a)\n    return r\n", ["a"]],
    ["set on it", "def work(a, b):\n    r = R()\n    r.one = a\n    return r\n", ["a"]],
    ["set in it", "def work(a, b, c):\n    r = {}\n    r[b] = a\n    return r\n", ["a", "b"]],
    ["added to it", "def work(a, b):\n    r = 1\n    r += a\n    return r\n", ["a"]],
    ["opened", "def work(a, b):\n    with a.open() as f:\n        return f\n", ["a"]],
    [
      "bound on the way",
      "def work(a, b):\n    if (r := a.get()) is None:\n        r = 1\n    return r\n",
      ["a"],
    ],
    ["in a comprehension", "def work(a, b):\n    return [x for x in a if b]\n", ["a", "b"]],
    ["in a closure", "def work(a, b):\n    def inner():\n        return a\n    return inner\n", ["a"]],
    [
      "a closure's default",
      "def work(a, b):\n    def inner(c=a):\n        return c\n    return inner\n",
      ["a"],
    ],
    ["a lambda's default", "def work(a, b):\n    return lambda c=a: c\n", ["a"]],
    ["base of a class", "def work(a, b):\n    class Inner(a):\n        pass\n    return Inner\n", ["a"]],
    [
      "by the receiver of super()",
      "class W(V):\n    def work(self, a):\n        return super().work()\n",
      ["self", "a"],
    ],
  ])("%s", async (_, code, expected) => {
    expect(await telling(code)).toEqual(expected);
  });
});

describe("a call", () => {
  it("is looked into once for all that differ in nothing the result depends on", async () => {
    const calls = Array.from({ length: 9 }, (_, index) => `    note(run, "${index}")`).join("\n");
    const code = `def note(run, text):\n    print(text)\n    return run\n\ndef all_of(run):\n${calls}\n`;
    const { evaluations } = await functionNamed("note", code);
    const once = await functionNamed("note", code.replaceAll(/"\d"/g, '"0"'));
    // Once more for the last of the texts, which tell something of the parameter all the same.
    expect(evaluations - once.evaluations).toBeLessThanOrEqual(1);
  });

  it("is looked into with what it gives, where that makes the result", async () => {
    const files = {
      "shop/__init__.py": "",
      "shop/models.py": `from django.db import models

class Book(models.Model):
    title = models.CharField(max_length=9)

class Author(models.Model):
    name = models.CharField(max_length=9)
`,
      "shop/work.py": `from shop.models import Author, Book

def newest(model, label):
    print(label)
    return model.objects.order_by("-pk")

def work():
    newest(Book, "a").first()
    newest(Author, "b").first()
`,
    };
    const { items } = detectQueries(await viewOf(files), () => []);
    expect(items.map(({ execution, model }) => `${execution.line} ${model}`)).toEqual(["8 Book", "9 Author"]);
  });
});

describe("what a later call sets on an object", () => {
  it.each(["shop/rows.py", "shop/vendor/rows.py"])("is seen where the class stands in %s", async (path) => {
    const module = path.replace(".py", "").replaceAll("/", ".");
    const files = {
      "shop/__init__.py": "",
      "shop/models.py":
        "from django.db import models\n\nclass Book(models.Model):\n    pages = models.IntegerField()\n",
      [path]: `class Rows:
    def use(self, model):
        self.keep(model)

    def keep(self, model):
        self.model = model

    def all(self):
        return self.model.objects.all()
`,
      "shop/work.py": `from shop.models import Book
from ${module} import Rows

rows = Rows()

def read():
    return list(rows.all())

def start():
    rows.use(None)
    rows.use(Book)
`,
    };
    const { items } = detectQueries(await viewOf(files), () => []);
    expect(items.map(({ execution, model }) => `${execution.line} ${model}`)).toEqual(["7 Book"]);
  });
});

describe("several statements of one place", () => {
  it("are told by one whose model is known, in whatever order they are met", async () => {
    const files = (names: readonly string[]) => ({
      "shop/__init__.py": "",
      "shop/models.py":
        "from django.db import models\n\nclass Book(models.Model):\n    pages = models.IntegerField()\n",
      "shop/work.py": `from shop.models import Book
from elsewhere import thing

def work(flag):
    rows = ${names[0]}
    if flag:
        rows = ${names[1]}
    for row in rows:
        print(row)
`,
    });
    for (const names of [
      ["Book.objects.all()", "thing.books.all()"],
      ["thing.books.all()", "Book.objects.all()"],
    ]) {
      const { items } = detectQueries(await viewOf(files(names)), () => []);
      expect(items.some(({ execution, model }) => execution.line === 8 && model === "Book")).toBe(true);
    }
  });
});
