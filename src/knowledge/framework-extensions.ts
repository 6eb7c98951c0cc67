// Add-ons of frameworks: what is worth naming beside a framework, and the ones that build its application for their user.
import { words } from "../text/words.ts";

export interface FrameworkExtension {
  /** As reports spell it: "rest framework", "ninja", … */
  readonly name: string;
  /** Name of the framework it extends. */
  readonly framework: string;
  /** Distribution names in PEP 503 form. */
  readonly distributions: readonly string[];
  /** Top-level packages, or labels of INSTALLED_APPS. */
  readonly importRoots: readonly string[];
  /** Classes or functions of the extension that build an application of the framework. */
  readonly applications: readonly string[];
  /** Whether it only works with models of the framework's own ORM. */
  readonly needsDjangoModels: boolean;
  readonly source: string;
}

function extension(
  framework: string,
  name: string,
  distributions: string,
  importRoots: string,
  source: string,
  applications = "",
  needsDjangoModels = false,
): FrameworkExtension {
  return {
    name,
    framework,
    distributions: words(distributions),
    importRoots: words(importRoots),
    applications: words(applications),
    needsDjangoModels,
    source,
  };
}

/** Add-ons of Django that build on its models: giving them up is a cost of leaving its ORM. */
function modelAddOn(name: string, distributions: string, importRoots: string, source: string) {
  return extension("django", name, distributions, importRoots, source, "", true);
}

const DJANGO: readonly FrameworkExtension[] = [
  extension("django", "rest framework", "djangorestframework", "rest_framework", "django-rest-framework.org"),
  extension("django", "ninja", "django-ninja", "ninja", "django-ninja.dev"),
  extension(
    "django",
    "ninja extra",
    "django-ninja-extra",
    "ninja_extra",
    "eadwincode.github.io/django-ninja-extra",
  ),
  extension("django", "bolt", "django-bolt", "django_bolt", "bolt.farhana.li"),
  extension(
    "django",
    "channels",
    "channels",
    "channels",
    "channels.readthedocs.io",
    "channels.routing.ProtocolTypeRouter",
  ),
  extension(
    "django",
    "graphene",
    "graphene-django",
    "graphene_django",
    "docs.graphene-python.org/projects/django",
  ),
  extension(
    "django",
    "strawberry",
    "strawberry-graphql-django strawberry-django-plus",
    "strawberry_django strawberry_django_plus",
    "strawberry.rocks/docs/django",
  ),
  extension("django", "ariadne", "ariadne-django", "ariadne_django", "ariadne.readthedocs.io"),
  extension("django", "tastypie", "django-tastypie", "tastypie", "django-tastypie.readthedocs.io"),
  extension(
    "django",
    "configurations",
    "django-configurations",
    "configurations",
    "django-configurations.readthedocs.io",
  ),
  extension(
    "django",
    "celery results",
    "django-celery-results",
    "django_celery_results",
    "django-celery-results.readthedocs.io",
  ),
  modelAddOn("wagtail", "wagtail", "wagtail", "docs.wagtail.org"),
  modelAddOn("django cms", "django-cms", "cms", "docs.django-cms.org"),
  modelAddOn("mezzanine", "mezzanine", "mezzanine", "mezzanine.readthedocs.io"),
  modelAddOn("oscar", "django-oscar", "oscar", "django-oscar.readthedocs.io"),
  modelAddOn("saleor", "saleor", "saleor", "docs.saleor.io"),
  modelAddOn("allauth", "django-allauth", "allauth", "docs.allauth.org"),
  modelAddOn("guardian", "django-guardian", "guardian", "django-guardian.readthedocs.io"),
  modelAddOn(
    "oauth toolkit",
    "django-oauth-toolkit",
    "oauth2_provider",
    "django-oauth-toolkit.readthedocs.io",
  ),
  modelAddOn("celery beat", "django-celery-beat", "django_celery_beat", "django-celery-beat.readthedocs.io"),
  modelAddOn(
    "tenants",
    "django-tenants django-tenant-schemas",
    "django_tenants tenant_schemas",
    "django-tenants.readthedocs.io",
  ),
  modelAddOn("filter", "django-filter", "django_filters", "django-filter.readthedocs.io"),
  modelAddOn("import-export", "django-import-export", "import_export", "django-import-export.readthedocs.io"),
  modelAddOn(
    "simple history",
    "django-simple-history",
    "simple_history",
    "django-simple-history.readthedocs.io",
  ),
  modelAddOn("reversion", "django-reversion", "reversion", "django-reversion.readthedocs.io"),
  modelAddOn("auditlog", "django-auditlog", "auditlog", "django-auditlog.readthedocs.io"),
  modelAddOn("haystack", "django-haystack", "haystack", "django-haystack.readthedocs.io"),
  modelAddOn("taggit", "django-taggit", "taggit", "django-taggit.readthedocs.io"),
  modelAddOn("cachalot", "django-cachalot", "cachalot", "django-cachalot.readthedocs.io"),
  modelAddOn("pgtrigger", "django-pgtrigger", "pgtrigger", "django-pgtrigger.readthedocs.io"),
  // What other libraries give the Django ORM beyond its own reach.
  modelAddOn("cte", "django-cte", "django_cte", "dimagi.github.io/django-cte"),
  modelAddOn("postgres extra", "django-postgres-extra", "psqlextra", "django-postgres-extra.readthedocs.io"),
  modelAddOn("async backend", "django-async-backend", "django_async_backend", "its package description, 6.1"),
];

const FLASK: readonly FrameworkExtension[] = [
  extension("flask", "admin", "flask-admin", "flask_admin", "flask-admin.readthedocs.io"),
  extension("flask", "restful", "flask-restful", "flask_restful", "flask-restful.readthedocs.io"),
  extension(
    "flask",
    "restx",
    "flask-restx flask-restplus",
    "flask_restx flask_restplus",
    "flask-restx.readthedocs.io",
  ),
  extension("flask", "smorest", "flask-smorest", "flask_smorest", "flask-smorest.readthedocs.io"),
  extension("flask", "login", "flask-login", "flask_login", "flask-login.readthedocs.io"),
  extension(
    "flask",
    "security",
    "flask-security flask-security-too",
    "flask_security",
    "flask-security-too.readthedocs.io",
  ),
  extension("flask", "sqlalchemy", "flask-sqlalchemy", "flask_sqlalchemy", "flask-sqlalchemy.readthedocs.io"),
  extension(
    "flask",
    "sqlalchemy lite",
    "flask-sqlalchemy-lite",
    "flask_sqlalchemy_lite",
    "flask-sqlalchemy-lite.readthedocs.io",
  ),
  extension("flask", "migrate", "flask-migrate", "flask_migrate", "flask-migrate.readthedocs.io"),
  extension("flask", "appbuilder", "flask-appbuilder", "flask_appbuilder", "flask-appbuilder.readthedocs.io"),
  extension("flask", "socketio", "flask-socketio", "flask_socketio", "flask-socketio.readthedocs.io"),
  extension(
    "flask",
    "babel",
    "flask-babel flask-babelex",
    "flask_babel flask_babelex",
    "python-babel.github.io/flask-babel",
  ),
  extension("flask", "wtf", "flask-wtf", "flask_wtf", "flask-wtf.readthedocs.io"),
  extension(
    "flask",
    "mongoengine",
    "flask-mongoengine",
    "flask_mongoengine",
    "docs.mongoengine.org/projects/flask-mongoengine",
  ),
  extension("flask", "apiflask", "apiflask", "apiflask", "apiflask.com", "apiflask.APIFlask"),
  extension(
    "flask",
    "openapi3",
    "flask-openapi3",
    "flask_openapi3",
    "luolingchun.github.io/flask-openapi3",
    "flask_openapi3.OpenAPI",
  ),
  extension("flask", "eve", "eve", "eve", "docs.python-eve.org", "eve.Eve"),
  extension("flask", "flask-api", "flask-api", "flask_api", "flaskapi.org", "flask_api.FlaskAPI"),
];

const OTHERS: readonly FrameworkExtension[] = [
  extension(
    "fastapi",
    "users",
    "fastapi-users fastapi-users-db-sqlalchemy",
    "fastapi_users fastapi_users_db_sqlalchemy",
    "fastapi-users.github.io",
  ),
  extension(
    "fastapi",
    "pagination",
    "fastapi-pagination",
    "fastapi_pagination",
    "uriyyo-fastapi-pagination.netlify.app",
  ),
  extension(
    "fastapi",
    "crudrouter",
    "fastapi-crudrouter",
    "fastapi_crudrouter",
    "fastapi-crudrouter.awtkns.com",
  ),
  extension("fastapi", "fastcrud", "fastcrud", "fastcrud", "benavlabs.github.io/fastcrud"),
  extension("fastapi", "fastapi-sqlalchemy", "fastapi-sqlalchemy", "fastapi_sqlalchemy", "its README"),
  extension(
    "fastapi",
    "fastapi-utils",
    "fastapi-utils fastapi-restful",
    "fastapi_utils fastapi_restful",
    "fastapi-utils.davidmontague.xyz",
  ),
  extension("starlette", "admin", "starlette-admin", "starlette_admin", "jowilf.github.io/starlette-admin"),
  extension("starlette", "sqladmin", "sqladmin", "sqladmin", "aminalaee.dev/sqladmin"),
  extension(
    "litestar",
    "advanced alchemy",
    "advanced-alchemy",
    "advanced_alchemy",
    "docs.advanced-alchemy.litestar.dev",
  ),
  extension("aiohttp", "aiohttp-admin", "aiohttp-admin", "aiohttp_admin", "aiohttp-admin.readthedocs.io"),
  extension("aiohttp", "jinja2", "aiohttp-jinja2", "aiohttp_jinja2", "aiohttp-jinja2.readthedocs.io"),
  extension("aiohttp", "apispec", "aiohttp-apispec", "aiohttp_apispec", "aiohttp-apispec.readthedocs.io"),
  extension("pyramid", "tm", "pyramid-tm", "pyramid_tm", "docs.pylonsproject.org/projects/pyramid_tm"),
  extension("pyramid", "cornice", "cornice", "cornice", "cornice.readthedocs.io"),
  extension("quart", "db", "quart-db", "quart_db", "its README"),
  extension("quart", "schema", "quart-schema", "quart_schema", "quart-schema.readthedocs.io"),
  extension("sanic", "ext", "sanic-ext", "sanic_ext", "sanic.dev/en/plugins/sanic-ext"),
];

export const FRAMEWORK_EXTENSIONS: readonly FrameworkExtension[] = [...DJANGO, ...FLASK, ...OTHERS];

const BY_IMPORT_ROOT = new Map(
  FRAMEWORK_EXTENSIONS.flatMap((entry) => entry.importRoots.map((root) => [root, entry] as const)),
);
const BY_APPLICATION = new Map(
  FRAMEWORK_EXTENSIONS.flatMap((entry) => entry.applications.map((name) => [name, entry] as const)),
);

/** The add-on with that top-level package; also the first part of a line of INSTALLED_APPS. */
export function extensionOfImportRoot(root: string): FrameworkExtension | null {
  return BY_IMPORT_ROOT.get(root) ?? null;
}
/** The add-on whose class or function of that canonical name builds an application of its framework. */
export function extensionOfApplication(canonicalName: string): FrameworkExtension | null {
  return BY_APPLICATION.get(canonicalName) ?? null;
}
