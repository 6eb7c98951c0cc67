// Methods of one ORM that do in one call what takes several statements, or another way of working, in the other. Sources:
// docs.djangoproject.com/en/6.0/ref/models/querysets; docs.sqlalchemy.org/en/20/orm/session_api and orm/queryguide.
import type { Side } from "../model/report.ts";
import { words } from "../text/words.ts";

const WITHOUT_NAMESAKE: Readonly<Record<Side, ReadonlySet<string>>> = {
  // Methods of Django's that SQLAlchemy has no counterpart of.
  sqlalchemy: new Set(
    words(`get_or_create aget_or_create update_or_create aupdate_or_create in_bulk ain_bulk dates datetimes earliest aearliest
    latest alatest bulk_update abulk_update`),
  ),
  // Methods of SQLAlchemy's that Django has no counterpart of.
  "django-orm": new Set(words("merge yield_per with_entities from_statement bulk_save_objects")),
};

/** Whether the side that is moved to has no single counterpart of a method. */
export function lacksMethod(method: string, to: Side): boolean {
  return WITHOUT_NAMESAKE[to].has(method);
}
