import { describe, expect, it } from "vitest";
import { detectModels } from "../../src/signals/detect-models.ts";
import { detectTies } from "../../src/signals/ties/detect-ties.ts";
import { viewOf } from "./view-of.ts";

async function tiesOf(code: string): Promise<string[]> {
  const view = await viewOf({ "app/models.py": code });
  const { items } = detectTies(view, detectModels(view).items);
  return items.map(({ kind, name, count }) => `${kind} ${name} ${count}`);
}

describe("detectTies", () => {
  it("counts Django's fields once where they are declared, and what hangs on models", async () => {
    expect(
      await tiesOf(`from django import forms
from django.db import models
from django.db.models.signals import post_save
from django.core.signals import request_finished
from django.dispatch import receiver
class Upper(models.CharField):
    pass
class Stamped(models.Model):
    at = models.DateTimeField()
    class Meta:
        abstract = True
class Author(Stamped):
    name = Upper(max_length=9)
class Book(Stamped):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    tags = models.ManyToManyField("Tag")
class Special(Book):
    pass
class BookForm(forms.ModelForm):
    note = forms.CharField()
@receiver(post_save, sender=Book)
def saved(sender, **kwargs): ...
@receiver(request_finished)
def done(sender, **kwargs): ...
`),
    ).toEqual([
      "column django.db.models.DateTimeField 1",
      "dependent forms 1",
      "dependent signal receivers 1",
      "model plain 2",
      "model inherits-a-table 1",
      "own-column django.db.models.CharField 1",
      "own-type Upper 1",
      "relation foreign-key 1",
      "relation many-to-many 1",
    ]);
  });

  it("reads SQLAlchemy's column types from arguments, annotations and aliases, and keeps what it cannot read", async () => {
    expect(
      await tiesOf(`from typing import Annotated
from sqlalchemy import ForeignKey, String, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from elsewhere import made
flag = Annotated[bool, mapped_column(default=False)]
class Base(DeclarativeBase):
    pass
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    name = mapped_column(String(9))
    on: Mapped[flag]
    odd = mapped_column(made())
    up = mapped_column(ForeignKey("a.id"))
    others: Mapped[list["A"]] = relationship(secondary="links")
@event.listens_for(A, "before_insert")
@event.listens_for(A, "before_update")
def stamp(mapper, connection, target): ...
`),
    ).toEqual([
      "column builtins.bool 1",
      "column builtins.int 1",
      "column elsewhere.made 1",
      "column sqlalchemy.ForeignKey 1",
      "column sqlalchemy.String 1",
      "dependent signal receivers 1",
      "model plain 1",
      "relation through-table 1",
    ]);
  });
});
