import type { MatrixLibrary } from "../matrix-library.ts";
import { memberSnippets } from "../member-snippets.ts";
import { coroutine, indented, type SyncSnippet, type Written } from "../render-matrix.ts";
import { djangoSnippets } from "./snippets.ts";
import { DJANGO_SUBJECTS } from "./subjects.ts";

const HEADER = `import asyncio
import collections
import contextlib
import copy
import functools
import itertools
import json
import pickle
import random

from asgiref.sync import async_to_sync, sync_to_async
from django import shortcuts
from django.contrib import auth
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.paginator import Paginator
from django.db import close_old_connections, connection, connections, reset_queries, transaction
from django.db.models import Count, Prefetch, QuerySet, prefetch_related_objects
from django.db.models.query import RawQuerySet
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string

from shop.given import logged_in
from shop.models import Author, Book, Cover, Publisher, Remark, Review, Tag`;

/** Django 4.2 and 5.2, the long-term versions; 5.2 is the newest that Python 3.11 runs. */
export const djangoMatrix: MatrixLibrary = {
  name: "django",
  project: "django",
  versions: { "django-4.2": ["Django==4.2.30"], "django-5.2": ["Django==5.2.19"] },
  program: "django_cells.py",
  layout: { header: HEADER.split("\n"), handOvers },
  snippets: (members) => [
    ...DJANGO_SUBJECTS.flatMap((subject) => memberSnippets(subject, members)),
    ...djangoSnippets(),
  ],
};

/** Threads, by every function that Django's and Python's documentation name for it. */
function handOvers({ names, snippet, typed }: SyncSnippet): Written[] {
  const { lines } = snippet;
  const handed = names === "" ? "" : `, ${names}`;
  return [
    coroutine(snippet, "sync_to_async", [`await sync_to_async($_further)(${names})`]),
    coroutine(snippet, "to_thread", [`await asyncio.to_thread($_plain${handed})`]),
    coroutine(snippet, "executor", [
      `await asyncio.get_running_loop().run_in_executor(None, $_plain${handed})`,
    ]),
    { context: null, lines: ["@sync_to_async", `def $_wrapped(${typed}):`, ...indented(lines)] },
    coroutine(snippet, "decorated", [`await $_wrapped(${names})`]),
    coroutine(snippet, "only_defined", [
      "def later():",
      ...indented(lines),
      "",
      "await sync_to_async(later)()",
    ]),
  ];
}
