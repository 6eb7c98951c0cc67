// Attributes of mapped instances, by how the instance came to be, what was loaded with it, and how the mapping loads.
import type { Snippet } from "../snippet.ts";
import { type Given, of, plus, SESSION } from "./subjects.ts";

const GOT = "order = await session.get(Order, 1)";
const KEEPING: Given = { ...SESSION, within: "async with make_keeping_session() as session:" };

/** How `order` comes to be. */
const ORIGINS: Readonly<Record<string, string>> = {
  get: GOT,
  get_one: "order = await session.get_one(Order, 1)",
  scalar: "order = await session.scalar(select(Order))",
  "scalars first": "order = (await session.scalars(select(Order))).first()",
  "scalars one": "order = (await session.scalars(select(Order).where(Order.id == 1))).one()",
  "scalars all": "order = (await session.scalars(select(Order))).all()[0]",
  "scalars loop": "for order in await session.scalars(select(Order)):\n    pass",
  "execute scalar_one": "order = (await session.execute(select(Order).where(Order.id == 1))).scalar_one()",
  "execute scalars": "order = (await session.execute(select(Order))).scalars().first()",
  "execute row": "(order,) = (await session.execute(select(Order))).first()",
  "execute loop": "for (order,) in await session.execute(select(Order)):\n    pass",
  "execute unique": "order = (await session.execute(select(Order))).unique().scalars().first()",
  "stream loop": "async for (order,) in await session.stream(select(Order)):\n    pass",
  "stream_scalars loop": "async for order in await session.stream_scalars(select(Order)):\n    pass",
  merged: "order = await session.merge(Order(id=1, number=1, customer_id=1))",
  "added and flushed": "order = Order(number=5, customer_id=1)\nsession.add(order)\nawait session.flush()",
  "added with its relations":
    'order = Order(number=5, customer=Customer(name="x"), items=[])\nsession.add(order)\nawait session.flush()',
  "added and committed": "order = Order(number=5, customer_id=1)\nsession.add(order)\nawait session.commit()",
  "added, committed, refreshed":
    "order = Order(number=5, customer_id=1)\nsession.add(order)\nawait session.commit()\nawait session.refresh(order)",
  "got and committed": "order = await session.get(Order, 1)\nawait session.commit()",
  "got, committed, refreshed":
    "order = await session.get(Order, 1)\nawait session.commit()\nawait session.refresh(order)",
  "got, committed, got again":
    "order = await session.get(Order, 1)\nawait session.commit()\norder = await session.get(Order, 1)",
  "got, read, committed": "order = await session.get(Order, 1)\nprint(order.number)\nawait session.commit()",
  "got and rolled back": "order = await session.get(Order, 1)\nawait session.rollback()",
  "got and expired": "order = await session.get(Order, 1)\nsession.expire(order)",
  "got and expired in part": 'order = await session.get(Order, 1)\nsession.expire(order, ["number"])',
  "got, all expired": "order = await session.get(Order, 1)\nsession.expire_all()",
  "got and expunged": "order = await session.get(Order, 1)\nsession.expunge(order)",
  "got, session closed": "order = await session.get(Order, 1)\nawait session.close()",
  "got in a transaction that ended": "async with session.begin():\n    order = await session.get(Order, 1)",
  "refreshed items": 'order = await session.get(Order, 1)\nawait session.refresh(order, ["items"])',
  "refreshed customer":
    'order = await session.get(Order, 1)\nawait session.refresh(order, attribute_names=["customer"])',
  "items awaited": "order = await session.get(Order, 1)\nawait order.awaitable_attrs.items",
  "customer awaited": "order = await session.get(Order, 1)\nawait order.awaitable_attrs.customer",
  "customer set": 'order = await session.get(Order, 1)\norder.customer = Customer(name="x")',
  "customer in the session": "customer = await session.get(Customer, 1)\norder = await session.get(Order, 1)",
  "loaded in run_sync": "order = await session.get(Order, 1)\nawait session.run_sync(lambda _: order.items)",
  "helper's": "order = await shop_helpers.find_order(session)",
  "helper's, with items": "order = await shop_helpers.find_order_with_items(session)",
  "helper's, committed": "order = await session.get(Order, 1)\nawait shop_helpers.store(session)",
  "helper's, created": "order = await shop_helpers.create_order(session)",
};

const READ_OF_EACH = ["order.number", "order.items", "order.customer"] as const;

/** What is read of an order that was just got. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  key: "order.id",
  column: "order.number",
  "foreign key": "order.customer_id",
  "deferred column": "order.note",
  "deferred by function": "order.scan",
  "server default": "order.made",
  "column property": "order.double",
  collection: "order.items",
  "length of a collection": "len(order.items)",
  "loop over a collection": "for item in order.items:\n    pass",
  "truth of a collection": "bool(order.items)",
  "append to a collection": "order.items.append(Item(product_id=1))",
  "many-to-one": "order.customer",
  "attribute of many-to-one": "order.customer.name",
  "many-to-many": "order.tags",
  "backref of one": "order.invoice",
  "backref with a loader": "order.parcels",
  "lazy select": "order.by_select",
  "lazy True": "order.by_true",
  "lazy selectin": "order.by_selectin",
  "lazy joined": "order.by_joined",
  "lazy False": "order.by_false",
  "lazy subquery": "order.by_subquery",
  "lazy immediate": "order.by_immediate",
  "lazy raise": "order.by_raise",
  "lazy raise_on_sql": "order.by_raise_on_sql",
  "lazy noload": "order.by_noload",
  "lazy write_only": "order.by_write_only",
  "write_only statement": "order.by_write_only.select()",
  "lazy dynamic": "order.by_dynamic",
  "dynamic list": "list(order.by_dynamic)",
  "dynamic all": "order.by_dynamic.all()",
  "dynamic count": "order.by_dynamic.count()",
  "dynamic filter": "order.by_dynamic.filter(Item.id > 1)",
  "dynamic filter all": "order.by_dynamic.filter(Item.id > 1).all()",
  getattr: 'getattr(order, "items")',
  property: "order.label",
  "property that loads": "order.summary",
  "method that loads": "order.total()",
  "awaitable_attrs unused": "order.awaitable_attrs",
  repr: "repr(order)",
  "in session": "order in session",
  equality: "order == order",
  "set a column": "order.number = 7",
  "set a many-to-one": 'order.customer = Customer(name="x")',
  "set a collection": "order.items = []",
  "model's attribute": "Order.items",
};

/** Loader options, and what is read afterwards. */
const OPTIONS: Readonly<Record<string, readonly [options: string, read: string]>> = {
  selectinload: ["selectinload(Order.items)", "order.items"],
  joinedload: ["joinedload(Order.customer)", "order.customer"],
  "joinedload of many": ["joinedload(Order.items)", "order.items"],
  subqueryload: ["subqueryload(Order.items)", "order.items"],
  immediateload: ["immediateload(Order.items)", "order.items"],
  "selectinload of another": ["selectinload(Order.tags)", "order.items"],
  lazyload: ["lazyload(Order.items)", "order.items"],
  "lazyload of an eager one": ["lazyload(Order.by_selectin)", "order.by_selectin"],
  raiseload: ["raiseload(Order.items)", "order.items"],
  "raiseload of all": ['raiseload("*")', "order.items"],
  noload: ["noload(Order.items)", "order.items"],
  "noload of an eager one": ["noload(Order.by_selectin)", "order.by_selectin"],
  "selectinload of all": ['selectinload("*")', "order.items"],
  defer: ["defer(Order.number)", "order.number"],
  "defer, another read": ["defer(Order.number)", "order.customer_id"],
  undefer: ["undefer(Order.note)", "order.note"],
  load_only: ["load_only(Order.number)", "order.number"],
  "load_only, another read": ["load_only(Order.number)", "order.customer_id"],
  "load_only, relation": ["load_only(Order.number)", "order.items"],
  "chain, first": ["selectinload(Order.items).joinedload(Item.product)", "order.items"],
  "chain, second": [
    "selectinload(Order.items).joinedload(Item.product)",
    "[item.product for item in order.items]",
  ],
  "beyond the chain": ["selectinload(Order.items)", "[item.product for item in order.items]"],
  "back of the chain": ["selectinload(Order.items)", "[item.order for item in order.items]"],
  "options of selectinload": [
    "selectinload(Order.items).options(joinedload(Item.product))",
    "[item.product for item in order.items]",
  ],
  defaultload: [
    "defaultload(Order.by_selectin).joinedload(Item.product)",
    "[item.product for item in order.by_selectin]",
  ],
  "load_only of a relation": [
    "selectinload(Order.items).load_only(Item.product_id)",
    "[item.product_id for item in order.items]",
  ],
  "load_only of a relation, another read": [
    "selectinload(Order.items).load_only(Item.product_id)",
    "[item.order_id for item in order.items]",
  ],
  "several options": ["selectinload(Order.items), joinedload(Order.customer)", "order.items, order.customer"],
};

/** Uses of sessions and statements that are no single method. */
const ASYNC_USES: Readonly<Record<string, string>> = {
  "result of an unawaited execute": "session.execute(select(Order)).all()",
  "scalars of an unawaited execute": "session.execute(select(Order)).scalars()",
  "unawaited commit": "session.commit()",
  "unawaited delete": "session.delete(await session.get(Order, 1))",
  "unawaited refresh": "session.refresh(await session.get(Order, 1))",
  "async for over stream": "async for _ in await session.stream(select(Order)):\n    pass",
  "async for over stream_scalars": "async for _ in await session.stream_scalars(select(Order)):\n    pass",
  "stream in async with":
    "async with engine.connect() as connection:\n    async with connection.stream(select(Order)) as result:\n        async for _ in result:\n            pass",
  "for over scalars": "for _ in await session.scalars(select(Order)):\n    pass",
  "select alone": "select(Order).where(Order.id == 1)",
  "text of select": "str(select(Order))",
  "begin in async with": "async with session.begin():\n    session.add(Order(number=5, customer_id=1))",
  "begin_nested in async with": "async with session.begin_nested():\n    pass",
  "sessionmaker begin": "async with make_session.begin() as inner:\n    await inner.get(Order, 1)",
  "engine begin": 'async with engine.begin() as connection:\n    await connection.execute(text("SELECT 1"))',
  "create_all in run_sync":
    "async with engine.begin() as connection:\n    await connection.run_sync(Base.metadata.create_all)",
  "create_all of an async engine's sync one": "Base.metadata.create_all(engine.sync_engine)",
  "query in run_sync": "await session.run_sync(lambda inner: inner.query(Order).all())",
  "query in run_sync, lazy": "await session.run_sync(lambda inner: inner.query(Order).first().items)",
  "write_only rows":
    "order = await session.get(Order, 1)\n(await session.scalars(order.by_write_only.select())).all()",
  "awaited attribute": "order = await session.get(Order, 1)\nawait order.awaitable_attrs.items",
  "awaited deferred": "order = await session.get(Order, 1)\nawait order.awaitable_attrs.note",
  "unawaited attribute": "order = await session.get(Order, 1)\norder.awaitable_attrs.items",
  gathered: "await asyncio.gather(session.get(Order, 1))",
  "execute in a task": "await asyncio.create_task(session.execute(select(Order)))",
  "read between awaits":
    "order = await session.get(Order, 1)\nnumber = order.number\nawait session.commit()\nprint(number)",
  "key after commit": "order = await session.get(Order, 1)\nawait session.commit()\nprint(order.id)",
  "column set, then committed":
    "order = await session.get(Order, 1)\norder.number = 3\nawait session.commit()",
  "column set after commit, read":
    "order = await session.get(Order, 1)\nawait session.commit()\norder.number = 3\nprint(order.number)",
  "onupdate after flush":
    "order = await session.get(Order, 1)\norder.number = 3\nawait session.flush()\nprint(order.changed)",
  "comprehension over rows": "[order.items for order in await session.scalars(select(Order))]",
  "comprehension over joined rows":
    "[order.items for order in await session.scalars(select(Order).options(selectinload(Order.items)))]",
  contains_eager:
    "found = await session.scalars(select(Order).join(Order.customer).options(contains_eager(Order.customer)))\nprint(found.first().customer)",
  "join without option":
    "found = await session.scalars(select(Order).join(Order.customer))\nprint(found.first().customer)",
  "columns of a row":
    "for number, key in await session.execute(select(Order.number, Order.id)):\n    print(number, key)",
  "entity and column":
    "for order, name in await session.execute(select(Order, Customer.name).join(Order.customer)):\n    print(order.number, name)",
  "relation of an entity in a row":
    "for order, name in await session.execute(select(Order, Customer.name).join(Order.customer)):\n    print(order.items)",
  "lazy in another coroutine": "await shop_helpers.read_items(await session.get(Order, 1))",
  "loaded in another coroutine":
    "await shop_helpers.read_items(await shop_helpers.find_order_with_items(session))",
};

const HOW_SYNC: readonly string[] = ["list", "tuple"];

export function sqlalchemySnippets(): Snippet[] {
  const order = of("order", "Order");
  return [
    ...Object.entries(ORIGINS).flatMap(([name, setup]) =>
      READ_OF_EACH.map((read) =>
        sync(
          "origin",
          `${name}: ${read.slice("order.".length)}`,
          [read],
          only(plus(SESSION, setup, order), read),
        ),
      ),
    ),
    ...["got and committed", "added and committed", "got and rolled back"].flatMap((name) =>
      READ_OF_EACH.map((read) =>
        sync(
          "kept origin",
          `${name}: ${read.slice("order.".length)}`,
          [read],
          only(plus(KEEPING, ORIGINS[name] ?? "", order), read),
        ),
      ),
    ),
    ...Object.entries(ATTRIBUTES).map(([name, read]) =>
      sync("attribute", name, read.split("\n"), only(plus(SESSION, GOT, order), read)),
    ),
    ...Object.entries(OPTIONS).map(([name, [options, read]]) =>
      sync(
        "option",
        name,
        [read],
        only(plus(SESSION, `order = await session.scalar(select(Order).options(${options}))`, order), read),
      ),
    ),
    ...Object.entries(OPTIONS)
      .slice(0, 4)
      .map(([name, [options, read]]) =>
        sync(
          "option of get",
          name,
          [read],
          only(plus(SESSION, `order = await session.get(Order, 1, options=[${options}])`, order), read),
        ),
      ),
    ...HOW_SYNC.map((name) =>
      sync(
        "attribute",
        `${name} of a collection`,
        [`${name}(order.items)`],
        only(plus(SESSION, GOT, order), "order"),
      ),
    ),
    ...Object.entries(ASYNC_USES).map(
      ([name, lines]): Snippet => ({
        id: `coroutine.${name}`,
        subject: "coroutine",
        kind: "async",
        lines: lines.split("\n"),
        ...SESSION,
      }),
    ),
  ];
}

function sync(subject: string, name: string, lines: readonly string[], given: Given): Snippet {
  return { id: `${subject}.${name}`, subject, kind: "sync", lines, ...given };
}

/** The parameters whose names the code has. */
function only(given: Given, code: string): Given {
  const isUsed = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(code);
  return { ...given, parameters: given.parameters.filter(({ name }) => isUsed(name)) };
}
