// Calls, attributes and context managers besides queries that talk to the database before they go on, and what to await in
// their place. Every name was held against the libraries themselves: `npm run truth:async` runs each in a coroutine.
import { words } from "../text/words.ts";

/** Django's methods with a twin of the same meaning under the same name with "a" before it. */
export const DJANGO_TWINS: ReadonlySet<string> = new Set(
  // Source: docs.djangoproject.com, QuerySet API, Model instance methods, related objects, shortcuts, authentication.
  words(`get create get_or_create update_or_create bulk_create bulk_update count in_bulk iterator latest earliest
    first last aggregate exists contains update delete explain save refresh_from_db add remove clear set
    get_object_or_404 get_list_or_404 prefetch_related_objects authenticate login logout get_user
    update_session_auth_hash has_perm has_perms has_module_perms get_user_permissions get_group_permissions
    get_all_permissions create_user create_superuser`),
);

/** What something that is no query of its own does to its thread. */
export interface BlockingCall {
  readonly name: RegExp;
  readonly library: "django" | "sqlalchemy";
}

export const BLOCKING_CALLS: readonly BlockingCall[] = [
  // Source: docs.djangoproject.com/en/6.0/topics/async, "Transactions do not yet work in async mode"; what needs a connection
  // is marked async_unsafe in django/db/backends/base/base.py. atomic() alone only makes a context manager.
  {
    name: /^django\.db\.transaction\.(?:commit|rollback|savepoint|savepoint_commit|savepoint_rollback|clean_savepoints|set_autocommit|get_autocommit|on_commit)$/,
    library: "django",
  },
  {
    name: /^django\.db\.connection\.(?:cursor|chunked_cursor|ensure_connection|connect|close|commit|rollback|get_new_connection|savepoint|savepoint_commit|savepoint_rollback|clean_savepoints|set_autocommit|get_autocommit|on_commit|check_constraints|disable_constraint_checking|enable_constraint_checking)$/,
    library: "django",
  },
  { name: /^django\.db\.models\.prefetch_related_objects$/, library: "django" },
  {
    name: /^django\.contrib\.auth\.(?:authenticate|login|logout|get_user|update_session_auth_hash)$/,
    library: "django",
  },
  // AnonymousUser answers from memory.
  {
    name: /^django\.contrib\.auth\.(?:models|base_user)\.(?!AnonymousUser\.)\w+\.(?:has_perms?|has_module_perms|get_(?:user|group|all)_permissions)$/,
    library: "django",
  },
  // Source: docs.djangoproject.com, Paginator: what asks how many pages there are counts the objects.
  {
    name: /^django\.core\.paginator\.Paginator\.(?:page|get_page|validate_number|count|num_pages|page_range)$/,
    library: "django",
  },
  // Source: docs.sqlalchemy.org, Session API and working with engines and connections.
  {
    name: /^(?:sqlalchemy\.orm\.(?:Session|scoped_session)|sqlmodel\.Session)\.(?:rollback|begin_nested|connection|prepare|close|close_all|reset)$/,
    library: "sqlalchemy",
  },
  { name: /^sqlalchemy\.engine\.Engine\.(?:connect|begin|raw_connection)$/, library: "sqlalchemy" },
  {
    name: /^sqlalchemy\.engine\.Connection\.(?:commit|rollback|begin_nested|begin_twophase|get_isolation_level|detach)$/,
    library: "sqlalchemy",
  },
  // What `with` enters, and what a decorator of the same name does around every call.
  {
    name: /^django\.db\.(?:transaction\.(?:atomic|Atomic)|connection\.(?:temporary_connection|constraint_checks_disabled|schema_editor))\.__enter__$/,
    library: "django",
  },
];

/** Attributes of library objects that query when they are read; calls of the same name do as well. */
export function isBlockingAttribute(name: string): boolean {
  return /^django\.core\.paginator\.Paginator\.(?:count|num_pages|page_range)$/.test(name);
}

/** Decorators that hold a transaction open around what they decorate. */
export function isTransactionDecorator(name: string): boolean {
  return /^django\.db\.transaction\.(?:atomic|Atomic)$/.test(name);
}

/** Functions and methods that give a coroutine, besides those that run a query of the inventory. */
const ASYNC_CALLS: readonly RegExp[] = [
  // Source: docs.djangoproject.com, authentication; async variants since 5.0, of users since 5.2.
  /^django\.contrib\.auth\.(?:aauthenticate|alogin|alogout|aget_user|aupdate_session_auth_hash)$/,
  /^django\.contrib\.auth\.(?:models|base_user)\.\w+\.(?:acheck_password|ahas_perms?|ahas_module_perms|aget_(?:user|group|all)_permissions)$/,
  /^django\.db\.models\.aprefetch_related_objects$/,
  // Source: docs.sqlalchemy.org, asyncio API: the coroutine methods of each class.
  /^(?:sqlalchemy\.ext\.asyncio\.(?:AsyncSession|async_scoped_session)|sqlmodel\.(?:ext\.asyncio\.)?AsyncSession)\.(?:aclose|close|close_all|connection|invalidate|remove|reset|rollback|run_sync)$/,
  /^sqlalchemy\.ext\.asyncio\.AsyncConnection\.(?:aclose|close|commit|execution_options|get_isolation_level|get_raw_connection|invalidate|rollback|run_sync|start)$/,
  /^sqlalchemy\.ext\.asyncio\.AsyncEngine\.(?:dispose|raw_connection)$/,
  /^sqlalchemy\.ext\.asyncio\.Async(?:Session)?Transaction\.(?:close|commit|rollback|start)$/,
  /^sqlalchemy\.ext\.asyncio\.Async(?:Scalar|Mapping)?Result\.(?:all|close|fetchall|fetchmany|fetchone|first|freeze|one|one_or_none|scalar|scalar_one|scalar_one_or_none)$/,
];

/** True for what does nothing until it is awaited. */
export function givesCoroutine(name: string): boolean {
  return ASYNC_CALLS.some((known) => known.test(name));
}

/**
 * True for what gives something to await or enter that is no coroutine: left alone it does nothing, and Python does not warn.
 * Source: docs.sqlalchemy.org, AsyncConnection.stream(), which is a context manager as well.
 */
export function givesStartable(name: string): boolean {
  return /^sqlalchemy\.ext\.asyncio\.AsyncConnection\.stream(?:_scalars)?$/.test(name);
}
