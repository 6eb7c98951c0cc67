// What Django sends, as its SQL compiler does: seen in the SQL of real runs (npm run truth), kept here in small.
import { describe, expect, it } from "vitest";
import { detectQueries } from "../../src/signals/queries/detect-queries.ts";
import { viewOf } from "../signals/view-of.ts";

const MODELS = `from django.db import models

class Shelf(models.Model):
    name = models.CharField(max_length=9)

    class Meta:
        ordering = ["name"]

class Tag(models.Model):
    name = models.CharField(max_length=9)

class BookQuerySet(models.QuerySet):
    def available(self):
        return self.filter(stock__gt=0)

class BookManager(models.Manager.from_queryset(BookQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(withdrawn=False)

class Book(models.Model):
    stock = models.IntegerField()
    withdrawn = models.BooleanField()
    shelf = models.ForeignKey(Shelf, models.CASCADE, related_name="books")
    tags = models.ManyToManyField(Tag)
    objects = BookManager()
    plain = models.Manager()
`;

/** `method counts: features` of each statement of a function's body, counts as Spider's components. */
async function statementsOf(body: string): Promise<string[]> {
  const head =
    "from django.db.models import *\nfrom django.test import TestCase\nfrom shop.models import *\n";
  const lines = body.split("\n").map((line) => `    ${line}`);
  const view = await viewOf({
    "shop/__init__.py": "",
    "shop/models.py": MODELS,
    "shop/work.py": `${head}def work(shelf: Shelf, book: Book):\n${lines.join("\n")}\n`,
  });
  return detectQueries(view, () => [])
    .items.filter(({ path }) => path === "shop/work.py")
    .map(({ components: { one, others, two }, execution, features, method }) => {
      const names = features.map(({ name }) => name).join(" ");
      return `${execution.line - 4} ${method} ${one}/${two}/${others}: ${names}`.trim();
    });
}

describe("managers", () => {
  it("made from querysets keep their own methods and the filter of get_queryset", async () => {
    expect(await statementsOf("Book.objects.count()\nBook.objects.available().count()")).toEqual([
      "1 count 1/0/0: aggregate",
      "2 count 1/0/1: aggregate",
    ]);
  });

  it("keep them however often they are used", async () => {
    const body = Array.from({ length: 14 }, () => "Book.objects.available().count()").join("\n");
    expect(new Set((await statementsOf(body)).map((text) => text.replace(/^\d+ /, "")))).toEqual(
      new Set(["count 1/0/1: aggregate"]),
    );
  });

  it("of a relation filter by it, and join the table between", async () => {
    expect(await statementsOf("list(shelf.books.all())\nlist(book.tags.all())")).toEqual([
      "1 iteration 1/0/2:",
      "2 iteration 2/0/1: join",
    ]);
  });

  it("change a relation without what reading it would join", async () => {
    expect(await statementsOf("book.tags.add(1)\nbook.tags.clear()")).toEqual([
      "1 add 0/0/0:",
      "2 clear 1/0/0:",
    ]);
  });
});

describe("grouping", () => {
  it("is by all columns of the model, or by those that values() chose", async () => {
    expect(
      await statementsOf(
        'list(Shelf.objects.annotate(n=Count("books")))\nlist(Book.plain.values("stock").annotate(n=Count("pk")))',
      ),
    ).toEqual([
      "1 iteration 2/0/2: aggregate group-by outer-join relation-lookup",
      "2 iteration 1/0/1: aggregate group-by",
    ]);
  });

  it("puts conditions on aggregates into HAVING, which Spider does not count as WHERE", async () => {
    expect(
      await statementsOf('list(Book.plain.values("stock").annotate(n=Count("pk")).filter(n__gt=1))'),
    ).toEqual(["1 iteration 1/0/2: aggregate group-by having"]);
  });

  it("makes count() and aggregate() read a derived table", async () => {
    expect(
      await statementsOf('Book.plain.values("stock").distinct().count()\nBook.plain.all()[:3].count()'),
    ).toEqual([
      "1 count 0/0/0: aggregate derived-table distinct",
      "2 count 0/0/0: aggregate derived-table limit",
    ]);
  });
});

describe("order and limits", () => {
  it("come from Meta.ordering until the statement drops them, and from get()", async () => {
    expect(
      await statementsOf(
        'list(Shelf.objects.all())\nlist(Shelf.objects.order_by())\nShelf.objects.get(name="a")',
      ),
    ).toEqual(["1 iteration 1/0/1:", "2 iteration 0/0/1:", "3 get 2/0/1:"]);
  });
});

describe("writes on joined rows", () => {
  it("move the joins into a subquery, and delete by key what others refer to", async () => {
    expect(
      await statementsOf(
        'Book.plain.filter(shelf__name="a").update(stock=1)\nShelf.objects.filter(name="a").delete()',
      ),
    ).toEqual(["1 update 1/1/0: join relation-lookup subquery", "2 delete 1/0/0:"]);
  });

  it("exclude() by many rows is a subquery without a join outside it", async () => {
    expect(await statementsOf("list(Shelf.objects.exclude(books__stock=1))")).toEqual([
      "1 iteration 2/1/1: join relation-lookup subquery",
    ]);
  });
});

describe("calls that use a queryset", () => {
  it("run it on the line where the call begins", async () => {
    expect(
      await statementsOf(
        'list(\n    Book.plain.values("stock")\n)\n", ".join(\n    Book.plain.values("pk"))',
      ),
    ).toEqual(["1 iteration 0/0/0:", "4 iteration 0/0/0:"]);
  });
});

const STAFF = `from django.contrib.auth.models import AbstractUser, Group, Permission
from django.db import models

class Person(AbstractUser):
    pass

class Team(models.Model):
    name = models.CharField(max_length=9)
    lead = models.ForeignKey("staff.Person", models.CASCADE, related_name="teams")

    class Meta:
        ordering = ["lead__last_login"]

class Place(models.Model):
    name = models.CharField(max_length=9)

class Bar(Place):
    has_garden = models.BooleanField()
`;

async function staffStatements(body: string): Promise<string[]> {
  const view = await viewOf({
    "staff/__init__.py": "",
    "staff/settings.py": 'AUTH_USER_MODEL = "staff.Person"\n',
    "staff/models.py": STAFF,
    "staff/work.py": `from django.contrib.auth.models import Group, Permission\nfrom staff.models import *\n\ndef work(person: Person):\n    ${body}\n`,
  });
  return detectQueries(view, () => [])
    .items.filter(({ path }) => path === "staff/work.py")
    .map(({ components: { one, others, two }, features, method, model }) =>
      `${method} ${model} ${one}/${two}/${others}: ${features.map(({ name }) => name).join(" ")}`.trim(),
    );
}

describe("models of Django itself", () => {
  it("are ordered as Django orders them, with the join that takes", async () => {
    expect(await staffStatements("list(Permission.objects.all())")).toEqual([
      "iteration Permission 2/0/1: join relation-lookup",
    ]);
  });

  it("relate to one another, to bases of the project's models, and back", async () => {
    expect(await staffStatements("Permission.objects.filter(group__user=person).count()")).toEqual([
      "count Permission 4/0/0: aggregate join relation-lookup",
    ]);
    expect(await staffStatements("list(person.groups.all())")).toEqual(["iteration Group 2/0/1: join"]);
    expect(await staffStatements('Group.objects.filter(user__teams__name="a").exists()')).toEqual([
      "exists Group 5/0/0: join limit relation-lookup",
    ]);
  });
});

describe("what is joined only when rows are fetched", () => {
  it("is what orders them, through the default order of what that refers to", async () => {
    expect(await staffStatements("list(Team.objects.all())")).toEqual([
      "iteration Team 2/0/1: join relation-lookup",
    ]);
    expect(await staffStatements('Team.objects.get(name="a")')).toEqual(["get Team 2/0/1:"]);
    expect(await staffStatements("Team.objects.count()")).toEqual(["count Team 0/0/0: aggregate"]);
  });

  it("is what is loaded with them", async () => {
    const related = 'Team.objects.order_by().select_related("lead")';
    expect(await staffStatements(`list(${related})`)).toEqual(["iteration Team 1/0/1: eager-load join"]);
    expect(await staffStatements(`${related}.count()`)).toEqual(["count Team 0/0/0: aggregate eager-load"]);
    expect(await staffStatements(`list(${related}.values("name"))`)).toEqual([
      "iteration Team 0/0/0: eager-load",
    ]);
    expect(await staffStatements("list(Team.objects.order_by().select_related())")).toEqual([
      "iteration Team 1/0/1: eager-load join",
    ]);
  });

  it("is the table of a parent, which conditions on the parent's columns need as well", async () => {
    expect(await staffStatements("list(Bar.objects.all())")).toEqual(["iteration Bar 1/0/1: join"]);
    expect(await staffStatements("Bar.objects.filter(has_garden=True).count()")).toEqual([
      "count Bar 1/0/0: aggregate",
    ]);
    expect(await staffStatements('Bar.objects.filter(name="a").count()')).toEqual([
      "count Bar 2/0/0: aggregate join relation-lookup",
    ]);
  });
});

describe("rows in memory", () => {
  it("are indexed there, and paged once they are asked for", async () => {
    expect(
      await statementsOf(
        "books = Book.plain.all()\nif len(books) == 1:\n    print(books[0])\nBook.plain.all()[0]",
      ),
    ).toEqual(["2 len() 0/0/1:", "4 indexing 1/0/1: limit"]);
    const paged =
      "from django.core.paginator import Paginator\npage = Paginator(Book.plain.all(), 9).page(1)\nfor book in page:\n    print(book)";
    expect(await statementsOf(paged)).toEqual(["2 count 0/0/0: aggregate", "3 iteration 1/0/1: limit"]);
  });
});

describe("types", () => {
  it("are told by isinstance, on either branch", async () => {
    const told =
      "def rows(items):\n    if isinstance(items, QuerySet):\n        return items.count()\n    for item in items:\n        print(item)";
    expect(await statementsOf(told)).toEqual(["3 count 0/0/0: aggregate"]);
  });
});

it("names aggregates that are given no name as Django does", async () => {
  expect(
    await statementsOf(
      'list(Book.plain.values("shelf").annotate(Count("shelf")).filter(shelf__count__gt=1))',
    ),
  ).toEqual(["1 iteration 1/0/2: aggregate group-by having"]);
});
