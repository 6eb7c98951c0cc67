// What is no method: uses of a queryset that evaluate it or do not, statements, and attributes that load when they are read.
import type { Snippet } from "../snippet.ts";
import { BOOK, both, type Given, of } from "./subjects.ts";

const NOTHING: Given = { setup: [], parameters: [] };

/** Uses of `books`, as lines of any function. */
const USES: Readonly<Record<string, string>> = {
  "for loop": "for _ in books:\n    pass",
  "list comprehension": "[book.pk for book in books]",
  "set comprehension": "{book.pk for book in books}",
  "dict comprehension": "{book.pk: book for book in books}",
  "generator expression": "(book.pk for book in books)",
  "consumed generator expression": "sum(book.pk for book in books)",
  len: "len(books)",
  bool: "bool(books)",
  "if test": "if books:\n    pass",
  "while test": "while books:\n    break",
  not: "not books",
  and: "books and 1",
  or: "books or []",
  "last of or": "[] or books",
  conditional: "1 if books else 2",
  assert: "assert books",
  in: "Book(pk=1) in books",
  "not in": "Book(pk=1) not in books",
  list: "list(books)",
  tuple: "tuple(books)",
  set: "set(books)",
  frozenset: "frozenset(books)",
  sorted: "sorted(books, key=id)",
  reversed: "reversed(books)",
  max: "max(books, key=id)",
  min: "min(books, key=id)",
  any: "any(books)",
  all: "all(books)",
  enumerate: "enumerate(books)",
  zip: "zip(books, books)",
  map: "map(str, books)",
  filter: "filter(None, books)",
  iter: "iter(books)",
  next: "next(iter(books))",
  "dict fromkeys": "dict.fromkeys(books)",
  "list extend": "[].extend(books)",
  "set update": "set().update(books)",
  "str join": '"".join(str(book.pk) for book in books)',
  index: "books[0]",
  "negative index": "books[-1]",
  slice: "books[0:2]",
  "open slice": "books[:2]",
  "slice with step": "books[0:2:2]",
  "star in list": "[*books]",
  "star in call": "print(*books)",
  unpacking: "first, second = books",
  "starred unpacking": "first, *rest = books",
  "yield from": "def every():\n    yield from books\n\nlist(every())",
  repr: "repr(books)",
  str: "str(books)",
  print: "print(books)",
  "f-string": 'f"{books}"',
  "percent format": '"%s" % books',
  "percent format of many": '"%s %s" % (1, books)',
  "str format": '"{}".format(books)',
  "format builtin": "format(books)",
  "pickle dumps": "pickle.dumps(books)",
  "copy copy": "copy.copy(books)",
  "copy deepcopy": "copy.deepcopy(books)",
  equality: "books == books",
  inequality: "books != []",
  identity: "books is None",
  isinstance: "isinstance(books, QuerySet)",
  hash: "hash(books)",
  id: "id(books)",
  "query text": "str(books.query)",
  "and operator": "books & Book.objects.all()",
  "or operator": "books | Book.objects.all()",
  "xor operator": "books ^ Book.objects.all()",
  "in another query": "Book.objects.filter(pk__in=books)",
  "model of it": "books.model",
  "kept in a dict": '{"books": books}',
  "kept in a list": "[books]",
  Counter: "collections.Counter(books)",
  deque: "collections.deque(books)",
  chain: "itertools.chain(books)",
  "consumed chain": "list(itertools.chain(books, books))",
  "chain from_iterable": "list(itertools.chain.from_iterable([books]))",
  islice: "itertools.islice(books, 2)",
  groupby: "itertools.groupby(books)",
  product: "itertools.product(books, books)",
  reduce: 'functools.reduce(max, books.values_list("pk", flat=True))',
  "random choice": "random.choice(books)",
  serialize: 'serializers.serialize("json", books)',
  "render to string": 'render_to_string("books.html", {"books": books})',
  template: 'Template("{% for book in books %}{{ book }}{% endfor %}").render(Context({"books": books}))',
  "prefetch related objects": 'prefetch_related_objects(books, "tags")',
  "iterator loop": "for _ in books.iterator():\n    pass",
  "iterator list": "list(books.iterator())",
  "last value": "[book for book in books][-1]",
  "nested method": "books.filter(pk=1).first()",
  "values list": 'list(books.values_list("pk", flat=True))',
  "in_bulk of chain": 'books.order_by("pk").in_bulk()',
  "empty iteration": "list(books.none())",
  "json dumps": 'json.dumps(list(books.values("pk")))',
};

/** Statements that need no receiver. */
const STATEMENTS: Readonly<Record<string, string>> = {
  "with atomic": "with transaction.atomic():\n    pass",
  "with atomic and query": "with transaction.atomic():\n    Book.objects.count()",
  "with cursor": 'with connection.cursor() as cursor:\n    cursor.execute("SELECT 1")\n    cursor.fetchall()',
  "with temporary connection": "with connection.temporary_connection():\n    pass",
  "with execute wrapper": "with connection.execute_wrapper(print):\n    pass",
  "with constraint checks disabled": "with connection.constraint_checks_disabled():\n    pass",
  "with mark for rollback": "with transaction.mark_for_rollback_on_error():\n    pass",
  "with schema editor": "with connection.schema_editor():\n    pass",
  "atomic decorator": "@transaction.atomic\ndef stored():\n    return 1\n\nstored()",
  "called atomic decorator": "@transaction.atomic()\ndef stored():\n    return 1\n\nstored()",
  "cursor of connections": 'connections["default"].cursor()',
  "close old connections": "close_old_connections()",
  "reset queries": "reset_queries()",
  "model constructor": 'Book(title="x", author_id=1)',
  "constructor and save": 'Book(title="x", author_id=1).save()',
  "save with fields": 'Book(pk=1, title="x", author_id=1).save(update_fields=["title"])',
  "default manager": "Book._default_manager.count()",
  "base manager": "Book._base_manager.count()",
  "user model": "get_user_model().objects.count()",
  "content type": "ContentType.objects.get_for_model(Book)",
  "site cache": "ContentType.objects.get_for_id(1)",
};

/** Reads of attributes: how the instance came to be, and what is read of it. */
const READS: Readonly<Record<string, readonly [setup: string, read: string]>> = {
  "foreign key": ["book = await Book.objects.aget(pk=1)", "book.author"],
  "foreign key of afirst": ["book = await Book.objects.afirst()", "book.author.name"],
  "foreign key of alast": ['book = await Book.objects.order_by("pk").alast()', "book.author.name"],
  "foreign key of alatest": ["book = await Book.objects.alatest()", "book.author.name"],
  "foreign key's value": ["book = await Book.objects.aget(pk=1)", "book.author_id"],
  "plain field": ["book = await Book.objects.aget(pk=1)", "book.title"],
  "primary key": ["book = await Book.objects.aget(pk=1)", "book.pk"],
  "after select_related": ['book = await Book.objects.select_related("author").aget(pk=1)', "book.author"],
  "after select_related of all": ["book = await Book.objects.select_related().aget(pk=1)", "book.author"],
  "beyond select_related": [
    'book = await Book.objects.select_related("author").aget(pk=1)',
    "book.author.publisher",
  ],
  "deep select_related": [
    'book = await Book.objects.select_related("author__publisher").aget(pk=1)',
    "book.author.publisher",
  ],
  "after prefetch_related": [
    'book = await Book.objects.prefetch_related("author").aget(pk=1)',
    "book.author",
  ],
  "after cleared select_related": [
    'book = await Book.objects.select_related("author").select_related(None).aget(pk=1)',
    "book.author",
  ],
  "nullable key that is set": ["book = await Book.objects.aget(pk=1)", "book.editor"],
  "one-to-one": ["cover = await Cover.objects.aget(pk=1)", "cover.book"],
  "reverse one-to-one": ["book = await Book.objects.aget(pk=1)", "book.cover"],
  "reverse one-to-one joined": ['book = await Book.objects.select_related("cover").aget(pk=1)', "book.cover"],
  "reverse manager": ["author = await Author.objects.aget(pk=1)", "author.books"],
  "reverse manager's rows": ["author = await Author.objects.aget(pk=1)", "list(author.books.all())"],
  "many-to-many manager": ["book = await Book.objects.aget(pk=1)", "book.tags"],
  "many-to-many rows": ["book = await Book.objects.aget(pk=1)", "list(book.tags.all())"],
  "prefetched rows": [
    'book = await Book.objects.prefetch_related("tags").aget(pk=1)',
    "list(book.tags.all())",
  ],
  "prefetched rows, filtered": [
    'book = await Book.objects.prefetch_related("tags").aget(pk=1)',
    'list(book.tags.filter(word="x"))',
  ],
  "prefetched rows, counted": [
    'book = await Book.objects.prefetch_related("tags").aget(pk=1)',
    "book.tags.count()",
  ],
  "prefetched rows, exist": [
    'book = await Book.objects.prefetch_related("tags").aget(pk=1)',
    "book.tags.exists()",
  ],
  "prefetched rows, first": [
    'book = await Book.objects.prefetch_related("tags").aget(pk=1)',
    "book.tags.first()",
  ],
  "prefetch object": [
    'book = await Book.objects.prefetch_related(Prefetch("tags")).aget(pk=1)',
    "list(book.tags.all())",
  ],
  "prefetch to attribute": [
    'book = await Book.objects.prefetch_related(Prefetch("tags", to_attr="words")).aget(pk=1)',
    "list(book.words)",
  ],
  "generic key": ["remark = await Remark.objects.aget(pk=1)", "remark.about"],
  "generic rows": ["book = await Book.objects.aget(pk=1)", "list(book.remarks.all())"],
  "deferred field": ['book = await Book.objects.defer("summary").aget(pk=1)', "book.summary"],
  "field left by only": ['book = await Book.objects.only("title").aget(pk=1)', "book.summary"],
  "field of only": ['book = await Book.objects.only("title").aget(pk=1)', "book.title"],
  "key of only": ['book = await Book.objects.only("title").aget(pk=1)', "book.pk"],
  "foreign key's value left by only": [
    'book = await Book.objects.only("title").aget(pk=1)',
    "book.author_id",
  ],
  "deferred, then all": ['book = await Book.objects.defer("summary").defer(None).aget(pk=1)', "book.summary"],
  "refreshed deferred field": [
    'book = await Book.objects.defer("summary").aget(pk=1)\nawait sync_to_async(book.refresh_from_db)(fields=["summary"])',
    "book.summary",
  ],
  created: ['book = await Book.objects.acreate(title="x", author_id=1)', "book.author"],
  "created with the instance": [
    'book = await Book.objects.acreate(title="x", author=await Author.objects.aget(pk=1))',
    "book.author",
  ],
  "got or created": [
    'book, _ = await Book.objects.aget_or_create(title="Dune 1", defaults={"author_id": 1})',
    "book.author",
  ],
  constructed: ['book = Book(title="x", author_id=1)', "book.author"],
  "constructed with the instance": [
    'book = Book(title="x", author=await Author.objects.aget(pk=1))',
    "book.author",
  ],
  "set by hand": [
    "book = await Book.objects.aget(pk=1)\nbook.author = await Author.objects.aget(pk=1)",
    "book.author",
  ],
  "key changed": [
    'book = await Book.objects.select_related("author").aget(pk=1)\nbook.author_id = 7',
    "book.author",
  ],
  "row of async for": ["async for book in Book.objects.all():\n    pass", "book.author"],
  "row of async for, joined": [
    'async for book in Book.objects.select_related("author"):\n    pass',
    "book.author",
  ],
  "rows of async comprehension": [
    "books = [book async for book in Book.objects.all()]",
    "[book.author for book in books]",
  ],
  "rows of async comprehension, joined": [
    'books = [book async for book in Book.objects.select_related("author")]',
    "[book.author for book in books]",
  ],
  "rows of sync_to_async list": [
    "books = await sync_to_async(list)(Book.objects.all())",
    "[book.author for book in books]",
  ],
  "rows of sync_to_async list, joined": [
    'books = await sync_to_async(list)(Book.objects.select_related("author"))',
    "[book.author for book in books]",
  ],
  "row of aiterator": ["async for book in Book.objects.aiterator():\n    pass", "book.author"],
  "row of ain_bulk": ["found = await Book.objects.ain_bulk([1])", "found[1].author"],
  "row of aget_object": [
    "book = await sync_to_async(shortcuts.get_object_or_404)(Book, pk=1)",
    "book.author",
  ],
  "fetched queryset": ["books = Book.objects.all()\nasync for _ in books:\n    pass", "len(books)"],
  "queryset kept unfetched": ["books = Book.objects.all()", "len(books)"],
  "refined after fetching": [
    "books = Book.objects.all()\nasync for _ in books:\n    pass",
    "list(books.filter(pk=1))",
  ],
  "property that loads": ["book = await Book.objects.aget(pk=1)", "book.byline"],
  "property, joined": ['book = await Book.objects.select_related("author").aget(pk=1)', "book.byline"],
  "method that loads": ["book = await Book.objects.aget(pk=1)", "book.headline()"],
  "method, joined": ['book = await Book.objects.select_related("author").aget(pk=1)', "book.headline()"],
  "str that loads": ["review = await Review.objects.aget(pk=1)", "str(review)"],
  "f-string that loads": ["review = await Review.objects.aget(pk=1)", 'f"{review}"'],
  "print that loads": ["review = await Review.objects.aget(pk=1)", "print(review)"],
  "str, joined": ['review = await Review.objects.select_related("book").aget(pk=1)', "str(review)"],
  "str without loading": ["book = await Book.objects.aget(pk=1)", "str(book)"],
  "getattr of a relation": ["book = await Book.objects.aget(pk=1)", 'getattr(book, "author")'],
  "hasattr of a relation": ["book = await Book.objects.aget(pk=1)", 'hasattr(book, "author")'],
  "second read": [
    "book = await Book.objects.aget(pk=1)\nawait sync_to_async(lambda: book.author)()",
    "book.author",
  ],
  "values row": ['row = await Book.objects.values("author__name").afirst()', 'row["author__name"]'],
  "next by date": ["book = await Book.objects.aget(pk=1)", "book.get_next_by_published()"],
  "previous by date": ["book = await Book.objects.aget(pk=2)", "book.get_previous_by_published()"],
  "awaited parent": [
    'book = await Book.objects.select_related("author").aget(pk=1)\nauthor = book.author',
    "author.publisher",
  ],
};

const PARAMETER_TYPES: readonly (readonly [string, string])[] = [
  ["book", "Book"],
  ["cover", "Cover"],
  ["author", "Author"],
  ["remark", "Remark"],
  ["review", "Review"],
  ["books", "QuerySet"],
  ["found", "dict"],
  ["row", "dict"],
];

/** Lines that only coroutines can hold. */
const ASYNC_USES: Readonly<Record<string, string>> = {
  "async for": "async for _ in Book.objects.all():\n    pass",
  "async for over a manager's method": "async for _ in Book.objects.filter(pk=1):\n    pass",
  "async list comprehension": "[book async for book in Book.objects.all()]",
  "async for over values": 'async for _ in Book.objects.values("pk"):\n    pass',
  "async for over raw": 'async for _ in Book.objects.raw("SELECT * FROM shop_book"):\n    pass',
  "async for over a relation":
    "book = await Book.objects.aget(pk=1)\nasync for _ in book.tags.all():\n    pass",
  "fetched by async for, then used":
    "books = Book.objects.all()\nasync for _ in books:\n    pass\nlen(books), bool(books), list(books), books[0]",
  "for over a fetched list": "for _ in [book async for book in Book.objects.all()]:\n    pass",
  "async lambda in thread": "await sync_to_async(lambda: Book.objects.count())()",
  "lambda in to_thread": "await asyncio.to_thread(lambda: list(Book.objects.all()))",
  "bound method in thread": "await sync_to_async(Book.objects.count)()",
  "builtin in thread": "await sync_to_async(list)(Book.objects.all())",
  "partial in thread": "await asyncio.to_thread(functools.partial(Book.objects.get, pk=1))",
  "argument evaluated before the thread": "await asyncio.to_thread(print, Book.objects.count())",
  "argument of a wrapped function": "await sync_to_async(print)(Book.objects.count())",
  "called instead of handed": "await sync_to_async(Book.objects.count())()",
  "awaiting a sync method": "await Book.objects.count()",
  "thread inside gather": "await asyncio.gather(sync_to_async(Book.objects.count)(), Book.objects.acount())",
  "coroutine in wait_for": "await asyncio.wait_for(Book.objects.acount(), 5)",
  "coroutine in a task group":
    "async with asyncio.TaskGroup() as group:\n    group.create_task(Book.objects.acount())",
  "coroutine kept, then awaited": "pending = Book.objects.acount()\nawait pending",
  "coroutine never awaited": "Book.objects.acount()",
  "sync in async comprehension": "[Book.objects.count() async for book in Book.objects.all()]",
  "sync in async for body": "async for book in Book.objects.all():\n    book.save()",
  "sync in except": "try:\n    raise ValueError\nexcept ValueError:\n    Book.objects.count()",
  "sync in finally": "try:\n    pass\nfinally:\n    Book.objects.count()",
  "sync in with": "with contextlib.suppress(ValueError):\n    Book.objects.count()",
  "sync in default argument": "def later(number=Book.objects.count()):\n    return number",
  "sync in a nested function that is called": "def inner():\n    return Book.objects.count()\n\ninner()",
  "sync in a lambda that is called": "(lambda: Book.objects.count())()",
  "sync in an immediate generator": "list(book.pk for book in Book.objects.all())",
  "sync in a walrus": "if (number := Book.objects.count()):\n    print(number)",
  "async_to_sync in a thread": "await asyncio.to_thread(async_to_sync(Book.objects.acount))",
};

export function djangoSnippets(): Snippet[] {
  const given: Given = {
    setup: ["books = Book.objects.filter(pk__gt=0)"],
    parameters: [of("books", "QuerySet")],
  };
  const raw: Given = {
    setup: ['books = Book.objects.raw("SELECT * FROM shop_book")'],
    parameters: [of("books", "RawQuerySet")],
  };
  const related: Given = both(BOOK, {
    setup: ["books = book.tags.all()"],
    parameters: [of("books", "QuerySet")],
  });
  return [
    ...snippets("use of a queryset", USES, given),
    ...snippets("use of a raw queryset", rawUses(), raw),
    ...snippets("use of related rows", relatedUses(), {
      ...related,
      parameters: related.parameters.slice(1),
    }),
    ...snippets("statement", STATEMENTS, NOTHING),
    ...Object.entries(READS).map(([name, [setup, read]]) => readSnippet(name, setup, read)),
    ...Object.entries(ASYNC_USES).map(
      ([name, lines]): Snippet => ({
        id: `coroutine.${name}`,
        subject: "coroutine",
        kind: "async",
        lines: lines.split("\n"),
        ...NOTHING,
      }),
    ),
  ];
}

function snippets(subject: string, uses: Readonly<Record<string, string>>, given: Given): Snippet[] {
  return Object.entries(uses).map(([name, lines]) => ({
    id: `${subject}.${name}`,
    subject,
    kind: "sync",
    lines: lines.split("\n"),
    ...given,
  }));
}

function readSnippet(name: string, setup: string, read: string): Snippet {
  const bound = PARAMETER_TYPES.filter(([parameter]) => {
    const isMade = new RegExp(`^(?:async for )?${parameter}(?:, _)? (?:=|in) `, "m").test(setup);
    return isMade && new RegExp(`(?<!\\.)\\b${parameter}\\b`).test(read);
  });
  const isList = /\[book async|\(list\)/.test(setup);
  return {
    id: `read.${name}`,
    subject: "read",
    kind: "sync",
    lines: [read],
    setup: setup.split("\n"),
    parameters: bound.map(([parameter, type]) =>
      of(parameter, isList && parameter === "books" ? "list" : type),
    ),
  };
}

/** What a RawQuerySet has not: methods that go on building, and operators. */
function rawUses(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(USES).filter(
      ([name, code]) => !/books\.(?!iterator|model\b)|[&|^] Book|pk__in/.test(code) && name !== "reduce",
    ),
  );
}

function relatedUses(): Record<string, string> {
  const names = ["for loop", "len", "bool", "list", "index", "slice", "repr", "in", "f-string", "or"];
  return Object.fromEntries(names.map((name) => [name, USES[name] ?? ""]));
}
