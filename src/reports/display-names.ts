// The words that people read for the names the report is written in.

import type { Choice, Hardness, QueryLayer, Side, Stance, Tier, Verdict } from "../model/report.ts";

const PRODUCTS = new Map([
  ["aiohttp", "aiohttp"],
  ["beanie", "Beanie"],
  ["bottle", "Bottle"],
  ["django", "Django"],
  ["django-orm", "Django ORM"],
  ["falcon", "Falcon"],
  ["fastapi", "FastAPI"],
  ["flask", "Flask"],
  ["flask-sqlalchemy", "Flask-SQLAlchemy"],
  ["gino", "GINO"],
  ["litestar", "Litestar"],
  ["mongoengine", "MongoEngine"],
  ["odmantic", "ODMantic"],
  ["peewee", "Peewee"],
  ["piccolo", "Piccolo"],
  ["pony", "Pony ORM"],
  ["prisma", "Prisma"],
  ["pyramid", "Pyramid"],
  ["quart", "Quart"],
  ["raw-sql", "raw SQL"],
  ["sanic", "Sanic"],
  ["sqlalchemy-core", "SQLAlchemy Core"],
  ["sqlalchemy-orm", "SQLAlchemy"],
  ["sqlmodel", "SQLModel"],
  ["starlette", "Starlette"],
  ["tornado", "Tornado"],
  ["tortoise", "Tortoise ORM"],
  ["alembic", "Alembic"],
  ["flask-migrate", "Flask-Migrate"],
  ["sql-files", "SQL files"],
]);

/** How a framework, an ORM or a migration tool writes its own name. */
export function productName(name: string): string {
  return PRODUCTS.get(name) ?? name;
}

export const SIDES = {
  sqlalchemy: "SQLAlchemy",
  "django-orm": "the Django ORM",
} as const satisfies Record<Side, string>;

export const CHOICES = {
  sqlalchemy: "SQLAlchemy",
  "django-orm": "Django ORM",
  either: "either ORM",
  "not-needed": "no ORM needed",
  undecided: "undecided",
} as const satisfies Record<Choice, string>;

const STANCES = {
  adopt: "adopt it",
  stay: "stay with it",
  "stay-with-raw-sql": "stay with it, raw SQL for the few complex queries",
  move: "move to it",
  split: "split: each part with the ORM that fits it",
  none: "",
} as const satisfies Record<Stance, string>;

/** "SQLAlchemy, stay with it". */
export function verdictWords(verdict: Pick<Verdict, "choice" | "stance">): string {
  const stance = STANCES[verdict.stance];
  const choice = CHOICES[verdict.choice];
  const capital = choice.charAt(0).toUpperCase() + choice.slice(1);
  return stance === "" ? capital : `${capital}, ${stance}`;
}

/** From what any ORM does to what only SQLAlchemy does. */
export const TIERS = {
  crud: "crud",
  moderate: "moderate",
  advanced: "advanced",
  "beyond-django-orm": "beyond the Django ORM",
} as const satisfies Record<Tier, string>;

/** Easiest first, in the words of the benchmark that defines them. */
export const HARDNESSES: readonly Hardness[] = ["easy", "medium", "hard", "extra"];

export const LAYERS = { orm: "ORM", core: "Core", raw: "raw SQL" } as const satisfies Record<
  QueryLayer,
  string
>;
