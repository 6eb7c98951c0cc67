import { ormFoundation, ormNamed } from "../../knowledge/orms.ts";
import type { OrmUse } from "../../model/report.ts";
import { productionOrms, projectPlace } from "../production-orms.ts";
import type { Rule } from "../rule.ts";

export const mixedOrms: Rule = {
  id: "mixed-orms",
  severity: "warning",
  title: "A project uses two ORMs for its tables",
  why: `Two ORMs in one project mean two sets of models for one database, two transactions that do not see each other, two tools for
migrations and two ways of doing everything. The layers of SQLAlchemy and what is built thinly on it count as one; document stores
beside a relational database are no mix, and neither is SQL text.`,
  advice: `Settle on one: \`ormverdict scan\` says which fits. While moving, write the baseline, so that the check tells you of any third.`,
  examples: {
    bad: [
      `import peewee
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)

class Tag(peewee.Model):
    name = peewee.CharField()

def books(session: Session):
    return session.scalars(select(Book)).all(), Tag.select().where(Tag.name == "x").get()
`,
    ],
    good: [
      `from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)

def books(session: Session):
    return session.scalars(select(Book)).all()
`,
    ],
  },
  judge: ({ signals }) => {
    const orms = productionOrms(signals).filter(isMapper);
    const [first] = orms;
    if (first === undefined) return [];
    const others = orms.filter(({ name }) => family(name) !== family(first.name));
    return others.flatMap(({ name, evidence }) => {
      const place = projectPlace(evidence, `${first.name} and ${name}`);
      const message = `the project uses ${name} beside ${first.name}`;
      const related = first.evidence.slice(0, 1).map((one) => ({ ...one, column: 1 }));
      return place === null ? [] : [{ place, message, related }];
    });
  },
};

function isMapper({ name }: OrmUse): boolean {
  return name.startsWith("sqlalchemy") || ormNamed(name)?.kind === "relational";
}

function family(name: string): string {
  return name.startsWith("sqlalchemy") ? "sqlalchemy-orm" : (ormFoundation(name) ?? name);
}
