// The other ORMs, as far as their inventory needs: which classes are their models, which methods build and which run.
import type { QueryOperation } from "../../../model/report.ts";

export interface OrmProfile {
  readonly orm: string;
  /** External classes whose subclasses are its models. */
  readonly bases: RegExp;
  /** Methods of model classes and of statements that go on building. */
  readonly builds: ReadonlySet<string>;
  /** Methods that run, with the operation they mean. */
  readonly runs: ReadonlyMap<string, QueryOperation>;
  /** Methods of instances that run. */
  readonly instance: ReadonlyMap<string, QueryOperation>;
  readonly isAsync: boolean;
  /** True where awaiting a statement runs it. */
  readonly isAwaitable: boolean;
  /** True where a statement keeps the rows that some use asked for, as Django's querysets do. */
  readonly keepsRows?: boolean;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

function operations(table: Partial<Record<QueryOperation, string>>): ReadonlyMap<string, QueryOperation> {
  return new Map(
    Object.entries(table).flatMap(([operation, names]) =>
      words(names).map((name): [string, QueryOperation] => [name, operation as QueryOperation]),
    ),
  );
}

/** Sources: each library's own query reference. */
export const ORM_PROFILES: readonly OrmProfile[] = [
  {
    orm: "peewee",
    bases: /^(?:peewee|playhouse\.\w+|peewee_async|flask_peewee\.\w+)\.(?:Model|FlaskDB\.Model|\w*Model)$/,
    builds: new Set(
      words(
        "select where join join_from switch order_by group_by having limit offset distinct alias filter with_cte from_ insert insert_many update delete raw replace on_conflict on_conflict_ignore returning for_update dicts tuples namedtuples objects union union_all paginate prefetch",
      ),
    ),
    runs: operations({
      select: "get get_or_none get_by_id first count exists scalar iterator peek",
      insert: "create bulk_create insert_many_execute",
      upsert: "get_or_create",
      update: "set_by_id bulk_update",
      delete: "delete_by_id",
      unknown: "execute",
      ddl: "create_table drop_table",
    }),
    instance: operations({ update: "save", delete: "delete_instance" }),
    isAsync: false,
    isAwaitable: false,
    // peewee.py, BaseQuery: `__iter__`, `__len__` and `__getitem__` run the statement once and read from its cursor wrapper.
    keepsRows: true,
  },
  {
    orm: "tortoise",
    bases: /^tortoise\.(?:models|contrib\.\w+\.\w+)\.Model$|^tortoise\.Model$/,
    builds: new Set(
      words(
        "filter exclude all order_by limit offset distinct annotate group_by values values_list prefetch_related select_related only using_db select_for_update get get_or_none first last earliest latest count exists update delete raw in_bulk bulk_create bulk_update",
      ),
    ),
    runs: operations({
      insert: "create",
      upsert: "get_or_create update_or_create",
    }),
    instance: operations({
      update: "save update_from_dict_save",
      delete: "delete",
      select: "refresh_from_db fetch_related",
    }),
    isAsync: true,
    isAwaitable: true,
  },
  {
    orm: "mongoengine",
    bases:
      /^(?:mongoengine|flask_mongoengine)(?:\.\w+)*\.(?:Document|DynamicDocument|BaseDocument|EmbeddedDocument)$/,
    builds: new Set(
      words("objects filter order_by limit skip exclude only select_related as_pymongo no_cache aggregate"),
    ),
    runs: operations({
      select: "get first count get_or_404 first_or_404 paginate distinct",
      insert: "create insert",
      update: "update update_one modify upsert_one",
      delete: "delete",
    }),
    instance: operations({ update: "save update modify", delete: "delete", select: "reload" }),
    isAsync: false,
    isAwaitable: false,
  },
  {
    orm: "beanie",
    bases: /^beanie(?:\.\w+)*\.(?:Document|View)$/,
    builds: new Set(words("find find_many sort limit skip project aggregate find_all all")),
    runs: operations({
      select: "get find_one to_list first_or_none count exists",
      insert: "insert_one insert_many",
      update: "update update_all set inc upsert",
      delete: "delete delete_all delete_many",
    }),
    instance: operations({
      insert: "insert create",
      update: "save replace update set save_changes",
      delete: "delete",
      select: "fetch_link fetch_all_links sync",
    }),
    isAsync: true,
    isAwaitable: true,
  },
  {
    orm: "piccolo",
    bases: /^piccolo\.(?:table|apps\.\w+\.tables)\.(?:Table|BaseUser)$/,
    builds: new Set(
      words(
        "select objects where order_by limit offset group_by output first get get_or_create count exists insert update delete raw alter create_table prefetch distinct returning on_conflict values",
      ),
    ),
    runs: operations({ unknown: "run run_sync" }),
    instance: operations({ update: "save refresh", delete: "remove" }),
    isAsync: true,
    isAwaitable: true,
  },
  {
    orm: "ormar",
    bases: /^ormar\.(?:models\.)?Model$/,
    builds: new Set(
      words(
        "objects filter exclude select_related prefetch_related order_by limit offset fields exclude_fields select_all paginate",
      ),
    ),
    runs: operations({
      select: "get get_or_none first all count exists max min sum avg values values_list",
      insert: "create bulk_create",
      upsert: "get_or_create update_or_create",
      update: "update bulk_update",
      delete: "delete",
    }),
    instance: operations({
      insert: "save",
      update: "update upsert",
      delete: "delete",
      select: "load load_all",
    }),
    isAsync: true,
    isAwaitable: false,
  },
  {
    orm: "pony",
    bases: /^pony\.orm(?:\.core)?\.(?:Database\.Entity|Entity)$/,
    builds: new Set(
      words("select order_by filter where limit page without_distinct prefetch sort_by for_update"),
    ),
    runs: operations({
      select: "get exists count first select_by_sql get_by_sql get_for_update sum avg min max",
      delete: "delete",
    }),
    instance: operations({ update: "set flush", delete: "delete" }),
    isAsync: false,
    isAwaitable: false,
  },
  {
    orm: "gino",
    bases: /^gino(?:\.\w+)*\.(?:Gino\.Model|Model)$/,
    builds: new Set(words("query select where order_by limit offset update delete join outerjoin load gino")),
    runs: operations({
      select: "get all first one one_or_none scalar",
      insert: "create",
      update: "apply",
      unknown: "status",
    }),
    instance: operations({ delete: "delete" }),
    isAsync: true,
    isAwaitable: false,
  },
  {
    orm: "edgy",
    bases: /^(?:edgy|saffier)(?:\.\w+)*\.(?:Model|ReflectModel)$/,
    builds: new Set(
      words(
        "query filter exclude order_by limit offset group_by distinct only defer select_related prefetch_related or_ and_ not_ using",
      ),
    ),
    runs: operations({
      select: "get get_or_none first last all count exists values values_list",
      insert: "create bulk_create",
      upsert: "get_or_create update_or_create",
      update: "update bulk_update",
      delete: "delete",
    }),
    instance: operations({ update: "save update", delete: "delete", select: "load" }),
    isAsync: true,
    isAwaitable: true,
  },
  {
    orm: "sqlobject",
    bases: /^sqlobject\.(?:main\.)?SQLObject$/,
    builds: new Set(words("select selectBy orderBy limit filter distinct")),
    runs: operations({ select: "get count getOne", delete: "deleteBy deleteMany delete" }),
    instance: operations({ update: "set sync", delete: "destroySelf" }),
    isAsync: false,
    isAwaitable: false,
  },
];

const byName = new Map(ORM_PROFILES.map((profile) => [profile.orm, profile]));

export function profileNamed(orm: string): OrmProfile | null {
  return byName.get(orm) ?? null;
}

/** The ORM whose models descend from one of the named external classes. */
export function profileOf(ancestors: readonly string[]): OrmProfile | null {
  return ORM_PROFILES.find((profile) => ancestors.some((name) => profile.bases.test(name))) ?? null;
}
