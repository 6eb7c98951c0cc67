// The concepts of SQLAlchemy in the order of its unified tutorial, then what the ORM and Core references add.
// Source: docs.sqlalchemy.org/en/20/tutorial, /orm and /core.
import { type Concept, concept } from "./concept.ts";

export const SQLALCHEMY_CONCEPTS: readonly Concept[] = [
  concept({
    name: "engine and connection",
    symbols: String.raw`sqlalchemy\.(?:create_engine|engine_from_config|engine\.(?:Engine|Connection)(?:\.\w+)?)|sqlalchemy\.ext\.asyncio\.(?:create_async_engine|async_engine_from_config|AsyncEngine\.\w+)|sqlmodel\.create_engine`,
  }),
  concept({
    name: "engine URL",
    symbols: String.raw`sqlalchemy\.(?:engine\.)?(?:URL(?:\.create)?|make_url|engine\.url\.\w+)`,
  }),
  concept({ name: "metadata", symbols: String.raw`sqlalchemy\.MetaData(?:\.\w+)?` }),
  concept({ name: "Core tables", symbols: String.raw`sqlalchemy\.Table` }),
  concept({ name: "columns", symbols: String.raw`sqlalchemy\.Column` }),
  concept({
    name: "column types",
    symbols: String.raw`sqlalchemy\.(?:String|Text|Unicode|UnicodeText|Integer|BigInteger|SmallInteger|Boolean|DateTime|Date|Time|Interval|Float|Numeric|LargeBinary|Uuid|UUID|VARCHAR|TIMESTAMP|INTEGER|BIGINT|TEXT|DECIMAL|CHAR|Double|BINARY)`,
  }),
  concept({ name: "enum type", symbols: String.raw`sqlalchemy\.Enum` }),
  concept({
    name: "JSON type",
    symbols: String.raw`sqlalchemy\.(?:JSON|dialects\.postgresql\.JSONB?|ext\.mutable\.\w+(?:\.\w+)?)`,
    features: "json",
  }),
  concept({
    name: "dialect types",
    symbols: String.raw`sqlalchemy\.dialects\.\w+\.(?!JSONB?$|insert$)[A-Z]\w*|sqlalchemy\.ARRAY`,
    features: "array",
  }),
  concept({
    name: "custom types",
    symbols: String.raw`sqlalchemy\.(?:TypeDecorator|UserDefinedType)|sqlalchemy_utils\.types?\.\w+(?:\.\w+)*`,
  }),
  concept({ name: "foreign key", symbols: String.raw`sqlalchemy\.(?:ForeignKey|ForeignKeyConstraint)` }),
  concept({
    name: "constraints",
    symbols: String.raw`sqlalchemy\.(?:UniqueConstraint|CheckConstraint|PrimaryKeyConstraint)|sqlalchemy\.dialects\.postgresql\.ExcludeConstraint`,
  }),
  concept({ name: "indexes", symbols: String.raw`sqlalchemy\.Index` }),
  concept({
    name: "sequences and identity",
    symbols: String.raw`sqlalchemy\.(?:Sequence|Identity|Computed|FetchedValue|DefaultClause)`,
  }),
  concept({
    name: "declarative base",
    symbols: String.raw`sqlalchemy\.orm\.(?:DeclarativeBase(?:NoMeta)?|declarative_base|as_declarative|registry(?:\.\w+)?)|sqlalchemy\.ext\.automap\.automap_base`,
  }),
  concept({ name: "mapped columns", symbols: String.raw`sqlalchemy\.orm\.mapped_column` }),
  concept({
    name: "dataclass mapping",
    symbols: String.raw`sqlalchemy\.orm\.MappedAsDataclass|sqlalchemy\.orm\.registry\.mapped_as_dataclass`,
  }),
  concept({
    name: "imperative mapping",
    symbols: String.raw`sqlalchemy\.orm\.(?:mapper|registry\.map_imperatively|map_imperatively)`,
  }),
  concept({
    name: "mixins and declared_attr",
    symbols: String.raw`sqlalchemy\.orm\.(?:declared_attr|declarative_mixin)(?:\.\w+)?`,
  }),
  concept({
    name: "relationship",
    symbols: String.raw`sqlalchemy\.orm\.(?:relationship|relation|dynamic_loader|backref)|sqlmodel\.Relationship`,
  }),
  concept({ name: "association proxy", symbols: String.raw`sqlalchemy\.ext\.associationproxy\.\w+` }),
  concept({
    name: "ordering list and collections",
    symbols: String.raw`sqlalchemy\.(?:ext\.orderinglist\.\w+|orm\.collections\.\w+|orm\.attribute_mapped_collection|orm\.attribute_keyed_dict)`,
  }),
  concept({ name: "hybrid properties", symbols: String.raw`sqlalchemy\.ext\.hybrid\.\w+(?:\.\w+)?` }),
  concept({
    name: "column property and synonym",
    symbols: String.raw`sqlalchemy\.orm\.(?:column_property|synonym|composite|deferred|query_expression)`,
  }),
  concept({ name: "validators", symbols: String.raw`sqlalchemy\.orm\.(?:validates|reconstructor)` }),
  concept({
    name: "session",
    symbols: String.raw`sqlalchemy\.orm\.(?:Session|sessionmaker|create_session|object_session)(?:\.(?:begin|__enter__))?|sqlmodel\.Session`,
  }),
  concept({
    name: "scoped session",
    symbols: String.raw`sqlalchemy\.orm\.scoped_session|sqlalchemy\.ext\.asyncio\.async_scoped_session`,
  }),
  concept({
    name: "async session",
    symbols: String.raw`sqlalchemy\.ext\.asyncio\.(?:AsyncSession|async_sessionmaker|create_async_engine)|sqlmodel\.(?:ext\.asyncio\.)?AsyncSession`,
  }),
  concept({ name: "run_sync", methods: "run_sync" }),
  concept({ name: "unit of work", methods: "add add_all delete flush merge expunge expire expunge_all" }),
  concept({ name: "commit and rollback", methods: "commit rollback" }),
  concept({ name: "savepoints", methods: "begin_nested" }),
  concept({ name: "refreshing", methods: "refresh expire_all" }),
  concept({ name: "get by primary key", methods: "get get_one get_or_404" }),
  concept({ name: "select()", symbols: String.raw`sqlalchemy\.select|flask_sqlalchemy\.SQLAlchemy\.select` }),
  concept({
    name: "results and scalars",
    symbols: String.raw`sqlalchemy\.engine\.(?:Result|ScalarResult)\.\w+`,
    methods: "scalars scalar scalar_one scalar_one_or_none stream stream_scalars",
  }),
  concept({ name: "legacy Query", methods: "query" }),
  concept({ name: "insert()", symbols: String.raw`sqlalchemy\.insert` }),
  concept({ name: "update()", symbols: String.raw`sqlalchemy\.update` }),
  concept({ name: "delete()", symbols: String.raw`sqlalchemy\.delete` }),
  concept({ name: "upsert", symbols: String.raw`sqlalchemy\.dialects\.\w+\.insert`, features: "upsert" }),
  concept({ name: "returning", features: "returning" }),
  concept({ name: "filtering", methods: "where filter filter_by" }),
  concept({
    name: "ordering and limits",
    methods: "order_by limit offset slice",
    features: "order-by limit",
  }),
  concept({ name: "joins", methods: "join outerjoin join_from select_from", features: "join outer-join" }),
  concept({ name: "aliases", symbols: String.raw`sqlalchemy\.(?:orm\.)?(?:aliased|alias)` }),
  concept({
    name: "loader options",
    symbols: String.raw`sqlalchemy\.orm\.(?:joinedload|selectinload|subqueryload|contains_eager|lazyload|noload|raiseload|load_only|defer|undefer|defaultload|immediateload|with_expression|selectin_polymorphic|Load)(?:\.\w+)*`,
    features: "eager-load",
  }),
  concept({ name: "boolean conditions", symbols: String.raw`sqlalchemy\.(?:and_|or_|not_)` }),
  concept({
    name: "SQL functions",
    symbols: String.raw`sqlalchemy\.func(?:\.\w+)+`,
    features: "db-function",
  }),
  concept({
    name: "aggregation and grouping",
    methods: "group_by having",
    features: "aggregate group-by having",
  }),
  concept({
    name: "case and cast",
    symbols: String.raw`sqlalchemy\.(?:case|cast|type_coerce|literal|literal_column|extract|null|true|false|tuple_|nulls_last|nullslast|nullsfirst)`,
    features: "conditional",
  }),
  concept({ name: "subqueries", methods: "subquery scalar_subquery", features: "subquery derived-table" }),
  concept({
    name: "exists",
    symbols: String.raw`sqlalchemy\.exists`,
    methods: "exists any has",
    features: "exists",
  }),
  concept({ name: "CTEs", methods: "cte", features: "cte recursive-cte" }),
  concept({
    name: "window functions",
    symbols: String.raw`sqlalchemy\.over`,
    methods: "over",
    features: "window",
  }),
  concept({
    name: "lateral joins",
    symbols: String.raw`sqlalchemy\.lateral`,
    methods: "lateral",
    features: "lateral",
  }),
  concept({
    name: "set operations",
    symbols: String.raw`sqlalchemy\.(?:union|union_all|intersect|except_)(?:_all)?`,
    methods: "union union_all intersect except_",
    features: "set-operation",
  }),
  concept({
    name: "distinct",
    symbols: String.raw`sqlalchemy\.distinct`,
    methods: "distinct",
    features: "distinct distinct-on",
  }),
  concept({ name: "locking", methods: "with_for_update", features: "locking" }),
  concept({ name: "full-text search", features: "full-text" }),
  concept({
    name: "bulk operations",
    methods: "bulk_save_objects bulk_insert_mappings bulk_update_mappings",
    features: "bulk",
  }),
  concept({
    name: "textual SQL",
    symbols: String.raw`sqlalchemy\.(?:text|bindparam|text\.\w+)`,
    features: "raw-fragment",
  }),
  concept({ name: "events", symbols: String.raw`sqlalchemy\.event\.\w+` }),
  concept({ name: "inspection", symbols: String.raw`sqlalchemy\.(?:inspect|inspection\.inspect)` }),
  concept({ name: "compiler extensions", symbols: String.raw`sqlalchemy\.ext\.compiler\.\w+` }),
  concept({ name: "pooling", symbols: String.raw`sqlalchemy\.pool\.\w+` }),
  concept({
    name: "DDL",
    symbols: String.raw`sqlalchemy\.(?:DDL|DDL\.\w+|MetaData\.(?:create_all|drop_all))|sqlalchemy\.schema\.\w+`,
    methods: "create_all drop_all",
  }),
];
