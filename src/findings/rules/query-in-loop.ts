import type { LoopedQuery } from "../../model/query-facts.ts";
import type { Rule, Sighting } from "../rule.ts";

export const queryInLoop: Rule = {
  id: "query-in-loop",
  severity: "warning",
  title: "A query runs once per turn of a loop",
  why: `Each turn pays a round trip to the database, so time grows with the number of rows: what takes a moment on a developer's
ten rows takes minutes on ten thousand. It is seen in the loop itself and through the functions that the loop calls, where those
query whatever the case.

Silent are relations that were loaded with the rows, or that whoever fetched the rows may have loaded; loops over batches, pages or
values that the code itself names; loops left after the first hit; what is fetched once and kept, or for one value of many; classes
and tables, each with a query of its own; what a turn runs only when something fails (\`except\`); \`while\` loops (polling and draining
need their query); ends of transactions, definitions and upkeep (\`ATTACH\`, \`PRAGMA\`).`,
  advice: `Fetch what the loop needs before it, in one query (\`WHERE id IN …\`, \`in_bulk()\`), load the relation with the rows
(\`select_related\`, \`prefetch_related\`, \`selectinload\`), or write in bulk (\`bulk_create\`, \`bulk_update\`, one \`insert()\` with many
rows).`,
  examples: {
    bad: [
      `from django.db import models

class Book(models.Model):
    title = models.CharField(max_length=100)

def titles(keys):
    return [Book.objects.get(pk=key).title for key in keys]
`,
      `from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)

def find(session: Session, key: int):
    return session.scalars(select(Book).where(Book.id == key)).one()

def find_all(session: Session, keys):
    for key in keys:
        print(find(session, key))
`,
    ],
    good: [
      `from django.db import models

class Author(models.Model):
    name = models.CharField(max_length=100)

class Book(models.Model):
    authors = models.ManyToManyField(Author, related_name="books")

def names():
    for book in Book.objects.prefetch_related("authors"):
        print([author.name for author in book.authors.all()])
`,
      `from django.db import models

class Book(models.Model):
    title = models.CharField(max_length=100)

def titles(keys):
    books = Book.objects.in_bulk(keys)
    return [books[key].title for key in keys]
`,
    ],
  },
  judge: ({ queries }) => queries.looped.map(sighting),
};

function sighting({ place, says, loopLine, path, at }: LoopedQuery): Sighting {
  const loop = { path: place.path, line: loopLine, column: 1, says: "the loop" };
  if (at === null)
    return { place, message: `${says} runs once per turn of the loop on line ${loopLine}`, related: [loop] };
  const way = path.map((name) => `\`${name}\``).join(" → ");
  return {
    place,
    message: `${way} runs ${says}, at ${at.path}:${at.line}, once per turn of the loop on line ${loopLine}`,
    related: [loop, { path: at.path, line: at.line, column: at.column, says: `${says} runs here` }],
  };
}
