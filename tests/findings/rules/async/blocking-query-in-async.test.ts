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
