// Querysets whose rows are in memory send nothing more; filters that are put together as mappings count as what they hold.
import { describe, expect, it } from "vitest";
import { detectQueries } from "../../src/signals/queries/detect-queries.ts";
import { viewOf } from "../signals/view-of.ts";

const HEAD = `from django.db import models
from django.contrib.auth.models import User

class Author(models.Model):
    name = models.CharField(max_length=9)

class Book(models.Model):
    title = models.CharField(max_length=9)
    author = models.ForeignKey(Author, models.CASCADE)
`;

/** `line method counts: features` of each statement that runs, lines counted from the start of the code. */
async function runIn(code: string): Promise<string[]> {
  const lines = HEAD.split("\n").length - 1;
  const view = await viewOf({ "shop/__init__.py": "", "shop/models.py": `${HEAD}${code}` });
  return detectQueries(view, () => [])
    .items.filter(({ execution }) => execution.kind === "sync")
    .map(({ components: { one, others, two }, execution, features, method }) => {
      const names = features.map(({ name }) => name).join(" ");
      return `${execution.line - lines} ${method} ${one}/${two}/${others}: ${names}`.trim();
    });
}

describe("rows in memory", () => {
  it("are asked for once by the name that holds them, also where a function goes on with them", async () => {
    const code = `
def check(books: models.QuerySet[Book]):
    return all(book.title for book in books)

def work():
    books = Book.objects.all()
    if books:
        check(books)
    return books.count(), [book for book in books]
`;
    expect(await runIn(code)).toEqual(["7 truth test 0/0/1:"]);
  });

  it("are not there yet where only some branch asked for them", async () => {
    const code = `
def work(verbose):
    books = Book.objects.all()
    if verbose:
        print(len(books))
    shown = len(books) if verbose else 0
    return books.count()
`;
    expect((await runIn(code)).map((one) => one.split(" ").slice(0, 2).join(" "))).toEqual([
      "5 len()",
      "7 count",
    ]);
  });

  it("are sent for where a caller gives an unread queryset, or nobody is seen to call", async () => {
    const code = `
def titles(books: models.QuerySet[Book] | None = None):
    return [book.title for book in books]

def names(books: models.QuerySet[Book] | None = None):
    return [book.title for book in books]

def other(books: models.QuerySet[Book] | None = None):
    return [book.title for book in books]

def work():
    names(Book.objects.all())
    other()
`;
    expect((await runIn(code)).map((one) => one.split(":")[0])).toEqual([
      "3 iteration 0/0/1",
      "6 iteration 0/0/1",
    ]);
  });

  it("are others at each call of what builds them", async () => {
    const code = `
def recent():
    return Book.objects.filter(title="x")

def work(which):
    if which:
        return list(recent())
    return list(recent())
`;
    expect((await runIn(code)).map((one) => one.split(" ")[0])).toEqual(["7", "8"]);
  });

  it("are no mapping: a text indexes none of them", async () => {
    const code = `
def totals(plain: bool):
    books = Book.objects.all()
    return books if plain else {"a": 1}

def work(plain):
    return totals(plain)["a"]
`;
    expect(await runIn(code)).toEqual([]);
  });
});

describe("filters in mappings", () => {
  it("count with their joins and subqueries, also those added later and those whose relation is only known when it runs", async () => {
    const code = `
def work(relation):
    filters = {"author__name": "x"}
    filters.update({"title": "y"}, pk=1)
    filters[f"{relation}__user__in"] = User.objects.all()
    return list(Book.objects.filter(**filters))
`;
    expect(await runIn(code)).toEqual(["6 iteration 3/1/2: dynamic-filter join relation-lookup subquery"]);
  });
});

describe("forms", () => {
  it("look for rows of their choices, and for equal values, when they are validated", async () => {
    const code = `
from django import forms

class Shelf(models.Model):
    name = models.CharField(max_length=9, unique=True)
    room = models.CharField(max_length=9)

class ShelfForm(forms.ModelForm):
    class Meta:
        model = Shelf
        fields = ["name"]

class RoomForm(forms.ModelForm):
    class Meta:
        model = Shelf
        fields = ["room"]

class PickForm(forms.Form):
    book = forms.ModelChoiceField(queryset=Book.objects.all())

def work(data):
    ShelfForm(data).is_valid()
    RoomForm(data).is_valid()
    PickForm(data).is_valid()
`;
    expect(await runIn(code)).toEqual(["22 is_valid 2/0/0: limit", "24 is_valid 2/0/1: limit"]);
  });

  it("write nothing with commit=False, and give the row all the same", async () => {
    const code = `
from django import forms

class BookForm(forms.ModelForm):
    class Meta:
        model = Book

def work(request):
    form = BookForm(request.POST)
    book = form.save(commit=False)
    book.save()
`;
    expect((await runIn(code)).map((one) => one.split(" ").slice(0, 2).join(" "))).toEqual(["11 save"]);
  });
});

describe("relations that add_to_class() gives", () => {
  it("are what the field says, where only the program knows to which model it was given", async () => {
    const code = `
class Linked(models.base.ModelBase):
    registry = {}

    def link(cls, module):
        cls.registry[module].add_to_class("readers", models.ManyToManyField("auth.User", through="Loan"))
        cls.registry[module].add_to_class("shelf", models.ForeignKey("Shelf", models.CASCADE, related_name="copies"))

class Copy(models.Model):
    def work(self):
        self.readers.count()
        self.copies.first()
        return list(self.stickers.all())
`;
    expect(await runIn(code)).toEqual([
      "11 count 2/0/0: aggregate join",
      "12 first 3/0/1: limit order-by",
      "13 iteration 1/0/1:",
    ]);
  });

  it("that is known are its own", async () => {
    const code = `
class Copy(models.Model):
    pass

def add():
    Copy.add_to_class("book", models.ForeignKey(Book, models.CASCADE))

def work():
    return list(Copy.objects.filter(book__title="x"))
`;
    expect(await runIn(code)).toEqual(["9 iteration 2/0/1: join relation-lookup"]);
  });

  it("join what select_related() names, whatever the model", async () => {
    const code = `
def work(model):
    return model.objects.select_related("book__author").get(pk=1)
`;
    expect(await runIn(code)).toEqual(["3 get 4/0/1: eager-load join"]);
  });
});

describe("comparisons without case", () => {
  it("are LIKE, as parts of a text are; regular expressions are not", async () => {
    const code = `
def work():
    Book.objects.filter(title__iexact="x").exists()
    Book.objects.filter(title__regex="x").exists()
`;
    expect(await runIn(code)).toEqual(["3 exists 3/0/0: limit", "4 exists 2/0/0: limit"]);
  });
});

describe("what a function is given", () => {
  it("is a row, a queryset or a list, as isinstance() says, in arms of an expression too", async () => {
    const code = `
def first(given: models.Model | models.QuerySet | list):
    return given[0] if isinstance(given, list) else given.model

def work(owner: models.Model):
    if isinstance(owner, User):
        owner.groups.clear()
`;
    expect((await runIn(code)).map((one) => one.split(" ").slice(0, 2).join(" "))).toEqual(["7 clear"]);
  });
});

describe("a model that only runs tell", () => {
  it("is queried by get_object_or_404() and by what a relation's related_model gives", async () => {
    const code = `
from django.shortcuts import get_object_or_404

def work(thing, registry):
    get_object_or_404(registry[thing], pk=1)
    Other = Book.author.field.related_model
    Other.objects.get(pk=1)
    thing.owner.related.related_model.objects.create(pk=1)
`;
    expect((await runIn(code)).map((one) => one.split(" ").slice(0, 2).join(" "))).toEqual([
      "5 get_object_or_404",
      "7 get",
      "8 create",
    ]);
  });
});

describe("bulk_update()", () => {
  it("tells rows by their keys, in a subquery where the queryset joins", async () => {
    const code = `
def work(books):
    Book.objects.filter(title="x").bulk_update(books, ["title"])
    found = Book.objects.filter(author__name="x").annotate(n=models.Count("author"))
    found.bulk_update(books, ["title"])
`;
    expect((await runIn(code)).map((one) => one.split(":")[0])).toEqual([
      "3 bulk_update 1/0/1",
      "5 bulk_update 1/1/0",
    ]);
  });
});
