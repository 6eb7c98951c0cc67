// Libraries expose the same object under several paths. Everything here is looked up by one of them: the documented one.

interface Renaming {
  readonly from: RegExp;
  readonly to: string;
}

/** In order; the first that matches is applied. */
const RENAMINGS: readonly Renaming[] = [
  {
    from: /^django\.db\.models\.(?:base|query|manager|query_utils|enums|options|expressions|aggregates|constraints|indexes|deletion|lookups)\.(?=[A-Z])/,
    to: "django.db.models.",
  },
  {
    from: /^django\.db\.models\.fields(?:\.(?:related|files|json|generated|composite|proxy))?\.(?=[A-Z])/,
    to: "django.db.models.",
  },
  { from: /^django\.db\.models\.functions\.\w+\.(?=[A-Z])/, to: "django.db.models.functions." },
  {
    from: /^django\.contrib\.gis\.db\.models\.(?=(?:Model|Manager|QuerySet|Q|F|[A-Za-z]*Key|[A-Za-z]*Field|Count|Sum|Max|Min|Avg|Case|When|Value|Subquery|OuterRef|Exists|Prefetch|Index)$)/,
    to: "django.db.models.",
  },
  {
    from: /^sqlalchemy\.orm\.(?:session|scoping|query|decl_api|relationships|mapper|util|base|attributes|strategy_options|context|properties|declarative)\.(?=\w+$)/,
    to: "sqlalchemy.orm.",
  },
  { from: /^sqlalchemy\.ext\.asyncio\.(?:session|engine|scoping)\.(?=\w+$)/, to: "sqlalchemy.ext.asyncio." },
  { from: /^sqlalchemy\.ext\.declarative\.(?:api\.)?(?=\w+$)/, to: "sqlalchemy.orm." },
  {
    from: /^sqlalchemy\.(?:sql|future|types|schema|testing\.schema|sql\.expression|sql\.functions|sql\.schema|sql\.sqltypes|sql\.selectable|sql\.dml|sql\.elements)\.(?=[A-Za-z_]\w*$)/,
    to: "sqlalchemy.",
  },
  {
    from: /^sqlalchemy\.engine\.(?:base|create|url|result|cursor|row|interfaces)\.(?=\w+$)/,
    to: "sqlalchemy.engine.",
  },
  { from: /^sqlalchemy\.engine\.create_engine$/, to: "sqlalchemy.create_engine" },
  {
    from: /^sqlmodel\.(?=(?:select|update|delete|insert|text|and_|or_|not_|func|case|cast|desc|asc|col|between|exists|literal|union|union_all|create_engine|alias|within_group|over|distinct|extract|false|true|null|tuple_|type_coerce|Column|String|Integer|ForeignKey|UniqueConstraint|Index|Table|MetaData)$)/,
    to: "sqlalchemy.",
  },
  { from: /^sqlmodel\.(?:main|_compat)\.(?=[A-Z])/, to: "sqlmodel." },
  { from: /^sqlmodel\.ext\.asyncio\.session\.(?=\w+$)/, to: "sqlmodel.ext.asyncio." },
  {
    from: /^flask_sqlalchemy\.(?:extension|model|session|query|pagination)\.(?=[A-Z])/,
    to: "flask_sqlalchemy.",
  },
  {
    from: /^fastapi\.(?:applications|routing|params|param_functions|dependencies\.utils)\.(?=\w+$)/,
    to: "fastapi.",
  },
  { from: /^starlette\.(?:applications)\.(?=\w+$)/, to: "starlette.applications." },
  { from: /^flask\.(?:app|blueprints|views|globals|helpers)\.(?=\w+$)/, to: "flask." },
  { from: /^typing_extensions\./, to: "typing." },
  { from: /^collections\.abc\./, to: "typing." },
];

/** The documented name of an external object: "django.db.models.base.Model" becomes "django.db.models.Model". */
export function canonicalName(name: string): string {
  for (const { from, to } of RENAMINGS) {
    if (from.test(name)) return name.replace(from, to);
  }
  return name;
}
