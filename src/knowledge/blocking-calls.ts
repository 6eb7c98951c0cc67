// Calls besides queries that talk to the database before they return, and what to await in their place.
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

/** What a call that is no query of its own does to its thread. */
export interface BlockingCall {
  readonly name: RegExp;
  readonly library: "django" | "sqlalchemy";
}

export const BLOCKING_CALLS: readonly BlockingCall[] = [
  // Source: docs.djangoproject.com/en/6.0/topics/async, "Transactions do not yet work in async mode"; what opens a connection
  // is marked async_unsafe in django/db/backends/base/base.py.
  {
    name: /^django\.db\.transaction\.(?:atomic|commit|rollback|savepoint|savepoint_commit|savepoint_rollback|clean_savepoints|set_autocommit|get_autocommit|on_commit)$/,
    library: "django",
  },
  {
    name: /^django\.db\.connection\.(?:cursor|ensure_connection|connect|close|commit|rollback)$/,
    library: "django",
  },
  { name: /^django\.db\.models\.prefetch_related_objects$/, library: "django" },
  {
    name: /^django\.contrib\.auth\.(?:authenticate|login|logout|get_user|update_session_auth_hash)$/,
    library: "django",
  },
  {
    name: /^django\.contrib\.auth\.(?:models|base_user)\.\w+\.(?:has_perms?|has_module_perms|get_(?:user|group|all)_permissions)$/,
    library: "django",
  },
  { name: /^django\.core\.paginator\.Paginator\.(?:page|get_page)$/, library: "django" },
  // Source: docs.sqlalchemy.org, Session API and working with engines and connections.
  {
    name: /^(?:sqlalchemy\.orm\.(?:Session|scoped_session)|sqlmodel\.Session)\.(?:rollback|begin_nested|connection|prepare)$/,
    library: "sqlalchemy",
  },
  { name: /^sqlalchemy\.engine\.Engine\.(?:connect|begin|raw_connection)$/, library: "sqlalchemy" },
  { name: /^sqlalchemy\.engine\.Connection\.(?:commit|rollback|begin_nested)$/, library: "sqlalchemy" },
];
