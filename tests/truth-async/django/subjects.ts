// How the public members of Django's classes are used: receivers, and arguments where a member needs some.
import type { Subject } from "../member-snippets.ts";
import type { Parameter, Snippet } from "../snippet.ts";

export const BOOK: Given = {
  setup: ["book = await Book.objects.aget(pk=1)"],
  parameters: [of("book", "Book")],
};
const READER: Given = {
  setup: ["reader = await User.objects.aget(pk=1)"],
  parameters: [of("reader", "User")],
};
const BOOK_AND_READER = both(BOOK, READER);
const REQUEST: Given = {
  setup: ["request = await logged_in()"],
  parameters: [of("request", "HttpRequest")],
};

export type Given = Pick<Snippet, "setup" | "parameters">;

export function of(name: string, type: string): Parameter {
  return { name, type };
}

export function both(...all: readonly Given[]): Given {
  return {
    setup: all.flatMap(({ setup }) => setup),
    parameters: all.flatMap(({ parameters }) => parameters),
  };
}

const QUERYSET_ARGUMENTS = {
  aggregate: 'number=Count("pk")',
  alias: 'number=Count("tags")',
  annotate: 'number=Count("tags")',
  bulk_create: '[Book(title="x", author_id=1)]',
  bulk_update: '[book], ["title"]',
  complex_filter: '{"pk": 1}',
  contains: "book",
  create: 'title="x", author_id=1',
  dates: '"published", "year"',
  datetimes: '"published", "month"',
  defer: '"summary"',
  difference: "Book.objects.all()",
  extra: 'where=["1=1"]',
  get: "pk=1",
  get_or_create: 'title="x", defaults={"author_id": 1}',
  in_bulk: "[1]",
  intersection: "Book.objects.all()",
  only: '"title"',
  order_by: '"title"',
  prefetch_related: '"tags"',
  raw: '"SELECT * FROM shop_book"',
  resolve_expression: "Book.objects.all().query",
  select_related: '"author"',
  union: "Book.objects.all()",
  update: 'title="x"',
  update_or_create: 'title="x", defaults={"author_id": 1}',
  using: '"default"',
  values: '"title"',
} as const;

const MANAGER_ARGUMENTS = { ...QUERYSET_ARGUMENTS, db_manager: '"default"', from_queryset: "QuerySet" };
const TAG_ARGUMENTS = {
  ...MANAGER_ARGUMENTS,
  alias: 'number=Count("books")',
  annotate: 'number=Count("books")',
  bulk_create: '[Tag(word="x")]',
  bulk_update: '[tag], ["word"]',
  contains: "tag",
  create: 'word="x"',
  dates: '"books__published", "year"',
  datetimes: '"books__published", "year"',
  defer: '"word"',
  earliest: '"pk"',
  latest: '"pk"',
  difference: "Tag.objects.all()",
  get_or_create: 'word="x"',
  intersection: "Tag.objects.all()",
  only: '"word"',
  order_by: '"word"',
  prefetch_related: '"books"',
  raw: '"SELECT * FROM shop_tag"',
  resolve_expression: "Tag.objects.all().query",
  select_related: "",
  union: "Tag.objects.all()",
  update: 'word="x"',
  update_or_create: 'word="x"',
  values: '"word"',
  add: "tag",
  remove: "tag",
  set: "[tag]",
};
const REMARK_ARGUMENTS = {
  ...TAG_ARGUMENTS,
  alias: 'number=Count("pk")',
  annotate: 'number=Count("pk")',
  bulk_create: '[Remark(text="x")]',
  bulk_update: '[remark], ["text"]',
  contains: "remark",
  create: 'text="x"',
  dates: '"made", "year"',
  datetimes: '"made", "year"',
  defer: '"text"',
  difference: "Remark.objects.all()",
  get_or_create: 'text="x"',
  intersection: "Remark.objects.all()",
  only: '"text"',
  order_by: '"text"',
  prefetch_related: '"content_type"',
  raw: '"SELECT * FROM shop_remark"',
  resolve_expression: "Remark.objects.all().query",
  union: "Remark.objects.all()",
  update: 'text="x"',
  update_or_create: 'text="x"',
  values: '"text"',
  add: "remark",
  remove: "remark",
  set: "[remark]",
};

const DECLARING = {
  contribute_to_class: "run by the metaclass of models while a class is declared",
  deconstruct: "run by makemigrations",
  check: "run by the system checks",
  get_prefetch_cache: "run by prefetch_related()",
  get_prefetch_queryset: "run by prefetch_related()",
  get_prefetch_querysets: "run by prefetch_related()",
};
const NEEDS_OPEN = "takes a connection that is open, which a coroutine cannot have";

export const DJANGO_SUBJECTS: readonly Subject[] = [
  subject("QuerySet", "QuerySet", "Book.objects.filter(pk__gt=0)", QUERYSET_ARGUMENTS, BOOK),
  subject("RawQuerySet", "RawQuerySet", 'Book.objects.raw("SELECT * FROM shop_book")', {
    prefetch_related: '"tags"',
    using: '"default"',
  }),
  subject("Manager", "Manager", "Book.objects", MANAGER_ARGUMENTS, BOOK, DECLARING),
  subject(
    "reverse manager",
    "reverse manager",
    "reader.book_set",
    {
      ...MANAGER_ARGUMENTS,
      add: "book",
      remove: "book",
      set: "[book]",
    },
    BOOK_AND_READER,
    DECLARING,
  ),
  subject(
    "many-to-many manager",
    "many-to-many manager",
    "book.tags",
    TAG_ARGUMENTS,
    both(BOOK, { setup: ["tag = await Tag.objects.aget(pk=2)"], parameters: [of("tag", "Tag")] }),
    { ...DECLARING, reverse: "an attribute of the manager hides it" },
  ),
  subject(
    "generic manager",
    "generic manager",
    "book.remarks",
    REMARK_ARGUMENTS,
    both(BOOK, { setup: ["remark = await Remark.objects.aget(pk=1)"], parameters: [of("remark", "Remark")] }),
    DECLARING,
  ),
  subject("Model", "Model", "book", modelArguments("Book", "isbn"), BOOK, { check: DECLARING.check }),
  subject(
    "Model without keys",
    "Model",
    "tag",
    modelArguments("Tag", "word"),
    { setup: ["tag = await Tag.objects.aget(pk=1)"], parameters: [of("tag", "Tag")] },
    { check: DECLARING.check },
  ),
  subject("transaction", "transaction", "transaction", {
    non_atomic_requests: "lambda: 1",
    on_commit: "list",
    savepoint_commit: '"s1"',
    savepoint_rollback: '"s1"',
    set_autocommit: "True",
    set_rollback: "False",
  }),
  subject(
    "connection",
    "connection",
    "connection",
    {
      execute_wrapper: "print",
      get_new_connection: "connection.get_connection_params()",
      on_commit: "list",
      savepoint_commit: '"s1"',
      savepoint_rollback: '"s1"',
      set_autocommit: "True",
      set_rollback: "False",
    },
    { setup: [], parameters: [] },
    {
      create_cursor: NEEDS_OPEN,
      init_connection_state: NEEDS_OPEN,
      is_usable: NEEDS_OPEN,
      make_cursor: NEEDS_OPEN,
      make_debug_cursor: NEEDS_OPEN,
    },
  ),
  subject(
    "cursor",
    "cursor",
    "connection.cursor()",
    {
      convert_query: '"SELECT 1"',
      execute: '"SELECT 1"',
      executemany: '"SELECT %s", [[1]]',
      executescript: '"SELECT 1"',
      setinputsizes: "[1]",
      setoutputsize: "1",
    },
    { setup: [], parameters: [] },
    { callproc: "SQLite has no procedures" },
  ),
  subject("shortcuts", "shortcuts", "shortcuts", {
    get_list_or_404: "Book, pk__gt=0",
    get_object_or_404: "Book, pk=1",
    redirect: '"/books"',
    render: 'HttpRequest(), "books.html", {"books": Book.objects.all()}',
    resolve_url: '"/books"',
  }),
  subject(
    "auth",
    "auth",
    "auth",
    {
      authenticate: 'username="reader", password="secret"',
      get_permission_codename: '"add", Book._meta',
      get_user: "request",
      load_backend: '"django.contrib.auth.backends.ModelBackend"',
      login: "request, reader",
      logout: "request",
      update_session_auth_hash: "request, reader",
    },
    both(READER, REQUEST),
  ),
  subject("User", "User", "reader", userArguments(), READER),
  subject("AnonymousUser", "AnonymousUser", "AnonymousUser()", userArguments()),
  subject("UserManager", "UserManager", "User.objects", {
    create_superuser: '"x", "x@example.org", "secret"',
    create_user: '"x", "x@example.org", "secret"',
    get_by_natural_key: '"reader"',
    normalize_email: '"x@example.org"',
    with_perm: '"shop.add_book"',
  }),
  subject("Paginator", "Paginator", 'Paginator(Book.objects.order_by("pk"), 1)', {
    get_page: "1",
    page: "1",
    validate_number: "1",
  }),
];

function subject(
  name: string,
  from: string,
  receiver: string,
  given: Readonly<Record<string, string>>,
  { parameters, setup }: Given = { setup: [], parameters: [] },
  leftOut: Readonly<Record<string, string>> = {},
): Subject {
  return { name, of: from, receiver, setup, parameters, arguments: given, leftOut };
}

function modelArguments(model: string, unique: string): Record<string, string> {
  return {
    date_error_message: `"date", "${unique}", "${unique}"`,
    from_db: '"default", ["id"], [1]',
    prepare_database_save: `Book._meta.get_field("author")`,
    serializable_value: `"${unique}"`,
    unique_error_message: `${model}, ("${unique}",)`,
  };
}

function userArguments(): Record<string, string> {
  return {
    check_password: '"secret"',
    email_user: '"subject", "text"',
    has_module_perms: '"shop"',
    has_perm: '"shop.add_book"',
    has_perms: '["shop.add_book"]',
    normalize_username: '"reader"',
    set_password: '"secret"',
    username_validator: '"reader"',
  };
}
