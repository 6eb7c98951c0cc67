// The concepts of the Django ORM in the order in which its documentation teaches them.
// Source: docs.djangoproject.com/en/stable/topics/db and /ref/models.
import { type Concept, concept } from "./concept.ts";

const MODELS = String.raw`django\.db\.models`;

export const DJANGO_CONCEPTS: readonly Concept[] = [
  concept({
    name: "field options and kinds",
    symbols: `${MODELS}\\.(?:\\w*(?:Char|Text|Integer|Boolean|Float|Decimal|Date|Time|DateTime|Duration|Email|URL|Slug|UUID|Auto|GenericIPAddress|BinaryF?)\\w*Field|BinaryField)`,
  }),
  concept({ name: "file and image fields", symbols: `${MODELS}\\.(?:File|Image|FilePath)Field` }),
  concept({
    name: "JSON field",
    symbols: `${MODELS}\\.JSONField|django\\.contrib\\.postgres\\.fields\\.(?:jsonb\\.)?JSONField`,
    features: "json",
  }),
  concept({
    name: "PostgreSQL fields",
    symbols: String.raw`django\.contrib\.postgres\.fields\.(?:\w+\.)?(?:Array|HStore|\w*Range|CI\w+)\w*Field`,
    features: "array",
  }),
  concept({ name: "generated field", symbols: `${MODELS}\\.GeneratedField` }),
  concept({ name: "choices", symbols: `${MODELS}\\.(?:TextChoices|IntegerChoices|Choices|enums\\.\\w+)` }),
  concept({
    name: "foreign key",
    symbols: `${MODELS}\\.(?:ForeignKey|ForeignObject)|(?:[\\w.]+\\.)?(?:TreeForeignKey|ParentalKey)`,
  }),
  concept({ name: "one-to-one", symbols: `${MODELS}\\.OneToOneField` }),
  concept({
    name: "many-to-many",
    symbols: `${MODELS}\\.ManyToManyField|(?:[\\w.]+\\.)?ParentalManyToManyField`,
  }),
  concept({
    name: "generic relation",
    symbols: String.raw`django\.contrib\.contenttypes\.(?:fields|generic)\.Generic\w+`,
  }),
  concept({ name: "custom field", symbols: `${MODELS}\\.(?:Field|fields\\.Field)` }),
  concept({ name: "custom manager", symbols: `${MODELS}\\.(?:Manager|BaseManager)` }),
  concept({
    name: "custom queryset",
    symbols: `${MODELS}\\.QuerySet(?:\\.as_manager)?`,
    methods: "as_manager from_queryset",
  }),
  concept({
    name: "constraints",
    symbols: `${MODELS}\\.(?:UniqueConstraint|CheckConstraint)|django\\.contrib\\.postgres\\.constraints\\.\\w+`,
  }),
  concept({ name: "indexes", symbols: `${MODELS}\\.Index|django\\.contrib\\.postgres\\.indexes\\.\\w+` }),
  concept({ name: "creating and saving", methods: "create save bulk_create acreate asave abulk_create" }),
  concept({ name: "retrieving", methods: "all get first last aget afirst alast in_bulk earliest latest" }),
  concept({ name: "filtering", methods: "filter exclude" }),
  concept({ name: "lookups across relations", features: "relation-lookup" }),
  concept({ name: "ordering and slicing", methods: "order_by reverse", features: "order-by limit" }),
  concept({ name: "values and values_list", methods: "values values_list dates datetimes" }),
  concept({ name: "distinct", methods: "distinct", features: "distinct distinct-on" }),
  concept({
    name: "get_or_create",
    methods: "get_or_create update_or_create aget_or_create aupdate_or_create",
  }),
  concept({ name: "updating and deleting in bulk", methods: "update bulk_update aupdate abulk_update" }),
  concept({ name: "deleting", methods: "delete adelete" }),
  concept({ name: "counting and existence", methods: "count exists acount aexists contains" }),
  concept({ name: "Q objects", symbols: `${MODELS}\\.Q` }),
  concept({ name: "F expressions", symbols: `${MODELS}\\.F`, features: "f-expression" }),
  concept({ name: "annotations", methods: "annotate alias extra" }),
  concept({
    name: "aggregation",
    symbols: `${MODELS}\\.(?:Count|Sum|Avg|Max|Min|StdDev|Variance|Aggregate)|django\\.contrib\\.postgres\\.aggregates\\.\\w+(?:\\.\\w+)?`,
    methods: "aggregate aaggregate",
    features: "aggregate",
  }),
  concept({ name: "grouping", features: "group-by having" }),
  concept({ name: "conditional expressions", symbols: `${MODELS}\\.(?:Case|When)`, features: "conditional" }),
  concept({
    name: "subqueries",
    symbols: `${MODELS}\\.(?:Subquery|OuterRef|Exists)`,
    features: "subquery exists",
  }),
  concept({
    name: "window functions",
    symbols: `${MODELS}\\.(?:Window|RowRange|ValueRange|functions\\.(?:RowNumber|Rank|DenseRank|Lag|Lead|Ntile|FirstValue|LastValue|NthValue|PercentRank|CumeDist))`,
    features: "window",
  }),
  concept({
    name: "database functions",
    symbols: `${MODELS}\\.(?:functions\\.\\w+|Func)`,
    features: "db-function",
  }),
  concept({
    name: "expressions",
    symbols: `${MODELS}\\.(?:Value|ExpressionWrapper|Expression|Transform|Lookup|Combinable)`,
  }),
  concept({
    name: "full-text search",
    symbols: String.raw`django\.contrib\.postgres\.search\.\w+`,
    features: "full-text",
  }),
  concept({
    name: "combining querysets",
    methods: "union intersection difference",
    features: "set-operation",
  }),
  concept({ name: "select_related", methods: "select_related" }),
  concept({
    name: "prefetch_related",
    symbols: `${MODELS}\\.(?:Prefetch|prefetch_related_objects)`,
    methods: "prefetch_related",
  }),
  concept({ name: "deferred loading", methods: "only defer" }),
  concept({ name: "iterating in chunks", methods: "iterator aiterator" }),
  concept({ name: "related managers", methods: "add remove set clear aadd aremove aset aclear" }),
  concept({ name: "transactions", symbols: String.raw`django\.db\.transaction\.\w+(?:\.\w+)?` }),
  concept({ name: "locking", methods: "select_for_update", features: "locking" }),
  concept({
    name: "raw SQL",
    symbols: `${MODELS}\\.expressions\\.RawSQL|django\\.db\\.connections?(?:\\.cursor)?`,
    methods: "raw",
    features: "raw-fragment",
  }),
  concept({ name: "several databases", methods: "using db_manager" }),
  concept({ name: "signals", symbols: `${MODELS}\\.signals\\.\\w+(?:\\.\\w+)?|django\\.dispatch\\.\\w+` }),
  concept({
    name: "async queries",
    methods:
      "aget afirst alast acount aexists acreate aupdate adelete asave aget_or_create aupdate_or_create aiterator abulk_create aaggregate ain_bulk",
  }),
  concept({
    name: "geographic queries",
    symbols: String.raw`django\.contrib\.gis\.(?:db\.)?models\.(?:\w+\.)*\w+`,
  }),
];
