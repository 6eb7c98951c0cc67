import type { DatabaseWork } from "../../../model/async-facts.ts";
import { outcomeInDjango } from "../../outcome-in-django.ts";
import type { Rule } from "../../rule.ts";

export const blockingQueryInAsync: Rule = {
  id: "blocking-query-in-async",
  severity: "error",
  title: "A query runs synchronously in a coroutine",
  why: `A coroutine shares its thread with every other one. While it waits for the database without \`await\`, no request is
served. Django notices and raises SynchronousOnlyOperation; SQLAlchemy and drivers stall the event loop in silence. What builds a
query is harmless; what runs it is not: fetching, iterating, \`len()\`, truth tests, writes, transactions and cursors.
DJANGO_ALLOW_ASYNC_UNSAFE only silences Django: the query then stalls the event loop, and Django's documentation warns of lost or
corrupted data where anything runs concurrently. Findings stay, and say so where the code itself sets the variable. Except on Django,
coroutines that plain code alone runs, each on a loop of its own (\`asyncio.run(work())\`), are left out: nothing else waits.`,
  advice: `Await the asynchronous form (\`aget\`, \`async for\`, an AsyncSession), hand the work to a thread (\`sync_to_async\`,
\`asyncio.to_thread\`, \`run_in_threadpool\`), or make the endpoint a plain \`def\` where the framework runs those in threads.`,
  examples: {
    bad: [
      `from django.db import models

class Book(models.Model):
    title = models.CharField(max_length=100)

async def page(request):
    return Book.objects.count()
`,
      `from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)

async def titles(session: Session):
    return session.scalars(select(Book)).all()
`,
    ],
    good: [
      `from asgiref.sync import sync_to_async
from django.db import models

class Book(models.Model):
    title = models.CharField(max_length=100)

def count_books():
    return Book.objects.count()

async def page(request):
    books = Book.objects.filter(title="Dune")
    async for book in books:
        print(book.title)
    return await Book.objects.acount() + await sync_to_async(count_books)()
`,
    ],
  },
  judge: ({ async }) =>
    async.blocking.map((work) => ({ place: work.place, message: message(work, async.unsafeAt) })),
};

function message({ place, library, says, twin }: DatabaseWork, unsafeAt: string | null): string {
  const where = `in the coroutine \`${place.symbol ?? "?"}\``;
  const then = library === "django" ? outcomeInDjango(unsafeAt) : "the event loop stalls";
  const cure = twin === null ? "" : `; \`await\` \`${twin}()\``;
  return `${says} runs synchronously ${where}: ${then}${cure}`;
}
