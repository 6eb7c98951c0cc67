import { describe, expect, it } from "vitest";
import { detectConcepts } from "../../src/signals/concepts/detect-concepts.ts";
import { viewOf } from "./view-of.ts";

async function conceptsOf(code: string): Promise<Record<string, number>> {
  const signal = detectConcepts(await viewOf({ "app/models.py": code }));
  expect(signal.total).toBe(signal.items.length);
  return Object.fromEntries(signal.items.map(({ name, uses }) => [name, uses]));
}

describe("detectConcepts", () => {
  it("names what a Django module uses", async () => {
    const concepts = await conceptsOf(`from django.db import models, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
class Stamped(models.Model):
    at = models.DateTimeField()
    class Meta:
        abstract = True
class Books(models.QuerySet):
    pass
class Author(Stamped):
    name = models.CharField(max_length=9)
class Book(Stamped):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    objects = Books.as_manager()
    class Meta:
        ordering = ["at"]
class Classic(Book):
    class Meta:
        proxy = True
class Signed(Book):
    by = models.CharField(max_length=9)
def load():
    with transaction.atomic():
        return list(Book.objects.filter(Q(author__name="x") | Q(pk=1)).select_related("author").annotate(n=Count("id")))
`);
    expect(concepts).toMatchObject({
      model: 5,
      "abstract model": 1,
      "proxy model": 1,
      "multi-table inheritance": 1,
      "default ordering": 1,
      "foreign key": 1,
      "custom queryset": 1,
      "Q objects": 1,
      select_related: 1,
      annotations: 1,
      aggregation: 1,
      transactions: 1,
    });
    expect(concepts).not.toHaveProperty("subqueries");
    expect(concepts).not.toHaveProperty("F expressions");
  });

  it("names what a SQLAlchemy module uses", async () => {
    const concepts = await conceptsOf(`from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload
class Base(DeclarativeBase):
    pass
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column()
    bs: Mapped[list["B"]] = relationship(back_populates="a", cascade="all")
    __mapper_args__ = {"polymorphic_on": "kind"}
class B(Base):
    __tablename__ = "b"
    a_id: Mapped[int] = mapped_column(ForeignKey("a.id"), primary_key=True)
    a: Mapped["A"] = relationship(back_populates="bs")
def load(session: Session):
    cte = select(A).where(A.id > 3).cte()
    session.add(A())
    session.commit()
    return session.scalars(select(cte).options(selectinload(A.bs)))
`);
    expect(concepts).toMatchObject({
      "mapped columns": 3,
      relationship: 2,
      "two-way relationship": 2,
      cascades: 1,
      "inheritance mapping": 1,
      "declarative base": 1,
      "select()": 2,
      CTEs: 1,
      "loader options": 1,
      "commit and rollback": 1,
      "foreign key": 1,
    });
    expect(concepts).not.toHaveProperty("legacy Query");
  });

  it("finds none without an ORM", async () => {
    expect(await conceptsOf("def filter(x):\n    return x.annotate().select_related()\n")).toEqual({});
  });
});
