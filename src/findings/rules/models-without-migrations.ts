import { productionOrms, projectPlace } from "../production-orms.ts";
import type { Rule } from "../rule.ts";

export const modelsWithoutMigrations: Rule = {
  id: "models-without-migrations",
  severity: "warning",
  title: "An application has models and no migrations",
  why: `Without migrations the tables of a running system are changed by hand, or dropped and made again: nobody can tell which state a
database is in, and a second developer cannot get there. Libraries are left out, since their users keep the migrations, and so is
code that makes or alters tables itself (\`create_all()\`, \`ALTER TABLE\`): it has a way of its own.`,
  advice: `Set up the tool that belongs to the ORM (Django's \`makemigrations\`, Alembic, Aerich) and commit what it writes.`,
  examples: {
    bad: [
      `from fastapi import FastAPI
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()
engine = create_engine("postgresql://localhost/shop")

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)

@app.get("/books")
def books():
    with Session(engine) as session:
        return session.scalars(select(Book)).all()
`,
    ],
    good: ["from fastapi import FastAPI\n\napp = FastAPI()\n"],
  },
  offBecause: `whether tables are made elsewhere (by another service's migrations, by hand, by a tool that is not known) cannot be seen in
the code; of the findings read in real applications, none was clearly right`,
  judge: ({ signals }) => {
    const { kind, migrations, models, queries } = signals;
    if (migrations.unknown !== null) return "undecided";
    if (kind !== "app" || migrations.tools.length > 0) return [];
    if (queries.items.some(({ operation }) => operation === "ddl")) return [];
    const active = new Set(productionOrms(signals).map(({ name }) => family(name)));
    const kept = models.items.filter(
      ({ abstract, orm }) => !abstract && KEEPS_TABLES.test(orm) && active.has(family(orm)),
    );
    const place = projectPlace(kept, "models without migrations");
    if (place === null) return [];
    const count = kept.length === 1 ? "1 model" : `${kept.length} models`;
    return [{ place, message: `the application has ${count} and no migrations were found` }];
  },
};

/** ORMs whose tables somebody has to make: not those of document stores. */
const KEEPS_TABLES =
  /^(?:django-orm|sqlalchemy-orm|sqlmodel|flask-sqlalchemy|tortoise|peewee|pony|piccolo|ormar|gino)$/;

function family(name: string): string {
  return /sqlalchemy|sqlmodel/.test(name) ? "sqlalchemy" : name;
}
