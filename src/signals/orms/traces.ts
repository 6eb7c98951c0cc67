// Traces of ORMs in code, graded: models declared, statements built, sessions and engines made, imports.
import { externalAncestors } from "../../evaluation/class-info.ts";
import { modelCertainty } from "../../evaluation/orm/django/model-class.ts";
import { profileOf } from "../../evaluation/orm/other/profiles.ts";
import { mappedBy } from "../../evaluation/orm/sqlalchemy/mapped-class.ts";
import { DRIVERS, driverOfConnect } from "../../knowledge/drivers.ts";
import {
  ormNamed,
  ormOfDistribution,
  ormOfImportRoot,
  ormOfModelBase,
  ormOfSession,
} from "../../knowledge/orms.ts";
import type { Evidence, QuerySignal } from "../../model/report.ts";
import { normalisePackageName } from "../../text/normalise-package-name.ts";
import { externalImports } from "../imports.ts";
import { isIntegrationPlace } from "../integration-place.ts";
import { evidenceAt, type ProjectView } from "../project-view.ts";

/** "self": the project is that ORM. "text": a statement that is SQL text, sent through the ORM as through a driver. */
export type OrmGrade = "self" | "model" | "query" | "text" | "session" | "import";

export interface OrmTrace {
  readonly orm: string;
  readonly grade: OrmGrade;
  readonly evidence: Evidence;
  /** Canonical name of what is imported or made; null for models and statements. */
  readonly name: string | null;
  /** True where the file's place says that it only integrates with the ORM, as with others. */
  readonly isIntegration: boolean;
  /** True for an import inside `try:` or a function. */
  readonly isOptional: boolean;
}

/** Places named after an ORM, in the forms packages use. */
const PLACE_NAMES = new Map([
  ["sqlalchemy-orm", ["sqlalchemy", "sqla", "sql_alchemy"]],
  ["sqlalchemy-core", ["sqlalchemy", "sqla", "sql_alchemy"]],
  ["flask-sqlalchemy", ["flask_sqlalchemy", "sqla", "sqlalchemy"]],
  ["django-orm", ["django"]],
  ["mongoengine", ["mongoengine", "mongo"]],
  ["tortoise", ["tortoise"]],
  ["raw-sql", DRIVERS.filter(({ sql }) => sql).flatMap(({ importRoots }) => importRoots)],
]);

type Add = (
  orm: string,
  grade: OrmGrade,
  evidence: Evidence,
  more?: { readonly name?: string; readonly isOptional?: boolean },
) => void;

export function ormTraces(view: ProjectView, queries: QuerySignal): OrmTrace[] {
  const traces: OrmTrace[] = [];
  const add: Add = (orm, grade, evidence, { name = null, isOptional = false } = {}) => {
    const names = PLACE_NAMES.get(orm) ?? [orm];
    traces.push({
      orm: ormNamed(orm)?.kind === "raw-sql" ? "raw-sql" : orm,
      grade,
      evidence,
      name,
      isOptional,
      isIntegration: isIntegrationPlace(view.project.root, evidence.path, names),
    });
  };
  for (const cls of view.classes) {
    const orm = modelOrm(cls);
    if (orm !== null) add(orm, "model", evidenceAt(cls.module, cls.statement.start, `model ${cls.name}`));
  }
  for (const { orm, layer, operation, path, line, method, model } of queries.items) {
    const isText = layer === "raw" && orm !== "raw-sql";
    // Ending a transaction says that there is a session, not what it is used for.
    const grade = operation === "commit" || operation === "flush" ? "session" : isText ? "text" : "query";
    add(orm, grade, { path, line, says: model === null ? method : `${method} on ${model}` });
  }
  for (const { name, site, at } of view.externalCalls) {
    if (name === "sqlalchemy.Table")
      add("sqlalchemy-core", "model", evidenceAt(site.module, at, "declares a Table"));
    const orm = ormOfSession(name);
    if (driverOfConnect(name)?.sql)
      add("raw-sql", "session", evidenceAt(site.module, at, `connects by ${name}`), { name });
    if (orm !== null) add(orm.name, "session", evidenceAt(site.module, at, `makes ${name}`), { name });
  }
  for (const file of view.files)
    for (const { root, path, line, name, isOptional } of externalImports(view.world, file)) {
      const orm = ormOfImportRoot(root);
      if (orm === null || (orm.name === "django-orm" && !/^django\.(?:contrib\.gis\.)?db\b/.test(name)))
        continue;
      add(orm.name, "import", { path, line, says: `imports ${name}` }, { name, isOptional });
    }
  addOwnPackage(view, add);
  return traces;
}

/** An ORM's own repository: it defines the package that others import. */
function addOwnPackage(view: ProjectView, add: Add): void {
  for (const { projectName, path } of view.project.manifests) {
    const orm = projectName === null ? null : ormOfDistribution(normalisePackageName(projectName));
    if (orm !== null) add(orm.name, "self", { path, line: 1, says: `is ${orm.name} itself` });
  }
}

/** The ORM whose model a class is, or null. */
function modelOrm(cls: ProjectView["classes"][number]): string | null {
  if (modelCertainty(cls) !== null) return "django-orm";
  const mapped = mappedBy(cls);
  if (mapped !== null) return mapped;
  const ancestors = externalAncestors(cls);
  const profile = profileOf(ancestors);
  if (profile !== null) return profile.orm;
  const known = ancestors.map(ormOfModelBase).find((orm) => orm !== null);
  // An SQLModel without a table is only a schema.
  return known === undefined || known === null || known.name === "sqlmodel" ? null : known.name;
}
