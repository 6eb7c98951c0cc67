import { describe, expect, it } from "vitest";
import { detectModels } from "../../src/signals/detect-models.ts";
import { viewOf } from "./view-of.ts";

async function modelsOf(code: string): Promise<string[]> {
  const { items } = detectModels(await viewOf({ "app/models.py": code }));
  return items.map(
    ({ name, orm, abstract, fields, relations }) =>
      `${name} ${orm}${abstract ? " abstract" : ""} ${fields}/${relations}`,
  );
}

describe("detectModels", () => {
  it("counts Django's fields with those of abstract bases", async () => {
    expect(
      await modelsOf(`from django.db import models
class Stamped(models.Model):
    at = models.DateTimeField()
    class Meta:
        abstract = True
class Author(Stamped):
    name = models.CharField(max_length=9)
class Book(Stamped):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    tags = models.ManyToManyField("Tag")
class Special(Book):
    pass
class Form:
    name = 3
`),
    ).toEqual([
      "Stamped django-orm abstract 1/0",
      "Author django-orm 2/0",
      "Book django-orm 3/2",
      "Special django-orm 1/0",
    ]);
  });

  it("tells mapped classes from their base, and tables from association tables", async () => {
    expect(
      await modelsOf(`from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
class Base(DeclarativeBase):
    pass
links = Table("links", Base.metadata, Column("a", ForeignKey("a.id")), Column("b", ForeignKey("b.id")))
events = Table("events", MetaData(), Column("id", Integer), Column("a", ForeignKey("a.id")))
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    others: Mapped[list["A"]] = relationship()
`),
    ).toEqual(["Base sqlalchemy-orm abstract 0/0", "events sqlalchemy-core 2/1", "A sqlalchemy-orm 2/1"]);
  });

  it("knows SQLModel's tables from its schemas, and other ORMs' models", async () => {
    expect(
      await modelsOf(`from sqlmodel import Field, Relationship, SQLModel
import peewee
class HeroBase(SQLModel):
    name: str
class Hero(HeroBase, table=True):
    id: int = Field(primary_key=True)
class Person(peewee.Model):
    name = peewee.CharField()
    boss = peewee.ForeignKeyField("self")
`),
    ).toEqual(["Hero sqlmodel 2/0", "Person peewee 2/1"]);
  });
});
