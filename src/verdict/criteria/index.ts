import { asyncDatabaseAccess } from "./async-database-access.ts";
import { automaticAdmin } from "./automatic-admin.ts";
import { builtInMigrations } from "./built-in-migrations.ts";
import { controlOverSql } from "./control-over-sql.ts";
import type { Criterion } from "./criterion.ts";
import { djangoApplication } from "./django-application.ts";
import { frameworkNotDjango } from "./framework-not-django.ts";
import { queriesBeyondCrud } from "./queries-beyond-crud.ts";
import { severalDatabasesOrComplexSchema } from "./several-databases-or-complex-schema.ts";
import { simplicityFirst } from "./simplicity-first.ts";
import { standardCrud } from "./standard-crud.ts";

/** Every criterion, five for each side, in the order in which they are reported. */
export const criteria: readonly Criterion[] = [
  frameworkNotDjango,
  queriesBeyondCrud,
  asyncDatabaseAccess,
  controlOverSql,
  severalDatabasesOrComplexSchema,
  djangoApplication,
  simplicityFirst,
  automaticAdmin,
  builtInMigrations,
  standardCrud,
];
