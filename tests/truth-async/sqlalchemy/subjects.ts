// How the public members of SQLAlchemy's asyncio extension are used: receivers, and arguments where a member needs some.
import type { Subject } from "../member-snippets.ts";
import type { Parameter, Snippet } from "../snippet.ts";

export type Given = Pick<Snippet, "setup" | "parameters" | "within">;

export function of(name: string, type: string): Parameter {
  return { name, type };
}

export const SESSION: Given = {
  within: "async with make_session() as session:",
  setup: [],
  parameters: [of("session", "AsyncSession")],
};
const ORDER: Given = plus(SESSION, "order = await session.get(Order, 1)", of("order", "Order"));
const PENDING: Given = plus(ORDER, "session.add(Order(number=5, customer_id=1))");
const CONNECTION: Given = {
  within: "async with engine.connect() as connection:",
  setup: [],
  parameters: [of("connection", "AsyncConnection")],
};

/** What stands, and one line more. */
export function plus(given: Given, line: string, ...parameters: readonly Parameter[]): Given {
  return {
    ...given,
    setup: [...given.setup, ...line.split("\n")],
    parameters: [...given.parameters, ...parameters],
  };
}

const ONE = "select(Order).where(Order.id == 1)";

const SESSION_ARGUMENTS = {
  add: "Order(number=5)",
  add_all: "[Order(number=5)]",
  bind_mapper: "Order, engine.sync_engine",
  bind_table: "Order.__table__, engine.sync_engine",
  bulk_insert_mappings: 'Order, [{"number": 5, "customer_id": 1}]',
  bulk_save_objects: "[Order(number=5, customer_id=1)]",
  bulk_update_mappings: 'Order, [{"id": 2, "number": 5}]',
  configure: "",
  delete: "order",
  enable_relationship_loading: "order",
  execute: ONE,
  expire: "order",
  expunge: "order",
  get: "Order, 2",
  get_one: "Order, 2",
  identity_key: "Order, 1",
  is_modified: "order",
  merge: "Order(id=2, number=4, customer_id=1)",
  object_session: "order",
  query: "Order",
  refresh: "order",
  run_sync: "lambda _: 1",
  scalar: ONE,
  scalars: ONE,
  stream: ONE,
  stream_scalars: ONE,
};

const CONNECTION_ARGUMENTS = {
  commit_prepared: '"x"',
  exec_driver_sql: '"SELECT 1"',
  execute: 'text("SELECT 1")',
  rollback_prepared: '"x"',
  run_sync: "lambda _: 1",
  scalar: 'text("SELECT 1")',
  scalars: 'text("SELECT 1")',
  schema_for_object: "Order.__table__",
  stream: 'text("SELECT 1")',
  stream_scalars: 'text("SELECT 1")',
};

const RESULT_ARGUMENTS = {
  columns: "0",
  merge: "result",
  splice_horizontally: "result",
  splice_vertically: "result",
  yield_per: "1",
};

const INTERNAL = "made for SQLAlchemy's own compilers and dialects";
const RESULT_LEFT_OUT = {
  connection: INTERNAL,
  context: INTERNAL,
  cursor: INTERNAL,
  cursor_strategy: INTERNAL,
  dialect: INTERNAL,
  splice_horizontally: INTERNAL,
  splice_vertically: INTERNAL,
};

export const SQLALCHEMY_SUBJECTS: readonly Subject[] = [
  subject("AsyncSession", "session", SESSION_ARGUMENTS, ORDER),
  subject("async_scoped_session", "scoped_session", SESSION_ARGUMENTS, {
    setup: ["order = await scoped_session.get(Order, 1)"],
    parameters: [of("order", "Order")],
  }),
  subject("Session", "session.sync_session", SESSION_ARGUMENTS, PENDING, {
    connection_callable: INTERNAL,
    dispatch: INTERNAL,
  }),
  subject("AsyncConnection", "connection", CONNECTION_ARGUMENTS, CONNECTION),
  subject("Connection", "connection.sync_connection", CONNECTION_ARGUMENTS, CONNECTION, {
    dispatch: INTERNAL,
    should_close_with_result: INTERNAL,
  }),
  subject("AsyncEngine", "engine", {}, { setup: [], parameters: [] }),
  subject(
    "AsyncTransaction",
    "transaction",
    {},
    plus(CONNECTION, "transaction = await connection.begin()", of("transaction", "AsyncTransaction")),
  ),
  subject(
    "AsyncSessionTransaction",
    "transaction",
    {},
    plus(SESSION, "transaction = await session.begin()", of("transaction", "AsyncSessionTransaction")),
  ),
  subject(
    "AsyncResult",
    "result",
    RESULT_ARGUMENTS,
    plus(SESSION, `result = await session.stream(${ONE})`, of("result", "AsyncResult")),
  ),
  subject(
    "AsyncScalarResult",
    "result",
    RESULT_ARGUMENTS,
    plus(SESSION, `result = await session.stream_scalars(${ONE})`, of("result", "AsyncScalarResult")),
  ),
  subject(
    "AsyncMappingResult",
    "result",
    RESULT_ARGUMENTS,
    plus(SESSION, `result = (await session.stream(${ONE})).mappings()`, of("result", "AsyncMappingResult")),
  ),
  subject(
    "CursorResult",
    "result",
    RESULT_ARGUMENTS,
    plus(
      CONNECTION,
      'result = await connection.execute(text("UPDATE orders SET number = 3"))',
      of("result", "Result"),
    ),
    RESULT_LEFT_OUT,
  ),
  subject(
    "Result",
    "result",
    RESULT_ARGUMENTS,
    plus(SESSION, `result = await session.execute(${ONE})`, of("result", "Result")),
  ),
  subject(
    "ScalarResult",
    "result",
    RESULT_ARGUMENTS,
    plus(SESSION, `result = await session.scalars(${ONE})`, of("result", "ScalarResult")),
  ),
  subject(
    "MappingResult",
    "result",
    RESULT_ARGUMENTS,
    plus(SESSION, `result = (await session.execute(${ONE})).mappings()`, of("result", "MappingResult")),
  ),
  subject("WriteOnlyCollection", "order.by_write_only", collectionArguments(), ORDER),
  subject("AppenderQuery", "order.by_dynamic", collectionArguments(), ORDER),
  subject("async_sessionmaker", "make_session", {}, { setup: [], parameters: [] }),
];

function subject(
  name: string,
  receiver: string,
  given: Readonly<Record<string, string>>,
  { parameters, setup, within }: Given,
  leftOut: Readonly<Record<string, string>> = {},
): Subject {
  return {
    name,
    of: name,
    receiver,
    setup,
    parameters,
    arguments: given,
    leftOut,
    ...(within !== undefined && { within }),
  };
}

function collectionArguments(): Record<string, string> {
  return {
    add: "Item(product_id=1)",
    add_all: "[Item(product_id=1)]",
    append: "Item(product_id=1)",
    extend: "[Item(product_id=1)]",
    remove: "Item(product_id=1)",
  };
}
