// What SQLAlchemy sends, as its compiler does: seen in the SQL of real runs (npm run truth), kept here in small.
import { describe, expect, it } from "vitest";
import { detectQueries } from "../../src/signals/queries/detect-queries.ts";
import { viewOf } from "../signals/view-of.ts";

const HEAD = `from sqlalchemy import ForeignKey, case, exists, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Branch(Base):
    __tablename__ = "branches"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
    price: Mapped[int]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branches.id"))
    branch: Mapped[Branch] = relationship()

def work(session: Session):
`;

/** `method counts: features` of each statement of a function's body, counts as Spider's components. */
async function statementsOf(body: string): Promise<string[]> {
  const lines = body.split("\n").map((line) => `    ${line}`);
  const view = await viewOf({ "app.py": `${HEAD}${lines.join("\n")}\n` });
  return detectQueries(view, () => []).items.map(
    ({ components: { one, others, two }, execution, features, method }) => {
      const names = features.map(({ name }) => name).join(" ");
      return `${method} ${execution.kind} ${one}/${two}/${others}: ${names}`.trim();
    },
  );
}

describe("subqueries", () => {
  it("in FROM are tables, as Spider counts them", async () => {
    const cte =
      'worth = select(Item.branch_id, func.sum(Item.price).label("n")).group_by(Item.branch_id).cte()\n';
    expect(
      await statementsOf(`${cte}session.execute(select(Branch).join(worth, worth.c.branch_id == Branch.id))`),
    ).toEqual(["execute sync 1/0/1: aggregate cte group-by join"]);
  });

  it("that correlate bring no tables of their own", async () => {
    expect(
      await statementsOf(
        "session.scalars(select(Branch).where(exists().where(Item.branch_id == Branch.id)))",
      ),
    ).toEqual(["scalars sync 1/1/1: exists subquery"]);
  });

  it("are made by the legacy Query to count its rows", async () => {
    expect(await statementsOf("session.query(Item).filter(Item.price > 1).count()")).toEqual([
      "count sync 0/0/0: aggregate derived-table",
    ]);
  });
});

describe("counts", () => {
  it("leave out what stands in HAVING and in columns", async () => {
    const grouped = "select(Item.branch_id, func.count()).group_by(Item.branch_id).having(func.count() > 1)";
    expect(await statementsOf(`session.execute(${grouped})`)).toEqual([
      "execute sync 1/0/2: aggregate group-by having",
    ]);
    expect(await statementsOf('session.execute(select(case((Item.price < 1, "a"), else_="b")))')).toEqual([
      "execute sync 0/0/0: conditional",
    ]);
  });

  it("take joined loading for the join it is", async () => {
    expect(await statementsOf("session.scalars(select(Item).options(joinedload(Item.branch)))")).toEqual([
      "scalars sync 1/0/1: eager-load outer-join",
    ]);
  });
});

it("marks what Session.delete() leaves to the next flush", async () => {
  expect(await statementsOf("item = Item()\nsession.delete(item)")).toEqual(["delete not-executed 0/0/0:"]);
});
