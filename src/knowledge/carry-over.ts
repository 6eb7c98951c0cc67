// What becomes of column types, relations and models when a project moves between the Django ORM and SQLAlchemy. Sources, read
// side by side: docs.djangoproject.com/en/6.0/ref/models/fields and ref/contrib/postgres/fields; docs.sqlalchemy.org/en/20
// core/type_basics, dialects/postgresql and orm/inheritance. What is not listed is not known, and said to be so.
import type { Side } from "../model/report.ts";
import { words } from "../text/words.ts";

export type Fate = "directly" | "with-a-note" | "not";

/** A kind of column, relation or model, and what it becomes on the other side. */
interface Entry {
  readonly fate: Fate;
  readonly becomes: string;
}

function table(
  ...rows: readonly (readonly [fate: Fate, names: string, becomes: string])[]
): ReadonlyMap<string, Entry> {
  return new Map(
    rows.flatMap(([fate, names, becomes]) =>
      words(names).map((name): [string, Entry] => [name, { fate, becomes }]),
    ),
  );
}

/** Fields by class name: Peewee, Tortoise, Pony and others follow Django's naming, and with it the meaning. */
const FIELDS_TO_SQLALCHEMY = table(
  [
    "directly",
    `AutoField BigAutoField SmallAutoField BigIntegerField BinaryField BooleanField CharField DateField DateTimeField
    DecimalField DoubleField FixedCharField FloatField IntField IntegerField SmallIntField SmallIntegerField BigIntField TextField
    TimeField UUIDField BlobField PrimaryKeyField IdentityField BinaryUUIDField`,
    "the same type",
  ],
  [
    "with-a-note",
    "JSONField BinaryJSONField HStoreField",
    "JSON or the dialect's type; key lookups are written differently",
  ],
  [
    "with-a-note",
    "PositiveBigIntegerField PositiveIntegerField PositiveSmallIntegerField",
    "an integer with a CheckConstraint",
  ],
  [
    "with-a-note",
    "CommaSeparatedIntegerField EmailField SlugField URLField FilePathField",
    "String; the validation moves elsewhere",
  ],
  ["with-a-note", "FileField ImageField", "String; the handling of files is written anew"],
  [
    "with-a-note",
    "DurationField TimeDeltaField TimestampField",
    "Interval or an integer; what is stored differs by database",
  ],
  ["with-a-note", "NullBooleanField", "a nullable Boolean"],
  ["with-a-note", "GenericIPAddressField IPAddressField IPField", "INET on PostgreSQL, else String"],
  ["with-a-note", "GeneratedField", "Computed"],
  [
    "with-a-note",
    "CharEnumField IntEnumField BitField BigBitField",
    "Enum or an integer with a TypeDecorator",
  ],
  [
    "with-a-note",
    `ArrayField CICharField CIEmailField CITextField SearchVectorField TSVectorField DateRangeField DateTimeRangeField
    DecimalRangeField IntegerRangeField BigIntegerRangeField DateTimeTZField IntervalField`,
    "the type of PostgreSQL's dialect",
  ],
  ["with-a-note", "OrderWrt", "an Integer that code keeps up to date"],
  [
    "not",
    "GeometryField PointField LineStringField PolygonField MultiPointField MultiPolygonField RasterField",
    "nothing in SQLAlchemy itself; another package (GeoAlchemy2) has such types",
  ],
);

const TYPES_TO_DJANGO = table(
  [
    "directly",
    `Integer INTEGER INT BigInteger BIGINT SmallInteger SMALLINT String VARCHAR NVARCHAR CHAR NCHAR Unicode AutoString Text
    TEXT UnicodeText CLOB Boolean BOOLEAN Date DATE DateTime DATETIME TIMESTAMP Time TIME Float FLOAT REAL Double DOUBLE
    DOUBLE_PRECISION Numeric NUMERIC DECIMAL LargeBinary BINARY VARBINARY BLOB BYTEA Uuid UUID JSON`,
    "the same type",
  ],
  ["directly", "int str bool float bytes date datetime time Decimal EmailStr ForeignKey", "the same type"],
  ["with-a-note", "Enum ENUM StrEnum IntEnum", "CharField with choices; the database's enum type goes"],
  ["with-a-note", "JSONB", "JSONField; operators of its own need lookups or SQL"],
  ["with-a-note", "dict list", "JSONField or ArrayField, as the type map says"],
  [
    "with-a-note",
    "Interval INTERVAL timedelta",
    "DurationField, which is a bigint where the database has no interval",
  ],
  [
    "with-a-note",
    "ARRAY HSTORE CITEXT TSVECTOR INT4RANGE INT8RANGE NUMRANGE DATERANGE TSRANGE TSTZRANGE",
    "a field of django.contrib.postgres",
  ],
  ["with-a-note", "INET", "GenericIPAddressField, without networks"],
  ["with-a-note", "MutableDict MutableList as_mutable", "JSONField; changes in place are not tracked"],
  [
    "with-a-note",
    "Variant TINYINT MEDIUMTEXT LONGTEXT TINYTEXT MEDIUMBLOB LONGBLOB YEAR",
    "a field of the nearest size",
  ],
  ["with-a-note", "AutoIncrement Computed Identity", "GeneratedField or AutoField"],
  [
    "not",
    "PickleType MACADDR MACADDR8 CIDR BIT MONEY OID REGCLASS XML TSQUERY INT4MULTIRANGE TSTZMULTIRANGE composite CompositeProperty",
    "no field of Django's; a field class of its own is needed",
  ],
);

/** Relations by how they are declared. */
const RELATIONS: Readonly<Record<Side, ReadonlyMap<string, Entry>>> = {
  sqlalchemy: table(
    ["directly", "foreign-key one-to-one", "a foreign key with relationship()"],
    ["with-a-note", "many-to-many", "relationship(secondary=…) over a table that is declared"],
    ["not", "generic", "a discriminator and joins by hand"],
  ),
  "django-orm": table(
    ["directly", "relationship foreign-key one-to-one", "ForeignKey, which gives the way back by itself"],
    [
      "with-a-note",
      "through-table many-to-many",
      "ManyToManyField, with through= where the table has columns",
    ],
    ["not", "own-join", "a property that queries; Django joins on declared keys only"],
    ["not", "composite-key", "a foreign key of Django's has one column"],
  ),
};

const MODELS: Readonly<Record<Side, ReadonlyMap<string, Entry>>> = {
  sqlalchemy: table(
    ["directly", "plain", "a mapped class"],
    ["with-a-note", "inherits-a-table", "joined-table inheritance"],
    ["with-a-note", "proxy", "a class that is not mapped, or single-table inheritance"],
  ),
  "django-orm": table(
    ["directly", "plain", "a model"],
    ["with-a-note", "table", "a model for a table that no class maps"],
    ["with-a-note", "imperative", "a model in place of the class that a table is mapped to"],
    ["not", "polymorphic", "Django's inheritance loads no subclass by a discriminator"],
  ),
};

/** Null for a type that is not known here. `type` is a dotted name; its last part tells. */
export function columnFate(type: string, to: Side): Entry | null {
  const name = type.slice(type.lastIndexOf(".") + 1);
  const types = to === "sqlalchemy" ? FIELDS_TO_SQLALCHEMY : TYPES_TO_DJANGO;
  // Other ORMs' fields bear the names of Django's, whichever way they move.
  const sameName = to === "django-orm" && /Field$/.test(name) ? FIELDS_TO_SQLALCHEMY.get(name) : undefined;
  if (sameName !== undefined)
    return sameName.fate === "directly"
      ? sameName
      : { fate: "with-a-note", becomes: "the field of that name" };
  return types.get(name) ?? null;
}

export function relationFate(kind: string, to: Side): Entry | null {
  return RELATIONS[to].get(kind) ?? null;
}

export function modelFate(kind: string, to: Side): Entry | null {
  return MODELS[to].get(kind) ?? null;
}
