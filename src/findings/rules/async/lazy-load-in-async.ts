import type { LazyLoad } from "../../../model/async-facts.ts";
import { outcomeInDjango } from "../../outcome-in-django.ts";
import type { Rule, Sighting } from "../../rule.ts";

export const lazyLoadInAsync: Rule = {
  id: "lazy-load-in-async",
  severity: "error",
  title: "Reading an attribute in a coroutine loads it from the database",
  why: `Relations, deferred columns and expired attributes are fetched when they are read, synchronously. In a coroutine Django
raises SynchronousOnlyOperation, and an instance of an AsyncSession raises MissingGreenlet. It shows only on the rows and paths that
were not loaded before, so tests often miss it.`,
  advice: `Load it with the row: \`select_related\` or \`prefetch_related\`; \`selectinload\` or \`joinedload\`. After a commit, await
\`session.refresh(obj)\` or make sessions with \`expire_on_commit=False\`. A foreign key's own value needs no query: \`book.author_id\`.`,
  examples: {
    bad: [
      `from django.db import models

class Author(models.Model):
    name = models.CharField(max_length=100)

class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)

async def author_of(pk):
    book = await Book.objects.aget(pk=pk)
    return book.author.name
`,
      `from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    items: Mapped[list["Item"]] = relationship()

class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))

async def count_items(session: AsyncSession):
    order = await session.scalar(select(Order))
    return len(order.items)
`,
    ],
    good: [
      `from django.db import models

class Author(models.Model):
    name = models.CharField(max_length=100)

class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)

async def author_of(pk):
    book = await Book.objects.select_related("author").aget(pk=pk)
    return book.author.name, book.author_id
`,
    ],
  },
  judge: ({ async }) => async.lazyLoads.map((load) => sighting(load, async.unsafeAt)),
};

function sighting(load: LazyLoad, unsafeAt: string | null): Sighting {
  const { place, through } = load;
  if (through === null) return { place, message: message(load, unsafeAt) };
  const { column, line, path } = through.read;
  const says = `\`${load.model}.${load.attribute}\` is read here`;
  return { place, message: message(load, unsafeAt), related: [{ path, line, column, says }] };
}

function message(load: LazyLoad, unsafeAt: string | null): string {
  const { attribute, library, model, place, reason, through } = load;
  const then = library === "django" ? outcomeInDjango(unsafeAt) : "this raises MissingGreenlet";
  const way = through?.path.map((name) => `\`${name}\``).join(" → ");
  const where = through === null ? "" : ` through ${way}, at ${through.read.path}:${through.read.line},`;
  const read = `reading \`${model}.${attribute}\`${where} in the coroutine \`${place.symbol ?? "?"}\``;
  switch (reason) {
    case "relation":
      return `${read} loads it from the database: nothing loaded it with the row, so ${then}`;
    case "deferred":
      return `${read} loads it from the database: the statement left it out, so ${then}`;
    case "expired":
      return `${read} loads it again: the commit expired it, so ${then}`;
    case "rolled-back":
      return `${read} loads it again: the rollback expired it, so ${then}`;
  }
}
