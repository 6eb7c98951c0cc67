"""Finds the members of Django's classes, and runs cells: coroutines of a generated project, one after the other.

    django_cells.py members OUT                 names and kinds of all public members, by subject
    django_cells.py observe PROJECT CELLS OUT   what each cell of the list did

A cell raises when SynchronousOnlyOperation comes out of it. Every cell starts from the same rows.
"""

import asyncio
import datetime
import inspect
import json
import os
import sqlite3
import sys
import warnings

os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)

# What a wrong argument in the tables looks like: such a cell says nothing about the library.
FAULTY = ("TypeError", "AttributeError", "NameError", "ImportError", "FieldError", "KeyError", "FieldDoesNotExist")


def kind_of(member):
    # A manager's methods are plain functions around the queryset's.
    member = inspect.unwrap(member) if callable(member) else member
    if inspect.isasyncgenfunction(member):
        return "asyncgen"
    if inspect.iscoroutinefunction(member):
        return "coroutine"
    return "call" if callable(member) and not inspect.isclass(member) else "value"


def public(thing):
    found = {}
    for name in dir(thing):
        if name.startswith("_"):
            continue
        member = inspect.getattr_static(thing, name)
        if isinstance(member, (classmethod, staticmethod)):
            member = member.__func__
        if isinstance(member, property) or inspect.isdatadescriptor(member):
            found[name] = "value"
        else:
            found[name] = kind_of(member)
    return found


def functions_of(module):
    return {
        name: kind_of(member)
        for name, member in vars(module).items()
        if not name.startswith("_")
        and callable(member)
        and getattr(member, "__module__", None) == module.__name__
        and not (inspect.isclass(member) and issubclass(member, Exception))
    }


def members():
    from django.conf import settings

    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    )
    import django

    django.setup()
    import django.shortcuts
    from django.contrib import auth
    from django.contrib.auth.models import AnonymousUser, User, UserManager
    from django.contrib.contenttypes.fields import create_generic_related_manager
    from django.core.paginator import Paginator
    from django.db import connection, connections, models, transaction
    from django.db.models.query import RawQuerySet

    class Place(models.Model):
        class Meta:
            app_label = "places"

    class Visit(models.Model):
        place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="visits")
        guides = models.ManyToManyField(Place, related_name="guided")

        class Meta:
            app_label = "places"

    cursor = connection.cursor()
    base, manager = public(models.Model), public(models.Manager)
    generic = create_generic_related_manager(models.Manager, models.ManyToOneRel(None, None, "rel"))
    user = {name: kind for name, kind in callables(User).items() if name not in base}
    return {
        "QuerySet": public(models.QuerySet),
        "RawQuerySet": public(RawQuerySet),
        "Manager": manager,
        "reverse manager": public(type(Place(id=1).visits)),
        "many-to-many manager": public(type(Visit(id=1).guides)),
        "generic manager": public(generic),
        "Model": callables(models.Model),
        "transaction": functions_of(transaction),
        "connection": callables(type(connections["default"])),
        "cursor": {**callables(cursor.cursor), **callables(type(cursor))},
        "shortcuts": functions_of(django.shortcuts),
        "auth": functions_of(auth),
        "User": user,
        "AnonymousUser": callables(AnonymousUser),
        "UserManager": {name: kind for name, kind in public(UserManager).items() if name not in manager},
        "Paginator": public(Paginator),
    }


def callables(thing):
    return {name: kind for name, kind in public(thing).items() if kind != "value"}


opened = []


def start_project(folder):
    os.chdir(folder)
    sys.path.insert(0, folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db.backends.sqlite3 import base

    connect = base.DatabaseWrapper.get_new_connection

    def noted(wrapper, params):
        made = connect(wrapper, params)
        opened.append(made)
        return made

    base.DatabaseWrapper.get_new_connection = noted
    call_command("migrate", run_syncdb=True, verbosity=0)
    fill()
    forget()
    template = sqlite3.connect(":memory:")
    with sqlite3.connect("shop.sqlite3") as source:
        source.backup(template)
    source.close()
    return template


def fill():
    from django.contrib.auth.models import User
    from shop.models import Author, Book, Cover, Publisher, Remark, Review, Tag

    publisher = Publisher.objects.create(name="Ace")
    author = Author.objects.create(name="Frank", publisher=publisher)
    reader = User.objects.create_user("reader", "reader@example.org", "secret")
    for number in (1, 2):
        moment = datetime.datetime(2020, 1, number, tzinfo=datetime.timezone.utc)
        book = Book.objects.create(title=f"Dune {number}", isbn=str(number), author=author, editor=reader, published=moment)
        book.tags.add(Tag.objects.create(word=f"sand {number}"))
        Cover.objects.create(book=book, colour="red")
        Review.objects.create(book=book, text="good")
        Remark.objects.create(about=book, text="old")


def forget():
    """Forgets this thread's connection."""
    from django.db import connections

    if hasattr(connections._connections, "default"):
        delattr(connections._connections, "default")


def restore(template):
    forget()
    for connection in opened:
        connection.close()
    opened.clear()
    target = sqlite3.connect("shop.sqlite3")
    template.backup(target)
    target.close()


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

    from django.apps import apps

    template = start_project(project)
    # As in a server that has run for a while: types of content are kept for the process once they were asked for.
    from django.contrib.contenttypes.models import ContentType

    for model in apps.get_models():
        ContentType.objects.get_for_model(model)
    from asgiref.sync import sync_to_async

    async def run(cell):
        try:
            await cell()
        finally:
            await sync_to_async(forget)()

    outcomes, faults = {}, []
    for cell in cells:
        restore(template)
        with warnings.catch_warnings(record=True) as noticed:
            warnings.simplefilter("always")
            try:
                asyncio.run(run(getattr(import_module(cell["module"]), cell["function"])))
                outcome = "fine"
            except BaseException as error:
                kind = type(error).__name__
                outcome = "raises" if has_cause(error, "SynchronousOnlyOperation") else f"other {kind}"
                if outcome.startswith("other") and kind in FAULTY:
                    faults.append(f"{cell['id']}: {kind}: {error}")
        if outcome == "fine" and any("was never awaited" in str(one.message) for one in noticed):
            outcome = "unawaited"
        outcomes[cell["id"]] = outcome
    return {"outcomes": outcomes, "faults": faults}


def versions():
    from importlib.metadata import version

    return {"Python": ".".join(map(str, sys.version_info[:3])), "Django": version("Django"), "asgiref": version("asgiref")}


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
