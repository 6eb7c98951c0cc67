// Type checkers, and the stubs and plugins that teach them an ORM.
import { words } from "../text/words.ts";

export interface TypeChecker {
  readonly name: string;
  readonly distributions: readonly string[];
  /** Base names of files that configure it. */
  readonly configFiles: readonly string[];
  /** Tables of pyproject.toml, and sections of setup.cfg or tox.ini. */
  readonly tables: readonly string[];
  /** Ids of hooks in .pre-commit-config.yaml. */
  readonly hooks: readonly string[];
  readonly source: string;
}

function checker(
  name: string,
  distributions: string,
  configFiles: string,
  tables: string,
  hooks: string,
  source: string,
): TypeChecker {
  return {
    name,
    distributions: words(distributions),
    configFiles: words(configFiles),
    tables: words(tables),
    hooks: words(hooks),
    source,
  };
}

export const TYPE_CHECKERS: readonly TypeChecker[] = [
  checker(
    "mypy",
    "mypy",
    "mypy.ini .mypy.ini",
    "tool.mypy mypy",
    "mypy",
    "mypy.readthedocs.io/en/stable/config_file.html",
  ),
  checker(
    "pyright",
    "pyright",
    "pyrightconfig.json",
    "tool.pyright",
    "pyright",
    "microsoft.github.io/pyright",
  ),
  checker("basedpyright", "basedpyright", "", "tool.basedpyright", "basedpyright", "docs.basedpyright.com"),
  checker("ty", "ty", "ty.toml", "tool.ty", "ty", "docs.astral.sh/ty"),
  checker("pyre", "pyre-check", ".pyre_configuration", "", "pyre-check", "pyre-check.org/docs/configuration"),
  checker(
    "pyrefly",
    "pyrefly",
    "pyrefly.toml",
    "tool.pyrefly",
    "pyrefly-check",
    "pyrefly.org/en/docs/configuration",
  ),
  checker("pytype", "pytype", "pytype.cfg", "tool.pytype pytype", "pytype", "google.github.io/pytype"),
  checker("zuban", "zuban", "", "tool.zuban", "zuban", "docs.zubanls.com"),
];

export interface TypeStubs {
  /** The distribution, in PEP 503 form. */
  readonly name: string;
  /** What it types: a name of orms.ts or frameworks.ts. */
  readonly types: string;
  /** Names under `plugins` of a checker's configuration. */
  readonly plugins: readonly string[];
  readonly source: string;
}

function stubs(name: string, types: string, plugins: string, source: string): TypeStubs {
  return { name, types, plugins: words(plugins), source };
}

export const TYPE_STUBS: readonly TypeStubs[] = [
  stubs("django-stubs", "django-orm", "mypy_django_plugin.main", "github.com/typeddjango/django-stubs"),
  stubs("django-stubs-ext", "django-orm", "", "github.com/typeddjango/django-stubs"),
  stubs(
    "djangorestframework-stubs",
    "django",
    "mypy_drf_plugin.main",
    "github.com/typeddjango/djangorestframework-stubs",
  ),
  stubs("django-types", "django-orm", "", "github.com/sbdchd/django-types"),
  stubs("djangorestframework-types", "django", "", "github.com/sbdchd/djangorestframework-types"),
  stubs("django-filter-stubs", "django", "", "github.com/huynguyengl99/django-filter-stubs"),
  stubs("types-django-filter", "django", "", "github.com/python/typeshed"),
  stubs("types-django-import-export", "django", "", "github.com/python/typeshed"),
  // SQLAlchemy 2.0 carries its own types: the next ones are for 1.4 and before.
  stubs("sqlalchemy2-stubs", "sqlalchemy-orm", "", "docs.sqlalchemy.org/en/14/orm/extensions/mypy.html"),
  stubs("sqlalchemy-stubs", "sqlalchemy-orm", "sqlmypy", "github.com/dropbox/sqlalchemy-stubs"),
  stubs("types-sqlalchemy", "sqlalchemy-orm", "", "github.com/python/typeshed"),
  stubs("types-flask-sqlalchemy", "flask-sqlalchemy", "", "github.com/python/typeshed"),
  stubs("types-peewee", "peewee", "", "github.com/python/typeshed"),
  stubs("mongo-types", "mongoengine", "", "github.com/sbdchd/mongo-types"),
  stubs("types-psycopg2", "raw-sql", "", "github.com/python/typeshed"),
  stubs("asyncpg-stubs", "raw-sql", "", "github.com/bryanforbes/asyncpg-stubs"),
];

const CHECKER_BY_DISTRIBUTION = new Map(
  TYPE_CHECKERS.flatMap((entry) => entry.distributions.map((name) => [name, entry] as const)),
);
const CHECKER_BY_TABLE = new Map(
  TYPE_CHECKERS.flatMap((entry) => entry.tables.map((name) => [name, entry] as const)),
);
const STUBS_BY_NAME = new Map(TYPE_STUBS.map((entry) => [entry.name, entry]));

/** The checker that a distribution (PEP 503 name) installs. */
export function typeCheckerOfDistribution(distribution: string): TypeChecker | null {
  return CHECKER_BY_DISTRIBUTION.get(distribution) ?? null;
}
/** The checker that a table of pyproject.toml ("tool.mypy") or a section of setup.cfg ("mypy") configures. */
export function typeCheckerOfTable(table: string): TypeChecker | null {
  return CHECKER_BY_TABLE.get(table) ?? null;
}
/** The stubs that a distribution (PEP 503 name) is, or null. */
export function typeStubsOfDistribution(distribution: string): TypeStubs | null {
  return STUBS_BY_NAME.get(distribution) ?? null;
}
