// Where sessions, connections and models come from, and what their statements bring along without saying it.
import { describe, expect, it } from "vitest";
import { detectQueries } from "../../src/signals/queries/detect-queries.ts";
import { viewOf } from "../signals/view-of.ts";

const MODELS = `from sqlalchemy import Column, ForeignKey, MetaData, Table, create_engine, event, func, inspect, select
from sqlalchemy.orm import (DeclarativeBase, Mapped, Session, column_property, mapped_column, relationship, sessionmaker)

class Base(DeclarativeBase):
    pass

item_tags = Table("item_tags", Base.metadata, Column("item_id"), Column("tag_id"))

class Branch(Base):
    __tablename__ = "branches"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

class Tag(Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
    price: Mapped[int]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branches.id"))
    branch: Mapped[Branch] = relationship(lazy="joined")
    tags: Mapped[list[Tag]] = relationship(secondary=item_tags)

class Book(Item):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)

class Gift(Item):
    __mapper_args__ = {"polymorphic_identity": "gift"}

Branch.stock = column_property(
    select(func.count(Item.id)).where(Item.branch_id == Branch.id).scalar_subquery()
)

engine = create_engine("sqlite://")
`;

/** `line method model counts: features` of each item of the code that follows the models; lines count from its first. */
async function itemsOf(code: string, head = MODELS): Promise<string[]> {
  const view = await viewOf({ "app.py": `${head}${code}\n` });
  const before = head.split("\n").length - 1;
  return detectQueries(view, () => [])
    .items.filter(({ line }) => line > before)
    .map(({ components: { one, others, two }, execution, features, method, model }) => {
      const names = [...new Set(features.map(({ name }) => name))].sort().join(" ");
      return `${execution.line - before} ${method} ${model} ${one}/${two}/${others}: ${names}`.trim();
    });
}

describe("what an entity brings along", () => {
  it("is joined for relations that are always joined, and for the tables of base classes", async () => {
    expect(
      await itemsOf(
        "def work(s: Session):\n    s.scalars(select(Item))\n    s.get(Book, 1)\n    s.query(Gift).all()",
      ),
    ).toEqual([
      "2 scalars Item 1/0/1: aggregate eager-load outer-join subquery",
      "3 get Book 3/0/1: aggregate eager-load join outer-join subquery",
      "4 all Gift 2/0/1: aggregate eager-load outer-join subquery",
    ]);
  });

  it("is selected for columns that are subqueries, and not when only rows are counted or columns asked for", async () => {
    expect(
      await itemsOf(
        "def work(s: Session):\n    s.scalars(select(Branch))\n    s.execute(select(Branch.name))\n    s.scalar(select(func.count()).select_from(Branch))",
      ),
    ).toEqual([
      "2 scalars Branch 0/0/1: aggregate subquery",
      "3 execute Branch 0/0/0:",
      "4 scalar Branch 0/0/0: aggregate",
    ]);
  });

  it("is the table between two of many to many", async () => {
    expect(
      await itemsOf(
        "def work(s: Session, tag: Tag):\n    s.scalars(select(Item.id).where(Item.tags.any(Tag.id == 1)))\n    s.scalars(select(Item.id).join(Item.tags))\n    s.scalars(select(Item.id).where(Item.tags.contains(tag)))",
      ),
    ).toEqual([
      "2 scalars Item 1/1/0: exists join subquery",
      "3 scalars Item 2/0/0: join",
      "4 scalars Item 2/0/0: join",
    ]);
  });
});

describe("calls that read or change the schema", () => {
  it("are items of their own", async () => {
    const code = `def work():
    Base.metadata.create_all(engine)
    MetaData().reflect(bind=engine)
    Item.__table__.drop(engine)
    inspect(engine).get_table_names()
    Table("old", MetaData(), autoload_with=engine)
    inspect(engine).engine`;
    expect(await itemsOf(code)).toEqual([
      "2 create_all null 0/0/0:",
      "3 reflect null 0/0/0:",
      "4 drop Item 0/0/0:",
      "5 get_table_names null 0/0/0:",
      "6 autoload old 0/0/0:",
    ]);
  });
});

describe("sessions and connections", () => {
  it("come with events", async () => {
    const code = `@event.listens_for(engine, "connect")
def connect(connection, record):
    connection.execute("PRAGMA foreign_keys=ON")

@event.listens_for(Session, "before_flush")
def check(session, context, instances):
    session.scalars(select(Tag))

def log(mapper, connection, target):
    connection.execute(select(Tag.id))

event.listen(Tag, "after_insert", log)
event.listens_for(engine, "begin")(lambda conn: conn.execute(select(Tag.id)))`;
    expect((await itemsOf(code)).map((one) => one.split(":")[0])).toEqual([
      "3 execute null 0/0/0",
      "7 scalars Tag 0/0/1",
      "10 execute Tag 0/0/0",
      "13 execute Tag 0/0/0",
    ]);
  });

  it("come with instances, with dataclasses, and with the fixtures of tests", async () => {
    const code = `import pytest
from dataclasses import dataclass

def of_row(item: Item):
    inspect(item).session.query(Tag.id).all()

@dataclass
class Shelf:
    db: object = None
    def count(self):
        return self.db.query(Tag.id).count()

def build(session: Session):
    Shelf(db=session).count()

@pytest.fixture(name="db")
def make_db():
    with sessionmaker(engine)() as made:
        yield made

@pytest.fixture
def tag(db):
    return db.get(Tag, 1)

def test_tag(tag, db):
    db.refresh(tag)

def helper(db):
    db.refresh(None)`;
    expect((await itemsOf(code)).map((one) => one.split(":")[0])).toEqual([
      "5 all Tag 0/0/0",
      "11 count Tag 0/0/0",
      "23 get Tag 1/0/1",
      "26 refresh Tag 0/0/1",
    ]);
  });
});

describe("what one request shares", () => {
  it("is what other code set on Flask's g and on a request's state", async () => {
    const code = `from fastapi import Request
from flask import g

def before():
    g.db = Session(engine)

def middleware(request: Request):
    request.state.session = Session(engine)

def work(request: Request):
    g.db.scalars(select(Tag))
    request.state.session.scalars(select(Tag))
    request.state.other.scalars(select(Tag))`;
    expect((await itemsOf(code)).filter((one) => one.includes("scalars"))).toEqual([
      "11 scalars Tag 0/0/1:",
      "12 scalars Tag 0/0/1:",
    ]);
  });
});

describe("loaders", () => {
  const work = (statement: string): Promise<string[]> =>
    itemsOf(`from sqlalchemy.orm import joinedload, selectinload\ndef work(s: Session):\n    ${statement}`);

  it("that join a collection put a limit into a subquery", async () => {
    expect(
      await work("s.query(Item).options(joinedload(Item.tags)).order_by(Item.id).limit(3).all()"),
    ).toEqual(["3 all Item 4/0/1: aggregate derived-table eager-load limit order-by outer-join subquery"]);
  });

  it("join nothing where rows are counted, and nothing behind a loader that sends its own statement", async () => {
    expect(await work("s.query(Tag).options(joinedload(Item.tags)).count()")).toEqual([
      "3 count Tag 0/0/0: aggregate derived-table eager-load",
    ]);
    expect(await work("s.query(Tag).options(selectinload(Item.tags).joinedload(Item.branch)).all()")).toEqual(
      ["3 all Tag 0/0/1: eager-load"],
    );
  });
});

describe("what decorators pass on", () => {
  it("is known in each function that they wrap", async () => {
    const code = `from functools import wraps
from flask_restful import Resource

def with_item(f):
    @wraps(f)
    def wrapper(*args, **kwargs):
        s = Session(engine)
        return f(*args, item=s.get(Item, 1), session=s, **kwargs)
    return wrapper

@with_item
def first(item, session):
    session.refresh(item)

class Second(Resource):
    method_decorators = [with_item]

    def get(self, item, session):
        session.delete(item)

    def other(self, item, session):
        session.refresh(item)`;
    expect((await itemsOf(code)).map((one) => one.split(" ").slice(0, 3).join(" "))).toEqual([
      "8 get Item",
      "13 refresh Item",
      "19 delete Item",
    ]);
  });
});

describe("rows of several values", () => {
  it("hold an instance at each place that is one", async () => {
    const code = `def work(s: Session):
    for item, tag, count in s.execute(select(Item, Tag, func.count())):
        s.refresh(item)
        s.refresh(tag)
    s.refresh(s.scalars(select(Item, Tag)).one())
    branch, name = s.query(Branch, Branch.name).first()
    s.refresh(branch)`;
    const found = (await itemsOf(code)).filter((one) => one.includes(" refresh "));
    expect(found.map((one) => one.split(" ").slice(0, 3).join(" "))).toEqual([
      "3 refresh Item",
      "4 refresh Tag",
      "5 refresh Item",
      "7 refresh Branch",
    ]);
  });
});

describe("versions of rows", () => {
  it("have a table of their own, and ask the database for their neighbours and relations", async () => {
    const code = `from sqlalchemy_continuum import version_class

class Page(Base):
    __versioned__ = {}
    __tablename__ = "pages"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    item: Mapped[Item] = relationship()

PageVersion = version_class(Page)

def work(s: Session, page: Page):
    page.versions.all()
    for version in s.scalars(select(PageVersion).where(PageVersion.id == 1)):
        version.previous.item`;
    expect(await itemsOf(code)).toEqual([
      "13 all PageVersion 2/0/1: order-by",
      "14 scalars PageVersion 1/0/1:",
      "15 item ItemVersion 2/1/2: aggregate limit subquery",
      "15 previous PageVersion 2/0/2: limit",
    ]);
  });
});

describe("classes mapped from outside", () => {
  it("are models, with the relations that the mapping names", async () => {
    const code = `from sqlalchemy.orm import registry
orders = Table("orders", MetaData(), Column("id"), Column("name"))

class Order:
    pass

def start():
    registry().map_imperatively(Order, orders, properties={"item": relationship(Item)})

def work(s: Session):
    s.scalars(select(Order).join(Order.item).where(orders.c.id == 1))`;
    expect(await itemsOf(code)).toEqual(["11 scalars Order 2/0/1: join"]);
  });

  it("are mapped, within a function that maps them again, as that function says", async () => {
    const code = `from sqlalchemy.orm import registry
orders = Table("orders", MetaData(), Column("id"), Column("name"))

class Order:
    pass

def eager(s: Session):
    registry().map_imperatively(Order, orders, properties={"item": relationship(Item, lazy="joined")})
    def go():
        s.scalars(select(Order))
    go()

def lazy(s: Session):
    registry().map_imperatively(Order, orders, properties={"item": relationship(Item)})
    s.scalars(select(Order))`;
    const [first, second] = await itemsOf(code);
    expect(first).toMatch(/^10 scalars Order .*outer-join/);
    expect(second).toBe("15 scalars Order 0/0/1:");
  });
});

describe("a statement", () => {
  it("is one where its model is defined on two branches", async () => {
    const code = `if engine:
    class Pen(Base):
        __tablename__ = "pens"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
else:
    class Pen(Base):
        __tablename__ = "pens"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

def work(s: Session):
    s.scalars(select(Pen).where(Pen.name == "a"))`;
    expect(await itemsOf(code)).toEqual(["13 scalars Pen 1/0/1:"]);
  });

  it("that a loop runs stands in the loop's line", async () => {
    expect(
      await itemsOf("def work(s: Session):\n    for tag in (\n        s.query(Tag.id)\n    ):\n        pass"),
    ).toEqual(["2 iteration Tag 0/0/0:"]);
  });

  it("has a condition for each argument that is not known", async () => {
    expect(await itemsOf("def work(s: Session, a, b):\n    s.query(Tag.id).filter(a, b).all()")).toEqual([
      "2 all Tag 1/0/1:",
    ]);
  });

  it("of a model's own query class is what its methods build and run", async () => {
    const code = `from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.query import Query
db = SQLAlchemy()

class People(Query):
    def get(self, key, team=None):
        return self.filter_by(name=key, team=team).one_or_none()
    def named(self, name):
        return self.filter_by(name=name)

class Person(db.Model):
    query_class = People
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)

def work():
    Person.query.get("a")
    Person.query.named("b").first()`;
    expect(await itemsOf(code, "")).toEqual(["7 one_or_none Person 1/0/2:", "18 first Person 2/0/1: limit"]);
  });
});
