// Models and managers that are reached by a name, a call or a convention, where no import leads to them.
import { describe, expect, it } from "vitest";
import { detectQueries } from "../../src/signals/queries/detect-queries.ts";
import { viewOf } from "../signals/view-of.ts";

const MODELS = `from django.db import models
from six import with_metaclass
from treebeard.mp_tree import MP_Node

class ShelfQuerySet(models.QuerySet):
    def dusty(self):
        return self.filter(dust__gt=3)

class ShelfManager(models.Manager):
    def get_queryset(self):
        return ShelfQuerySet(self.model, using=self._db).select_related("room")

class Room(models.Model):
    pass

class AbstractShelf(with_metaclass(type, models.Model)):
    room = models.ForeignKey(Room, models.CASCADE)
    dust = models.IntegerField()
    notes = models.JSONField()
    objects = ShelfManager.from_queryset(ShelfQuerySet)()

    class Meta:
        abstract = True

    def titles(self):
        return self.book_set.count()

    def readers_of(self):
        self.notes.get("reader")
        return self.readers.exists()

class Shelf(AbstractShelf):
    pass

class Book(models.Model):
    shelf = models.ForeignKey(Shelf, models.CASCADE)

class Topic(MP_Node):
    pass
`;

/** `line method operation model` of each statement of a file whose body stands below the imports. */
async function sitesOf(body: string, head = ""): Promise<string[]> {
  const view = await viewOf({
    "shop/__init__.py": "",
    "shop/models.py": MODELS,
    "shop/work.py": `${head}\n${body}\n`,
  });
  return detectQueries(view, () => [])
    .items.filter(({ path, execution }) => path === "shop/work.py" && execution.kind !== "not-executed")
    .map(
      ({ execution, method, model, operation }) => `${execution.line - 1} ${method} ${operation} ${model}`,
    );
}

async function sitesOfModels(): Promise<string[]> {
  const view = await viewOf({ "shop/__init__.py": "", "shop/models.py": MODELS });
  return detectQueries(view, () => []).items.map(
    ({ function: fn, method, model }) => `${fn} ${method} ${model}`,
  );
}

describe("a model asked for by its label", () => {
  it("is found through the registry and an app's configuration", async () => {
    const head = "from django.apps import apps";
    const body = `apps.get_model("shop", "Book").objects.count()
apps.get_app_config("shop").get_model("Shelf").objects.count()`;
    expect(await sitesOf(body, head)).toEqual(["1 count select Book", "2 count select Shelf"]);
  });
});

describe("an abstract model", () => {
  it("has the relations of the models below it, and those that no field declares; a field's value has none", async () => {
    expect(await sitesOfModels()).toEqual(
      expect.arrayContaining(["AbstractShelf.titles count Book", "AbstractShelf.readers_of exists null"]),
    );
    expect((await sitesOfModels()).filter((site) => site.includes(" get "))).toEqual([]);
  });
});

describe("a manager made from a queryset class", () => {
  it("keeps both classes' methods, and rows that get_queryset builds by hand", async () => {
    const head = "from shop.models import Shelf";
    const body = "list(Shelf.objects.dusty())\nShelf.objects.filter(dust=1).dusty().exists()";
    expect(await sitesOf(body, head)).toEqual(["1 iteration select Shelf", "2 exists select Shelf"]);
  });
});

describe("objects of an unknown class", () => {
  const body = `def total(registry, bucket):
    registry.model.objects.filter(paid=True).count()
    bucket.objects.filter(Prefix="a").count()`;

  it("are rows of a model that is not known; those of a bucket are not", async () => {
    expect(await sitesOf(body, "import os")).toEqual(["2 count select null"]);
  });

  it("are no rows in a file that works with other objects", async () => {
    expect(await sitesOf(body, "import boto3")).toEqual([]);
  });
});

describe("a tree of rows", () => {
  it("is changed and read by the package's methods", async () => {
    const head = "from shop.models import Topic";
    const body = `root = Topic.add_root(instance=Topic())
root.add_child(instance=Topic())
list(root.get_children())
root.get_parent()`;
    expect(await sitesOf(body, head)).toEqual([
      "1 add_root insert Topic",
      "2 add_child insert Topic",
      "3 iteration select Topic",
      "4 get_parent select Topic",
    ]);
  });
});

describe("a queryset handed on by helper functions", () => {
  it("is known through a chain of seven of them, the outermost standing first", async () => {
    const last = "def helper7():\n    return Book.objects.filter(shelf__dust=1)";
    const helpers = [1, 2, 3, 4, 5, 6].map((at) => `def helper${at}():\n    return helper${at + 1}()`);
    const body = ["def view():\n    return list(helper1())", ...helpers, last].join("\n");
    const sites = await sitesOf(body, "from .models import Book");
    expect(sites).toContain("2 iteration select Book");
  });
});
