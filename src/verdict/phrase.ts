/** "1 query", "3 queries". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and c"; beyond `limit` the rest is counted: "a, b and 4 more". */
export function listed(names: readonly string[], limit = 4): string {
  if (names.length > limit) return `${names.slice(0, limit).join(", ")} and ${names.length - limit} more`;
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** "71 %". Says 100 % only of all and 0 % only of none. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return "0 %";
  const rounded = Math.round((100 * part) / whole);
  if (part > 0 && rounded === 0) return "under 1 %";
  if (part < whole && rounded === 100) return "over 99 %";
  return `${rounded} %`;
}

const FRAMEWORK_NAMES: ReadonlyMap<string, string> = new Map([
  ["django", "Django"],
  ["fastapi", "FastAPI"],
  ["flask", "Flask"],
  ["starlette", "Starlette"],
  ["litestar", "Litestar"],
  ["tornado", "Tornado"],
  ["sanic", "Sanic"],
  ["pyramid", "Pyramid"],
  ["quart", "Quart"],
  ["falcon", "Falcon"],
  ["bottle", "Bottle"],
  ["twisted", "Twisted"],
  ["cherrypy", "CherryPy"],
]);
const ORM_NAMES: ReadonlyMap<string, string> = new Map([
  ["django-orm", "the Django ORM"],
  ["sqlalchemy-orm", "SQLAlchemy"],
  ["sqlalchemy-core", "SQLAlchemy Core"],
  ["sqlmodel", "SQLModel"],
  ["flask-sqlalchemy", "Flask-SQLAlchemy"],
  ["peewee", "Peewee"],
  ["tortoise", "Tortoise"],
  ["pony", "Pony"],
  ["piccolo", "Piccolo"],
  ["ormar", "Ormar"],
  ["gino", "Gino"],
  ["beanie", "Beanie"],
  ["mongoengine", "MongoEngine"],
  ["odmantic", "ODMantic"],
  ["prisma", "Prisma"],
  ["raw-sql", "raw SQL"],
]);

/** A framework's name as its makers write it; unknown names stay as they are. */
export function frameworkName(name: string): string {
  return FRAMEWORK_NAMES.get(name) ?? name;
}
/** An ORM's name as its makers write it; unknown names stay as they are. */
export function ormName(name: string): string {
  return ORM_NAMES.get(name) ?? name;
}

const TOOL_NAMES: ReadonlyMap<string, string> = new Map([
  ["aerich", "Aerich"],
  ["alembic", "Alembic"],
  ["django", "Django"],
  ["flask-alembic", "Flask-Alembic"],
  ["flask-migrate", "Flask-Migrate"],
  ["sql-files", "SQL files"],
]);

/** A migration tool's name as its makers write it; unknown names stay as they are. */
export function toolName(tool: string): string {
  return TOOL_NAMES.get(tool) ?? tool;
}

/** Upper-cases the first letter, to open a sentence. */
export function sentence(text: string): string {
  return text === "" ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
