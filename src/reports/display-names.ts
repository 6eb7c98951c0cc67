// The words that people read for the names the report is written in.

import type { Choice, Hardness, OrmUse, QueryLayer, Side, Stance, Tier, Verdict } from "../model/report.ts";

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

/** Names of ORMs that stand on the choice: what "stay with it" can mean. */
const MEMBERS: Readonly<Record<string, RegExp>> = {
  sqlalchemy: /^(?:sqlalchemy-|flask-sqlalchemy$|sqlmodel$)/,
  "django-orm": /^django-orm$/,
};

/** "SQLAlchemy, stay with it"; "SQLAlchemy is nearer, stay with Tortoise ORM" where a third ORM is in use. */
export function verdictWords(project: {
  readonly verdict: Pick<Verdict, "choice" | "stance">;
  readonly orms: readonly Pick<OrmUse, "name" | "role">[];
}): string {
  const { verdict, orms } = project;
  const stance = STANCES[verdict.stance];
  const choice = CHOICES[verdict.choice];
  const present = orms.find(({ role }) => role === "primary");
  const isThird = present !== undefined && MEMBERS[verdict.choice]?.test(present.name) === false;
  const hasMember = orms.some(({ name, role }) => role !== "dev-only" && MEMBERS[verdict.choice]?.test(name));
  const capital = choice.charAt(0).toUpperCase() + choice.slice(1);
  if (verdict.stance === "stay" && isThird && !hasMember && present.name !== "raw-sql")
    return `${capital} is nearer, stay with ${productName(present.name)}`;
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
