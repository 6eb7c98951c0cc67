// Where SQLAlchemy models come from: declarative bases of SQLAlchemy and of libraries over it, and functions that make one.
import { words } from "../text/words.ts";

export interface SqlalchemyBase {
  /** Canonical name. */
  readonly name: string;
  /** A name of orms.ts. */
  readonly orm: string;
  /**
   * `class`: a subclass of it is a base or model. `factory`: calling it returns a base. `decorator`: the class beneath becomes a
   * base or model. `attribute`: an attribute of an extension object ("db.Model"). `mixin`: adds columns, makes no model alone.
   */
  readonly form: "class" | "factory" | "decorator" | "attribute" | "mixin";
  readonly source: string;
}

function bases(
  orm: string,
  form: SqlalchemyBase["form"],
  source: string,
  names: string,
): readonly SqlalchemyBase[] {
  return words(names).map((name) => ({ name, orm, form, source }));
}

const SQLALCHEMY_DOCS = "docs.sqlalchemy.org/en/20/orm/mapping_api.html and declarative_styles.html";
const ALCHEMY_DOCS = "docs.advanced-alchemy.litestar.dev/latest/reference/base.html";

export const SQLALCHEMY_BASES: readonly SqlalchemyBase[] = [
  ...bases(
    "sqlalchemy-orm",
    "class",
    SQLALCHEMY_DOCS,
    "sqlalchemy.orm.DeclarativeBase sqlalchemy.orm.DeclarativeBaseNoMeta",
  ),
  ...bases(
    "sqlalchemy-orm",
    "factory",
    SQLALCHEMY_DOCS,
    `sqlalchemy.orm.declarative_base sqlalchemy.orm.automap_base sqlalchemy.ext.automap.automap_base
    sqlalchemy.orm.registry.generate_base sqlalchemy.ext.declarative.declarative_base`,
  ),
  ...bases(
    "sqlalchemy-orm",
    "decorator",
    SQLALCHEMY_DOCS,
    `sqlalchemy.orm.as_declarative sqlalchemy.orm.registry.as_declarative_base sqlalchemy.orm.registry.mapped
    sqlalchemy.orm.registry.mapped_as_dataclass sqlalchemy.orm.mapped_as_dataclass
    sqlalchemy.ext.declarative.as_declarative`,
  ),
  ...bases(
    "sqlalchemy-orm",
    "mixin",
    SQLALCHEMY_DOCS,
    `sqlalchemy.orm.MappedAsDataclass sqlalchemy.ext.asyncio.AsyncAttrs sqlalchemy.orm.DeferredReflection
    sqlalchemy.ext.declarative.DeferredReflection sqlalchemy.ext.declarative.ConcreteBase
    sqlalchemy.ext.declarative.AbstractConcreteBase sqlalchemy.orm.AbstractConcreteBase sqlalchemy.orm.ConcreteBase`,
  ),
  ...bases(
    "flask-sqlalchemy",
    "attribute",
    "flask-sqlalchemy.readthedocs.io/en/stable/models",
    "flask_sqlalchemy.SQLAlchemy.Model flask_sqlalchemy.Model flask_sqlalchemy.model.Model",
  ),
  ...bases("sqlmodel", "class", "sqlmodel.tiangolo.com", "sqlmodel.SQLModel sqlmodel.main.SQLModel"),
  ...bases(
    "sqlalchemy-orm",
    "class",
    ALCHEMY_DOCS,
    `advanced_alchemy.base.UUIDBase advanced_alchemy.base.UUIDAuditBase advanced_alchemy.base.UUIDv6Base
    advanced_alchemy.base.UUIDv6AuditBase advanced_alchemy.base.UUIDv7Base advanced_alchemy.base.UUIDv7AuditBase
    advanced_alchemy.base.BigIntBase advanced_alchemy.base.BigIntAuditBase advanced_alchemy.base.IdentityBase
    advanced_alchemy.base.IdentityAuditBase advanced_alchemy.base.NanoIDBase advanced_alchemy.base.NanoIDAuditBase
    advanced_alchemy.base.DefaultBase advanced_alchemy.base.CommonTableAttributes advanced_alchemy.base.SQLQuery
    advanced_alchemy.base.AdvancedDeclarativeBase`,
  ),
  ...bases(
    "sqlalchemy-orm",
    "class",
    "docs.litestar.dev/2/reference/contrib/sqlalchemy",
    `litestar.contrib.sqlalchemy.base.UUIDBase litestar.contrib.sqlalchemy.base.UUIDAuditBase
    litestar.contrib.sqlalchemy.base.BigIntBase litestar.contrib.sqlalchemy.base.BigIntAuditBase
    litestar.plugins.sqlalchemy.base.UUIDBase litestar.plugins.sqlalchemy.base.UUIDAuditBase
    litestar.plugins.sqlalchemy.base.BigIntBase litestar.plugins.sqlalchemy.base.BigIntAuditBase`,
  ),
  ...bases(
    "sqlalchemy-orm",
    "mixin",
    ALCHEMY_DOCS,
    `advanced_alchemy.mixins.AuditColumns advanced_alchemy.mixins.SlugKey advanced_alchemy.mixins.UUIDPrimaryKey
    advanced_alchemy.mixins.BigIntPrimaryKey advanced_alchemy.mixins.UniqueMixin advanced_alchemy.mixins.SentinelMixin`,
  ),
  ...bases(
    "sqlalchemy-orm",
    "mixin",
    "fastapi-users.github.io, SQLAlchemy configuration",
    `fastapi_users.db.SQLAlchemyBaseUserTable fastapi_users.db.SQLAlchemyBaseUserTableUUID
    fastapi_users.db.SQLAlchemyBaseOAuthAccountTable fastapi_users.db.SQLAlchemyBaseOAuthAccountTableUUID
    fastapi_users_db_sqlalchemy.SQLAlchemyBaseUserTable fastapi_users_db_sqlalchemy.SQLAlchemyBaseUserTableUUID
    fastapi_users_db_sqlalchemy.SQLAlchemyBaseOAuthAccountTable
    fastapi_users_db_sqlalchemy.SQLAlchemyBaseOAuthAccountTableUUID
    fastapi_users_db_sqlalchemy.access_token.SQLAlchemyBaseAccessTokenTable
    fastapi_users_db_sqlalchemy.access_token.SQLAlchemyBaseAccessTokenTableUUID
    fastapi_users_db_sqlmodel.SQLModelBaseUserDB`,
  ),
  ...bases(
    "sqlalchemy-orm",
    "class",
    "flask-appbuilder.readthedocs.io; superset's models descend from it",
    "flask_appbuilder.Model flask_appbuilder.models.sqla.Model flask_appbuilder.models.sqla.Base",
  ),
  ...bases(
    "sqlalchemy-orm",
    "mixin",
    "flask-appbuilder.readthedocs.io; authlib's, sqlalchemy-mixins' and sqlalchemy-utils' documentation",
    `flask_appbuilder.models.mixins.AuditMixin authlib.integrations.sqla_oauth2.OAuth2ClientMixin
    authlib.integrations.sqla_oauth2.OAuth2TokenMixin authlib.integrations.sqla_oauth2.OAuth2AuthorizationCodeMixin
    sqlalchemy_mixins.AllFeaturesMixin sqlalchemy_mixins.ActiveRecordMixin sqlalchemy_mixins.SmartQueryMixin
    sqlalchemy_mixins.SerializeMixin sqlalchemy_mixins.TimestampsMixin sqlalchemy_utils.Timestamp
    sqlalchemy_utils.models.Timestamp flask_dance.consumer.storage.sqla.OAuthConsumerMixin
    flask_security.models.fsqla_v3.FsUserMixin flask_security.models.fsqla_v3.FsRoleMixin`,
  ),
  ...bases("sqlalchemy-orm", "class", "docs.amis.work", "fastapi_amis_admin.models.SQLModel"),
  ...bases(
    "gino",
    "attribute",
    "python-gino.org/docs",
    "gino.Gino.Model gino.ext.starlette.Gino.Model gino.ext.aiohttp.Gino.Model",
  ),
];

/**
 * A heuristic: `db.Model` of a package that is not here is the Flask extension's base class by custom, as Flask-SQLAlchemy's
 * documentation names it. It holds only for classes that also declare columns or a table's name.
 */
export function isCustomaryFlaskBase(canonicalName: string): boolean {
  return /(?:^|\.)db\.Model$/.test(canonicalName);
}

const BY_NAME = new Map(SQLALCHEMY_BASES.map((entry) => [entry.name, entry]));

/** What is known of a canonical name as a source of SQLAlchemy models. */
export function sqlalchemyBase(canonicalName: string): SqlalchemyBase | null {
  return BY_NAME.get(canonicalName) ?? null;
}
