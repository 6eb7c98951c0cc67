// What the message says of a query that a loop runs through a call.
import { expect, it } from "vitest";
import { findingsOf } from "../scan-files.ts";

const MODELS = `from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)

class OwnSession(Session):
    def execute(self, statement):
        return super().execute(statement)

def books(session: OwnSession, keys):
    for key in keys:
        session.execute(select(Book).where(Book.id == key))
`;

const AUTHORS = `
def authors(session: OwnSession, keys):
    for key in keys:
        session.execute(select(Author).where(Author.id == key))
        session.execute("SELECT 1 FROM others")
`;

async function messages(code: string): Promise<string[]> {
  const found = await findingsOf({ "app/data.py": code });
  return found.filter(({ rule }) => rule === "query-in-loop").map(({ message }) => message);
}

it("names the model where a function runs statements on one", async () => {
  expect(await messages(MODELS)).toEqual([
    "`execute` runs `execute()` on Book, at app/data.py:17, once per turn of the loop on line 20",
  ]);
});

it("names none where a function runs statements of several callers", async () => {
  const found = await messages(MODELS + AUTHORS);
  expect(found).toHaveLength(3);
  for (const message of found)
    expect(message).toMatch(/^`execute` runs `execute\(\)`, at app\/data\.py:17, /);
});
