import { describe, expect, it } from "vitest";
import { detectTyping } from "../../src/signals/detect-typing.ts";
import { viewOf } from "./view-of.ts";

describe("detectTyping", () => {
  it("tells Mapped[] attributes from bare ones, on mixins too; other annotations are neither", async () => {
    const view = await viewOf({
      "app/models.py": `import sqlalchemy.orm as so
from sqlalchemy import Column, Integer
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
class Base(DeclarativeBase):
    registry_name: str = "x"
class Stamped:
    created: Mapped[int]
class Item(Stamped, Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    tags: so.WriteOnlyMapped["Item"] = relationship()
    later: "Mapped[str]" = mapped_column()
    price = Column(Integer)
    owner = relationship("Item")
    limit = 3
def one(a: int) -> int:
    return a
def two(a):
    return a
`,
    });
    const signal = detectTyping(view);
    expect(signal).toMatchObject({
      functions: 2,
      annotatedFunctions: 1,
      mappedAttributes: 4,
      unmappedAttributes: 2,
    });
  });

  it("names checkers by their configuration or dependency, and stubs", async () => {
    const signal = detectTyping(
      await viewOf({
        "app/main.py": "x = 1\n",
        "mypy.ini": "[mypy]\nstrict = true\n",
        "pyproject.toml":
          '[project]\nname = "app"\ndependencies = []\n[dependency-groups]\ndev = ["pyright", "django-stubs[compatible-mypy]", "types-psycopg2"]\n',
      }),
    );
    expect(signal.checkers).toEqual(["mypy", "pyright"]);
    expect(signal.stubs).toEqual(["django-stubs", "types-psycopg2"]);
    expect(signal.evidence).toContainEqual({ path: "mypy.ini", line: 1, says: "mypy is configured" });
  });
});
