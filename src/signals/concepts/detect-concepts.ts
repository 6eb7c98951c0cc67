// How much of an ORM the code asks its reader to know: the distinct concepts it uses, each counted once a line.

import { externalAncestors } from "../../evaluation/class-info.ts";
import type { Query } from "../../evaluation/query.ts";
import type { Concept } from "../../knowledge/concept.ts";
import { DJANGO_CONCEPTS } from "../../knowledge/django-concepts.ts";
import { ormFoundation } from "../../knowledge/orms.ts";
import { SQLALCHEMY_CONCEPTS } from "../../knowledge/sqlalchemy-concepts.ts";
import type { ConceptSignal } from "../../model/report.ts";
import { compareText } from "../../text/compare-text.ts";
import { callAt } from "../code-at.ts";
import type { ProjectView } from "../project-view.ts";
import { type ConceptUses, createConceptUses, type Place } from "./concept-uses.ts";
import { modelConcepts } from "./model-concepts.ts";

const MAX_EVIDENCE = 3;

/** Concepts by their number of uses, the most used first; `total` is how many distinct ones there are. */
export function detectConcepts(view: ProjectView): ConceptSignal {
  const uses = createConceptUses();
  modelConcepts(view, uses);
  symbolConcepts(view, uses);
  statementConcepts(view, uses);
  const found = uses
    .all()
    .sort(
      (left, right) =>
        right.uses - left.uses || compareText(left.orm, right.orm) || compareText(left.name, right.name),
    );
  const unread = view.files.filter(({ problems }) => problems.length > 0).length;
  return {
    total: found.length,
    items: found.map(({ name, orm, uses: count }) => ({ name, orm, uses: count })),
    unknown:
      unread === 0 ? null : `${unread} ${unread === 1 ? "file was" : "files were"} not read as a whole`,
    evidence: found.slice(0, MAX_EVIDENCE).map(({ evidence }) => evidence),
  };
}

interface Family {
  readonly orm: string;
  readonly concepts: readonly Concept[];
  /** Packages whose names its concepts bear. */
  readonly packages: RegExp;
}

const DJANGO: Family = {
  orm: "django-orm",
  concepts: DJANGO_CONCEPTS,
  packages: /^(?:django|mptt|modelcluster)\./,
};
const SQLALCHEMY: Family = {
  orm: "sqlalchemy-orm",
  concepts: SQLALCHEMY_CONCEPTS,
  packages: /^(?:sqlalchemy|sqlmodel|flask_sqlalchemy|sqlalchemy_utils)\./,
};

/** What is called or subclassed by name: `Q(...)`, `relationship(...)`, `class Books(models.Manager)`. */
function symbolConcepts(view: ProjectView, uses: ConceptUses): void {
  const note = (name: string, place: Place): void => {
    const family = [DJANGO, SQLALCHEMY].find(({ packages }) => packages.test(name));
    for (const concept of family?.concepts ?? [])
      if (family !== undefined && concept.symbols?.test(name)) uses.note(family.orm, concept.name, place);
  };
  // `Book()` is also a call of what Book descends from; such a base counts where it is named.
  const bases = new Set(
    view.classes.flatMap((cls) => externalAncestors(cls)).filter((name) => /\.[A-Z]\w*$/.test(name)),
  );
  for (const { name, site, at } of view.externalCalls)
    if (!bases.has(name)) note(name, { module: site.module, at });
  for (const cls of view.classes)
    for (const base of cls.bases.flat())
      if (base.kind === "external") note(base.name, { module: cls.module, at: cls.statement.start });
}

/** What statements are built with and how they run. */
function statementConcepts(view: ProjectView, uses: ConceptUses): void {
  const paths = new Set(view.files.map(({ path }) => path));
  const { built, executions } = view.world.recorder;
  for (const query of built.values()) {
    const { module } = query.site;
    if (!paths.has(module.path)) continue;
    const call = callAt(module, query.site);
    if (call?.callee.kind === "attribute")
      noteMethod(uses, query, call.callee.name, { module, at: call.callee.at });
    noteFeatures(uses, query);
  }
  for (const { query, site, method, at } of executions.values()) {
    if (!paths.has(site.module.path)) continue;
    noteMethod(uses, query, method, { module: site.module, at });
    noteFeatures(uses, query);
  }
}

function noteMethod(uses: ConceptUses, query: Query, method: string, place: Place): void {
  const family = familyOf(query);
  for (const { name, methods } of family?.concepts ?? [])
    if (family !== null && methods.has(method)) uses.note(family.orm, name, place);
}

/** A feature is passed on from step to step; its line tells one from another. */
function noteFeatures(uses: ConceptUses, query: Query): void {
  const family = familyOf(query);
  if (family === null) return;
  const { module } = query.site;
  for (const feature of query.features)
    for (const concept of family.concepts)
      if (concept.features.has(feature.name))
        uses.note(family.orm, concept.name, { module, at: module.facts.lineStarts[feature.line - 1] ?? 0 });
}

function familyOf({ style, orm }: Query): Family | null {
  if (style === "django" || style === "django-raw") return DJANGO;
  return style !== "other" && ormFoundation(orm).startsWith("sqlalchemy") ? SQLALCHEMY : null;
}
