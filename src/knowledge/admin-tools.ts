// Admin interfaces over models. Only Django's comes with its ORM; the others are separate packages over SQLAlchemy or another ORM.
import { words } from "../text/words.ts";

export interface AdminTool {
  /** "django" for django.contrib.admin, else the package's name. */
  readonly name: string;
  readonly distributions: readonly string[];
  readonly importRoots: readonly string[];
  /** Canonical names of the site or application object. */
  readonly sites: readonly string[];
  /** Canonical names of base classes of a registered model's view. */
  readonly views: readonly string[];
  /** Canonical names of calls and decorators that register a model. */
  readonly registers: readonly string[];
  /** ORMs of orms.ts it shows, or empty for any. */
  readonly orms: readonly string[];
  /** True for looks and helpers of Django's admin: they prove that it is used, and are no admin of their own. */
  readonly dressesDjangoAdmin: boolean;
  readonly source: string;
}

interface Row {
  readonly name: string;
  readonly distributions?: string;
  readonly importRoots: string;
  readonly sites?: string;
  readonly views?: string;
  readonly registers?: string;
  readonly orms?: string;
  readonly source: string;
}

function admin(row: Row, dressesDjangoAdmin = false): AdminTool {
  return {
    name: row.name,
    distributions: words(row.distributions ?? row.name),
    importRoots: words(row.importRoots),
    sites: words(row.sites ?? ""),
    views: words(row.views ?? ""),
    registers: words(row.registers ?? ""),
    orms: words(row.orms ?? ""),
    dressesDjangoAdmin,
    source: row.source,
  };
}

function dress(name: string, importRoots: string, views: string, source: string): AdminTool {
  return admin({ name, importRoots, views, orms: "django-orm", source }, true);
}

export const ADMIN_TOOLS: readonly AdminTool[] = [
  admin({
    name: "django",
    distributions: "django",
    importRoots: "django.contrib.admin django.contrib.gis.admin",
    sites: "django.contrib.admin.site django.contrib.admin.AdminSite django.contrib.admin.sites.AdminSite",
    views: `django.contrib.admin.ModelAdmin django.contrib.admin.options.ModelAdmin django.contrib.admin.TabularInline
      django.contrib.admin.StackedInline django.contrib.gis.admin.GISModelAdmin django.contrib.gis.admin.OSMGeoAdmin
      django.contrib.auth.admin.UserAdmin django.contrib.auth.admin.GroupAdmin`,
    registers:
      "django.contrib.admin.site.register django.contrib.admin.register django.contrib.admin.sites.site.register",
    orms: "django-orm",
    source: "docs.djangoproject.com/en/6.0/ref/contrib/admin",
  }),
  dress("django-unfold", "unfold", "unfold.admin.ModelAdmin", "unfoldadmin.com"),
  dress("django-jazzmin", "jazzmin", "", "django-jazzmin.readthedocs.io"),
  dress("django-grappelli", "grappelli", "", "django-grappelli.readthedocs.io"),
  dress("django-suit", "suit", "suit.admin.SortableModelAdmin", "django-suit.readthedocs.io"),
  dress("django-baton", "baton", "", "django-baton.readthedocs.io"),
  dress("django-jet", "jet", "", "jet.readthedocs.io"),
  dress("django-jet-reboot", "jet", "", "github.com/assem-ch/django-jet-reboot"),
  dress("django-admin-interface", "admin_interface", "", "github.com/fabiocaccamo/django-admin-interface"),
  dress("django-simpleui", "simpleui", "", "simpleui.72wo.com"),
  dress("django-semantic-admin", "semantic_admin", "semantic_admin.SemanticModelAdmin", "its README"),
  dress("django-daisy", "django_daisy", "", "its README"),
  dress("django-admin-tools", "admin_tools", "", "django-admin-tools.readthedocs.io"),
  dress(
    "django-import-export",
    "import_export",
    "import_export.admin.ImportExportModelAdmin import_export.admin.ImportExportMixin",
    "django-import-export.readthedocs.io",
  ),
  dress(
    "django-nested-admin",
    "nested_admin",
    "nested_admin.NestedModelAdmin",
    "django-nested-admin.readthedocs.io",
  ),
  dress(
    "django-admin-sortable2",
    "adminsortable2",
    "adminsortable2.admin.SortableAdminMixin",
    "django-admin-sortable2.readthedocs.io",
  ),
  admin({
    name: "wagtail",
    importRoots: "wagtail.admin wagtail.snippets wagtail_modeladmin wagtail.contrib.modeladmin",
    views:
      "wagtail.snippets.views.snippets.SnippetViewSet wagtail.admin.viewsets.model.ModelViewSet wagtail_modeladmin.options.ModelAdmin wagtail.contrib.modeladmin.options.ModelAdmin",
    registers:
      "wagtail.snippets.models.register_snippet wagtail_modeladmin.options.modeladmin_register wagtail.contrib.modeladmin.options.modeladmin_register",
    orms: "django-orm",
    source: "docs.wagtail.org, generic views, snippets",
  }),
  admin({
    name: "sqladmin",
    importRoots: "sqladmin",
    sites: "sqladmin.Admin sqladmin.application.Admin",
    views: "sqladmin.ModelView sqladmin.models.ModelView sqladmin.BaseView",
    registers: "sqladmin.Admin.add_view sqladmin.Admin.register_model",
    orms: "sqlalchemy-orm sqlmodel",
    source: "aminalaee.dev/sqladmin",
  }),
  admin({
    name: "flask-admin",
    importRoots: "flask_admin",
    sites: "flask_admin.Admin flask_admin.base.Admin",
    views:
      "flask_admin.contrib.sqla.ModelView flask_admin.contrib.sqlamodel.ModelView flask_admin.contrib.mongoengine.ModelView flask_admin.contrib.peewee.ModelView flask_admin.contrib.pymongo.ModelView flask_admin.BaseView flask_admin.base.BaseView",
    registers: "flask_admin.Admin.add_view flask_admin.Admin.add_views",
    orms: "sqlalchemy-orm flask-sqlalchemy peewee mongoengine",
    source: "flask-admin.readthedocs.io",
  }),
  admin({
    name: "starlette-admin",
    importRoots: "starlette_admin",
    sites:
      "starlette_admin.BaseAdmin starlette_admin.contrib.sqla.Admin starlette_admin.contrib.sqlmodel.Admin starlette_admin.contrib.mongoengine.Admin starlette_admin.contrib.odmantic.Admin starlette_admin.contrib.beanie.Admin",
    views:
      "starlette_admin.contrib.sqla.ModelView starlette_admin.contrib.sqlmodel.ModelView starlette_admin.contrib.mongoengine.ModelView starlette_admin.contrib.odmantic.ModelView starlette_admin.BaseModelView",
    registers: "starlette_admin.BaseAdmin.add_view starlette_admin.contrib.sqla.Admin.add_view",
    orms: "sqlalchemy-orm sqlmodel mongoengine odmantic beanie",
    source: "jowilf.github.io/starlette-admin",
  }),
  admin({
    name: "fastapi-admin",
    importRoots: "fastapi_admin",
    sites: "fastapi_admin.app.app fastapi_admin.app.FastAPIAdmin",
    views: "fastapi_admin.resources.Model fastapi_admin.resources.Link",
    registers: "fastapi_admin.app.app.register",
    orms: "tortoise",
    source: "fastapi-admin-docs.long2ice.io",
  }),
  admin({
    name: "fastapi-amis-admin",
    importRoots: "fastapi_amis_admin",
    sites: "fastapi_amis_admin.admin.site.AdminSite fastapi_amis_admin.admin.AdminSite",
    views: "fastapi_amis_admin.admin.ModelAdmin fastapi_amis_admin.admin.admin.ModelAdmin",
    registers: "fastapi_amis_admin.admin.AdminSite.register_admin",
    orms: "sqlalchemy-orm sqlmodel",
    source: "docs.amis.work",
  }),
  admin({
    name: "fastadmin",
    importRoots: "fastadmin",
    views:
      "fastadmin.SqlAlchemyModelAdmin fastadmin.TortoiseModelAdmin fastadmin.DjangoModelAdmin fastadmin.PonyORMModelAdmin",
    registers: "fastadmin.register",
    orms: "sqlalchemy-orm tortoise django-orm pony",
    source: "vsdudakov.github.io/fastadmin",
  }),
  admin({
    name: "crudadmin",
    importRoots: "crudadmin",
    sites: "crudadmin.CRUDAdmin",
    registers: "crudadmin.CRUDAdmin.add_view",
    orms: "sqlalchemy-orm",
    source: "benavlabs.github.io/crudadmin",
  }),
  admin({
    name: "piccolo-admin",
    importRoots: "piccolo_admin",
    sites: "piccolo_admin.endpoints.create_admin",
    registers: "piccolo_admin.endpoints.TableConfig",
    orms: "piccolo",
    source: "piccolo-admin.readthedocs.io",
  }),
  admin({
    name: "aiohttp-admin",
    importRoots: "aiohttp_admin",
    sites: "aiohttp_admin.setup aiohttp_admin.create_admin",
    views: "aiohttp_admin.backends.sqlalchemy.SAResource aiohttp_admin.contrib.models.ModelAdmin",
    orms: "sqlalchemy-orm sqlalchemy-core",
    source: "aiohttp-admin.readthedocs.io",
  }),
  admin({
    name: "flask-appbuilder",
    importRoots: "flask_appbuilder",
    sites: "flask_appbuilder.AppBuilder",
    views: "flask_appbuilder.ModelView flask_appbuilder.views.ModelView",
    registers: "flask_appbuilder.AppBuilder.add_view",
    orms: "sqlalchemy-orm flask-sqlalchemy",
    source: "flask-appbuilder.readthedocs.io",
  }),
  admin({
    name: "pyramid-sacrud",
    importRoots: "pyramid_sacrud ps_crud",
    orms: "sqlalchemy-orm",
    source: "pyramid-sacrud.readthedocs.io",
  }),
  admin({
    name: "pyramid-formalchemy",
    distributions: "pyramid-formalchemy formalchemy",
    importRoots: "pyramid_formalchemy formalchemy",
    orms: "sqlalchemy-orm",
    source: "docs.formalchemy.org",
  }),
  admin({
    name: "flask-peewee",
    importRoots: "flask_peewee",
    sites: "flask_peewee.admin.Admin",
    views: "flask_peewee.admin.ModelAdmin",
    registers: "flask_peewee.admin.Admin.register",
    orms: "peewee",
    source: "flask-peewee.readthedocs.io",
  }),
];

function indexBy(column: (entry: AdminTool) => readonly string[]): ReadonlyMap<string, AdminTool> {
  const index = new Map<string, AdminTool>();
  for (const entry of ADMIN_TOOLS)
    for (const name of column(entry)) if (!index.has(name)) index.set(name, entry);
  return index;
}
const BY_DISTRIBUTION = indexBy((entry) => entry.distributions);
const BY_IMPORT_ROOT = indexBy((entry) => entry.importRoots);
const BY_VIEW = indexBy((entry) => entry.views);

/** The admin that a distribution (PEP 503 name) installs; "django" only holds one, settings tell whether it is used. */
export function adminOfDistribution(distribution: string): AdminTool | null {
  return BY_DISTRIBUTION.get(distribution) ?? null;
}
/** The admin with that package; also a line of INSTALLED_APPS ("django.contrib.admin", "unfold"). */
export function adminOfImportRoot(root: string): AdminTool | null {
  return BY_IMPORT_ROOT.get(root) ?? null;
}
/** The admin of which this canonical name is the base class of a model's view. */
export function adminOfView(canonicalName: string): AdminTool | null {
  return BY_VIEW.get(canonicalName) ?? null;
}
