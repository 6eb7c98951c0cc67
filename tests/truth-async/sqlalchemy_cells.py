"""Finds the members of SQLAlchemy's asyncio extension, and runs cells: coroutines of a generated project, one by one.

    sqlalchemy_cells.py members OUT                 names and kinds of all public members, by subject
    sqlalchemy_cells.py observe PROJECT CELLS OUT   what each cell of the list did

A cell raises when MissingGreenlet comes out of it. Every cell starts from the same rows.
"""

import asyncio
import inspect
import json
import os
import shutil
import sys
import warnings

# What a wrong argument in the tables looks like: such a cell says nothing about the library.
FAULTY = ("TypeError", "AttributeError", "NameError", "ImportError", "ArgumentError", "ModuleNotFoundError")


def kind_of(member):
    if inspect.isasyncgenfunction(member):
        return "asyncgen"
    if inspect.iscoroutinefunction(member):
        return "coroutine"
    return "call" if callable(member) and not inspect.isclass(member) else "value"


def public(thing):
    found = {}
    for name in dir(thing):
        # Descriptors that classes of the library use in their own bodies.
        if name.startswith("_") or name.startswith("memoized_"):
            continue
        member = inspect.getattr_static(thing, name)
        if isinstance(member, (classmethod, staticmethod)):
            member = member.__func__
        found[name] = kind_of(member)
    return found


def members():
    from sqlalchemy import engine
    from sqlalchemy.ext import asyncio as extension
    from sqlalchemy.orm import Query, Session, WriteOnlyCollection
    from sqlalchemy.orm.dynamic import AppenderQuery

    classes = [
        extension.AsyncSession,
        extension.AsyncConnection,
        extension.AsyncEngine,
        extension.AsyncTransaction,
        extension.AsyncSessionTransaction,
        extension.AsyncResult,
        extension.AsyncScalarResult,
        extension.AsyncMappingResult,
        extension.async_scoped_session,
        extension.async_sessionmaker,
        engine.CursorResult,
        engine.Result,
        engine.ScalarResult,
        engine.MappingResult,
        engine.Connection,
        Session,
        WriteOnlyCollection,
    ]
    found = {one.__name__: public(one) for one in classes}
    dynamic = {name: kind for name, kind in public(AppenderQuery).items() if name not in public(Query)}
    return {**found, "AppenderQuery": dynamic}


def start_project(folder):
    os.chdir(folder)
    sys.path.insert(0, folder)
    asyncio.run(fill())
    shutil.copy("shop.sqlite3", "template.sqlite3")


async def fill():
    from shop.db import engine, make_session
    from shop.models import Base, Customer, Invoice, Item, Order, Parcel, Product, Store, Tag

    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with make_session() as session:
        customer = Customer(name="Paul")
        session.add(Store(id=1))
        for number in (1, 2):
            product = Product(name="tent")
            items = [Item(product=product), Item(product=product)]
            order = Order(number=number, customer=customer, items=items, tags=[Tag(word=f"sand {number}")])
            session.add_all([order, Invoice(order=order), Parcel(order=order)])
        await session.commit()
    await engine.dispose()


def has_cause(error, name):
    seen = set()
    while error is not None and id(error) not in seen:
        if type(error).__name__ == name:
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def observe(project, cells):
    from importlib import import_module

    start_project(project)
    from shop.db import engine, scoped_session

    # Connections that a cell leaves open are closed after it; that they were open is no concern here.
    import logging

    logging.disable(logging.CRITICAL)

    async def run(cell):
        try:
            await cell()
        finally:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    await scoped_session.remove()
                finally:
                    await engine.dispose()

    outcomes, faults = {}, []
    for cell in cells:
        shutil.copy("template.sqlite3", "shop.sqlite3")
        with warnings.catch_warnings(record=True) as noticed:
            warnings.simplefilter("always")
            try:
                asyncio.run(run(getattr(import_module(cell["module"]), cell["function"])))
                outcome = "fine"
            except BaseException as error:
                kind = type(error).__name__
                outcome = "raises" if has_cause(error, "MissingGreenlet") else f"other {kind}"
                if kind == "AttributeError" and "'coroutine' object" in str(error):
                    outcome = "unawaited"
                if outcome.startswith("other") and kind in FAULTY:
                    faults.append(f"{cell['id']}: {kind}: {error}")
        # The library starts coroutines of its own when a read fails; only those that the cell makes count.
        if outcome == "fine" and any("was never awaited" in str(one.message) for one in noticed):
            outcome = "unawaited"
        outcomes[cell["id"]] = outcome
    return {"outcomes": outcomes, "faults": faults}


def versions():
    from importlib.metadata import version

    python = ".".join(map(str, sys.version_info[:3]))
    return {"Python": python, "SQLAlchemy": version("SQLAlchemy"), "aiosqlite": version("aiosqlite")}


def main(command, *paths):
    if command == "members":
        made, out = members(), paths[0]
    else:
        project, cells, out = paths
        with open(cells) as file:
            made = observe(project, json.load(file))
    with open(out, "w") as file:
        json.dump({"versions": versions(), "result": made}, file, sort_keys=True)


main(*sys.argv[1:])
