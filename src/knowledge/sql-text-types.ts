// Types that are no driver's own but take SQL text as a driver's connection does. Sources: Django's "Performing raw SQL
// queries", SQLAlchemy's Engine.raw_connection(), the README of quart-db.

const SYNC =
  /^(?:django\.db\.(?:Cursor|connection)|django\.db\.backends\..*(?:DatabaseWrapper|CursorWrapper)|sqlalchemy\.engine\.PoolProxiedConnection)$/;
const ASYNC = /^quart_db\.(?:Connection|QuartDB|interfaces\.ConnectionABC)$/;

/** Whether statements of such a type are awaited; null for other types. */
export function sqlTextType(canonicalName: string): "sync" | "async" | null {
  if (SYNC.test(canonicalName)) return "sync";
  return ASYNC.test(canonicalName) ? "async" : null;
}
