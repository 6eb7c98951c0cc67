// A message names the model that a query is on, and none where the code hands in one of several.
import { expect, it } from "vitest";
import { findingsOf } from "../../scan-files.ts";

const MODELS = `from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)

class Shelf(Base):
    __tablename__ = "shelf"
    id: Mapped[int] = mapped_column(primary_key=True)

`;

async function messagesOf(text: string): Promise<string[]> {
  const found = await findingsOf({ "app/shop.py": MODELS + text });
  return found.filter(({ rule }) => rule === "blocking-query-in-async").map(({ message }) => message);
}

it("names the model of a query", async () => {
  expect(await messagesOf("async def books(session: Session):\n    return session.get(Book, 1)\n")).toEqual([
    "`get()` on Book runs synchronously in the coroutine `books`: the event loop stalls",
  ]);
});

it.each([
  ["session.get(model, 1)", "get"],
  ["session.scalars(select(model)).all()", "scalars"],
  ["session.query(model).all()", "all"],
])("names none where %s may be on several", async (code, method) => {
  const text = `class Repository:
    async def all(self, session: Session, model):
        return ${code}

async def both(session: Session):
    await Repository().all(session, Book)
    await Repository().all(session, Shelf)
`;
  expect(await messagesOf(text)).toEqual([
    `\`${method}()\` runs synchronously in the coroutine \`Repository.all\`: the event loop stalls`,
  ]);
});

it("names none where statements on several models run in one place", async () => {
  const text = `async def run(session: Session, statement):
    return session.execute(statement)

async def both(session: Session):
    await run(session, select(Book))
    await run(session, select(Shelf))
`;
  expect(await messagesOf(text)).toEqual([
    "`execute()` runs synchronously in the coroutine `run`: the event loop stalls",
  ]);
});

it("names none where a generic repository keeps the class that it was made with", async () => {
  const text = `from typing import Generic, TypeVar

Model = TypeVar("Model", bound=Base)

class Repository(Generic[Model]):
    def __init__(self, session: Session, model: type[Model]):
        self.session = session
        self.model = model

    async def all(self):
        return self.session.scalars(select(self.model))

async def both(session: Session):
    await Repository(session, Book).all()
    await Repository(session, Shelf).all()
`;
  expect(await messagesOf(text)).toEqual([
    "`scalars()` runs synchronously in the coroutine `Repository.all`: the event loop stalls",
  ]);
});

it("names none where a mapping of classes is asked for one of several", async () => {
  const text = `MODELS = {"book": Book, "shelf": Shelf}

class Handler:
    def __init__(self, session: Session, kind: str):
        self.session = session
        self.kind = kind

    async def first(self):
        return self.session.scalars(select(MODELS[self.kind])).first()

async def both(session: Session):
    await Handler(session, "book").first()
    await Handler(session, "shelf").first()
`;
  expect(await messagesOf(text)).toEqual([
    "`scalars()` runs synchronously in the coroutine `Handler.first`: the event loop stalls",
  ]);
});

it("names the one that a mapping of classes has under a text", async () => {
  const text = `MODELS = {"book": Book, "shelf": Shelf}

async def first(session: Session):
    return session.scalars(select(MODELS["shelf"])).first()
`;
  expect(await messagesOf(text)).toEqual([
    "`scalars()` on Shelf runs synchronously in the coroutine `first`: the event loop stalls",
  ]);
});

const DJANGO = `from django.db import models

class Book(models.Model):
    title = models.CharField(max_length=100)

async def page(request):
    return Book.objects.count()
`;

async function messageOfDjango(settings: string): Promise<string | undefined> {
  const found = await findingsOf({ "shop/books.py": DJANGO, "shop/settings.py": settings });
  return found.find(({ rule }) => rule === "blocking-query-in-async")?.message;
}

it.each([
  'import os\nos.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"\n',
  'import os\nos.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")\n',
  'import os\nos.environ.update({"DJANGO_ALLOW_ASYNC_UNSAFE": "true"})\n',
  'import os\nos.environ.update(DJANGO_ALLOW_ASYNC_UNSAFE="true")\n',
  'from os import environ\nenviron |= {"DJANGO_ALLOW_ASYNC_UNSAFE": "true"}\n',
])("says that Django is silenced: %j", async (settings) => {
  expect(await messageOfDjango(settings)).toBe(
    "`count()` on Book runs synchronously in the coroutine `page`: the event loop stalls, unnoticed by Django, as DJANGO_ALLOW_ASYNC_UNSAFE is set at shop/settings.py:2; `await` `acount()`",
  );
});

it.each([
  'import os\nos.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = ""\n',
  'import os\nUNSAFE = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")\n',
  'import os\nos.environ.update({"DJANGO_ALLOW_ASYNC_UNSAFE": "", "DEBUG": "true"})\n',
  'OF_THE_CHILD = {}\nOF_THE_CHILD.update({"DJANGO_ALLOW_ASYNC_UNSAFE": "true"})\n',
])("says that Django raises where its guard is on: %j", async (settings) => {
  expect(await messageOfDjango(settings)).toContain("Django raises SynchronousOnlyOperation");
});
