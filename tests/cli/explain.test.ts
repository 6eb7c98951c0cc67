import { describe, expect, it } from "vitest";
import { temporaryTree } from "../temporary-tree.ts";
import { run } from "./run-in-process.ts";

const FILES = {
  "shop/__init__.py": "",
  "shop/models.py": [
    "from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column",
    "",
    "",
    "class Base(DeclarativeBase):",
    "    pass",
    "",
    "",
    "class Book(Base):",
    '    __tablename__ = "book"',
    "    id: Mapped[int] = mapped_column(primary_key=True)",
    "    title: Mapped[str]",
    "",
  ].join("\n"),
  "shop/books.py": [
    "from sqlalchemy import select",
    "from sqlalchemy.orm import Session",
    "",
    "from shop.models import Book",
    "",
    "",
    "def titles(session: Session) -> list[str]:",
    "    statement = select(Book.title)",
    "    statement = statement.where(Book.id > 5)",
    "    statement = statement.limit(5)",
    "    return list(session.scalars(statement))",
    "",
  ].join("\n"),
  "shop/trees.py": [
    "from sqlalchemy import select",
    "from sqlalchemy.orm import Session",
    "",
    "from shop.models import Book",
    "",
    "",
    "def tree(session: Session) -> list[str]:",
    '    top = select(Book.id).where(Book.id == 1).cte("top", recursive=True)',
    "    return list(session.scalars(select(top.c.id)))",
    "",
  ].join("\n"),
  "tests/test_books.py": [
    "from sqlalchemy import select",
    "from sqlalchemy.orm import Session",
    "",
    "from shop.models import Book",
    "",
    "",
    "def test_all(session: Session) -> None:",
    "    assert session.scalars(select(Book)).all() == []",
    "",
  ].join("\n"),
};

describe("explain path:line", () => {
  it.each([10, 11])("explains the query that line %i has a part of", async (line) => {
    const { exitCode, stdout, stderr } = await run(["explain", `shop/books.py:${line}`], {
      cwd: temporaryTree(FILES),
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/^shop\/books\.py:\d+\n +select on Book/);
    expect(stdout).toMatch(/tier +crud/);
    expect(stdout).toMatch(/executed synchronously on line 11/);
  });

  it("says what either ORM makes of each feature", async () => {
    const { stdout } = await run(["explain", "shop/trees.py:9"], { cwd: temporaryTree(FILES) });
    expect(stdout).toMatch(/recursive CTE +8 +raw SQL only +yes/);
  });

  it("names the nearest query where the line has none", async () => {
    const { stdout } = await run(["explain", "shop/books.py:1"], { cwd: temporaryTree(FILES) });
    expect(stdout).toMatch(/^No query was found on shop\/books\.py:1; the nearest is on line \d+\.\n$/);
  });

  it("explains a query of a test, which no verdict counts", async () => {
    const { stdout } = await run(["explain", "tests/test_books.py:8"], { cwd: temporaryTree(FILES) });
    expect(stdout).toMatch(/^tests\/test_books\.py:8\n +select on Book/);
  });

  it("finds the repository around a file outside of the working directory", async () => {
    const cwd = temporaryTree({});
    const repository = temporaryTree({ ...FILES, ".git/HEAD": "" });
    const { stdout } = await run(["explain", `${repository}/shop/books.py:11`], { cwd });
    expect(stdout).toMatch(/^shop\/books\.py:\d+\n +select on Book/);
  });
});
