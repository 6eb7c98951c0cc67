// What SQLAlchemy passes to functions that listen to its events, by the event's name. Sources: "Core Events" and "ORM Events"
// of its documentation. Parameters whose type tells nothing about databases are null.

const SESSION = "sqlalchemy.orm.Session";
const CONNECTION = "sqlalchemy.engine.Connection";
const ENGINE = "sqlalchemy.engine.Engine";
/** Any driver's connection, by the name that raw connections go by here. */
const DRIVER = "dbapi.Connection";

const EVENTS: Readonly<Record<string, readonly (string | null)[]>> = {
  // PoolEvents
  connect: [DRIVER, null],
  first_connect: [DRIVER, null],
  checkout: [DRIVER, null, null],
  checkin: [DRIVER, null],
  reset: [DRIVER, null, null],
  close: [DRIVER, null],
  // ConnectionEvents
  engine_connect: [CONNECTION],
  begin: [CONNECTION],
  commit: [CONNECTION],
  rollback: [CONNECTION],
  before_execute: [CONNECTION, null, null, null, null],
  after_execute: [CONNECTION, null, null, null, null, null],
  before_cursor_execute: [CONNECTION, DRIVER, null, null, null, null],
  after_cursor_execute: [CONNECTION, DRIVER, null, null, null, null],
  engine_disposed: [ENGINE],
  // DDLEvents
  before_create: [null, CONNECTION],
  after_create: [null, CONNECTION],
  before_drop: [null, CONNECTION],
  after_drop: [null, CONNECTION],
  // SessionEvents
  before_flush: [SESSION, null, null],
  after_flush: [SESSION, null],
  after_flush_postexec: [SESSION, null],
  before_commit: [SESSION],
  after_commit: [SESSION],
  after_rollback: [SESSION],
  after_soft_rollback: [SESSION, null],
  after_begin: [SESSION, null, CONNECTION],
  after_attach: [SESSION, null],
  before_attach: [SESSION, null],
  after_transaction_create: [SESSION, null],
  after_transaction_end: [SESSION, null],
  pending_to_persistent: [SESSION, null],
  transient_to_pending: [SESSION, null],
  persistent_to_deleted: [SESSION, null],
  loaded_as_persistent: [SESSION, null],
  // MapperEvents
  before_insert: [null, CONNECTION, null],
  after_insert: [null, CONNECTION, null],
  before_update: [null, CONNECTION, null],
  after_update: [null, CONNECTION, null],
  before_delete: [null, CONNECTION, null],
  after_delete: [null, CONNECTION, null],
};

/** What the parameter at an index of a listener is: the name of a class, or null where nothing is known. */
export function eventParameter(event: string, index: number): string | null {
  return Object.hasOwn(EVENTS, event) ? (EVENTS[event]?.[index] ?? null) : null;
}
