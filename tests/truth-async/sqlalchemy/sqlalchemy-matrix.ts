import type { MatrixLibrary } from "../matrix-library.ts";
import { memberSnippets } from "../member-snippets.ts";
import { coroutine, type SyncSnippet, type Written } from "../render-matrix.ts";
import { sqlalchemySnippets } from "./snippets.ts";
import { SQLALCHEMY_SUBJECTS } from "./subjects.ts";

const HEADER = `import asyncio

from sqlalchemy import select, text
from sqlalchemy.engine import MappingResult, Result, ScalarResult
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncMappingResult,
    AsyncResult,
    AsyncScalarResult,
    AsyncSession,
    AsyncSessionTransaction,
    AsyncTransaction,
)
from sqlalchemy.orm import (
    contains_eager,
    defaultload,
    defer,
    immediateload,
    joinedload,
    lazyload,
    load_only,
    noload,
    raiseload,
    selectinload,
    subqueryload,
    undefer,
)

from shop import helpers as shop_helpers
from shop.db import engine, make_keeping_session, make_session, scoped_session
from shop.models import Base, Customer, Item, Order`;

/** SQLAlchemy 2.0 with aiosqlite, the driver that needs no server. */
export const sqlalchemyMatrix: MatrixLibrary = {
  name: "sqlalchemy",
  project: "sqlalchemy",
  versions: { "sqlalchemy-2.0": ["SQLAlchemy==2.0.58", "greenlet==3.5.6", "aiosqlite==0.22.1"] },
  program: "sqlalchemy_cells.py",
  layout: { header: HEADER.split("\n"), handOvers },
  snippets: (members) => [
    ...SQLALCHEMY_SUBJECTS.flatMap((subject) => memberSnippets(subject, members)),
    ...sqlalchemySnippets(),
  ],
};

/** The session's own way, which makes lazy loading possible, and a thread, which does not. */
function handOvers({ names, snippet }: SyncSnippet): Written[] {
  const hasSession = snippet.within?.endsWith(" session:") === true;
  return [
    ...(hasSession
      ? [coroutine(snippet, "run_sync", [`await session.run_sync(lambda _: $_plain(${names}))`])]
      : []),
    coroutine(snippet, "to_thread", [`await asyncio.to_thread($_plain${names === "" ? "" : `, ${names}`})`]),
  ];
}
