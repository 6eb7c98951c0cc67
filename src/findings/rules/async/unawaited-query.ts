import type { Rule } from "../../rule.ts";

export const unawaitedQuery: Rule = {
  id: "unawaited-query",
  severity: "error",
  title: "An asynchronous query is never awaited",
  why: `Calling an asynchronous method only makes a coroutine. Unless it is awaited, gathered or scheduled, nothing is sent to the
database: a write is lost without an error, and a result is a coroutine object that has none of the methods expected of it.`,
  advice: `Put \`await\` before the call, or hand it to \`asyncio.gather\` or a task group.`,
  examples: {
    bad: [
      `from django.db import models

class Book(models.Model):
    title = models.CharField(max_length=100)

async def rename(book: Book):
    book.title = "Dune"
    book.asave()
`,
      `from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)

async def titles(session: AsyncSession):
    return session.execute(select(Book)).scalars().all()
`,
    ],
    good: [
      `import asyncio
from django.db import models

class Book(models.Model):
    title = models.CharField(max_length=100)

async def rename(book: Book, other: Book):
    await book.asave()
    await asyncio.gather(book.asave(), other.asave())
    return Book.objects.acount()
`,
    ],
  },
  judge: ({ async }) =>
    async.unawaited.map(({ place, says, reason }) => ({
      place,
      message:
        reason === "discarded"
          ? `${says} makes a coroutine that nothing awaits: no statement is sent`
          : `${says} makes a coroutine that is used as its result; \`await\` it first`,
    })),
};
