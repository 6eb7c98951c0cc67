// What the projects of one repository have in common, and what follows for the whole: a shared model or database ties its users to
// one ORM, whatever each would choose alone.

import type { Choice, Evidence, ProjectReport, SharedThing, Together } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import { relationalDatabases } from "./databases.ts";
import { few } from "./evidence.ts";
import { presentOrm } from "./orm-family.ts";
import { counted, listed, ormName } from "./phrase.ts";

const NAMED = 4;
const NAMES = { sqlalchemy: "SQLAlchemy", "django-orm": "the Django ORM" } as const;

/** Null for fewer than two projects. */
export function judgeTogether(projects: readonly ProjectReport[]): Together | null {
  if (projects.length < 2) return null;
  const shared = [...sharedModels(projects), ...sharedDatabases(projects)];
  return { shared, advice: adviceFor(projects, shared) };
}

/** What a reader calls a project. */
function nameOf({ root, name }: ProjectReport): string {
  return root === "." ? name : root;
}

/**
 * Models that one project declares and others query. A model is known by its name here, so a name that several projects declare, or that
 * the querying project declares itself, counts for nothing.
 */
function sharedModels(projects: readonly ProjectReport[]): readonly SharedThing[] {
  const owners = new Map<string, ProjectReport[]>();
  for (const project of projects)
    for (const name of new Set(project.models.items.map((model) => model.name)))
      owners.set(name, [...(owners.get(name) ?? []), project]);
  return projects.flatMap((owner) => {
    const uses = projects
      .filter((project) => project !== owner)
      .flatMap((user) =>
        user.queries.items
          .filter(({ certainty, model }) => certainty === "resolved" && isOwnedBy(owners, model, owner))
          .map((query) => ({ user, query, model: query.model ?? "" })),
      );
    if (uses.length === 0) return [];
    const names = [...new Set(uses.map(({ model }) => model))].toSorted(compareText);
    const users = [...new Set(uses.map(({ user }) => user))];
    return [
      {
        kind: "models",
        projects: [owner, ...users].map(({ root }) => root),
        says: `${listed(users.map(nameOf))} ${users.length === 1 ? "queries" : "query"} ${counted(names.length, "model")} of ${nameOf(owner)} (${listed(names, NAMED)})`,
        evidence: few(uses.map(({ query, model }) => at(query, `queries ${model}`))),
      } satisfies SharedThing,
    ];
  });
}

function isOwnedBy(
  owners: ReadonlyMap<string, readonly ProjectReport[]>,
  model: string | null,
  owner: ProjectReport,
): boolean {
  const all = model === null ? [] : (owners.get(model) ?? []);
  return all.length === 1 && all[0] === owner;
}

function at({ path, line }: { readonly path: string; readonly line: number }, says: string): Evidence {
  return { path, line, says };
}

/** Databases that several projects configure at one place of the code: engines and settings that they import. */
function sharedDatabases(projects: readonly ProjectReport[]): readonly SharedThing[] {
  const byPlace = new Map<
    string,
    { readonly project: ProjectReport; readonly evidence: Evidence; readonly alias: string }[]
  >();
  for (const project of projects)
    for (const { alias, evidence } of relationalDatabases(project)) {
      const [first] = evidence;
      if (first === undefined) continue;
      const place = `${first.path}:${first.line}`;
      byPlace.set(place, [...(byPlace.get(place) ?? []), { project, evidence: first, alias }]);
    }
  return [...byPlace.entries()]
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([, uses]) => {
      const users = [...new Set(uses.map(({ project }) => project))];
      const [first] = uses;
      if (users.length < 2 || first === undefined) return [];
      return [
        {
          kind: "database",
          projects: users.map(({ root }) => root),
          says: `${listed(users.map(nameOf))} use one database (${first.alias})`,
          evidence: [first.evidence],
        } satisfies SharedThing,
      ];
    });
}

/** What to do with the whole, from the choices of those that store rows and from what ties them together. */
function adviceFor(projects: readonly ProjectReport[], shared: readonly SharedThing[]): string {
  const weighed = projects.filter(({ verdict }) => isWeighed(verdict.choice));
  const [first] = weighed;
  if (first === undefined)
    return "No project stores rows that an ORM would map, so there is nothing to align.";
  if (weighed.length === 1) return `Only ${nameOf(first)} stores rows: its verdict is that of the whole.`;
  const sides = [...new Set(weighed.map(({ verdict }) => verdict.choice).filter(isSide))];
  const [side, other] = sides;
  if (side === undefined) return "Either ORM would do in each: take one for all of them.";
  if (other === undefined) return alike(weighed, side, shared);
  const groups = sides.map((one) => `${NAMES[one]} in ${namesFor(weighed, one)}`);
  const tie = shared.find(({ projects: tied }) => choicesOf(weighed, tied).length > 1);
  return tie === undefined
    ? `Two data layers, each where it fits: ${listed(groups)}. Nothing was seen to be shared, so neither holds the other back; a common models package would tie both to one ORM.`
    : `The projects differ (${listed(groups)}), yet ${tie.says}: let one ORM own what is shared, and let the others reach it through that project's API or as plain tables.`;
}

function alike(
  weighed: readonly ProjectReport[],
  side: "sqlalchemy" | "django-orm",
  shared: readonly SharedThing[],
): string {
  const present = [...new Set(weighed.flatMap((project) => presentOrm(project)?.name ?? []))].toSorted(
    compareText,
  );
  const all = `One data layer for all ${counted(weighed.length, "project")} that store rows: ${NAMES[side]}`;
  const today = present.length > 1 ? `; today they use ${listed(present.map(ormName))}` : "";
  return shared.length > 0
    ? `${all}${today}. What they share is best kept in one package that all of them import.`
    : `${all}${today}. Nothing was seen to be shared, so each can move or stay by itself.`;
}

function choicesOf(weighed: readonly ProjectReport[], roots: readonly string[]): readonly Choice[] {
  return [
    ...new Set(weighed.filter(({ root }) => roots.includes(root)).map(({ verdict }) => verdict.choice)),
  ];
}

function namesFor(weighed: readonly ProjectReport[], side: Choice): string {
  return listed(weighed.filter(({ verdict }) => verdict.choice === side).map(nameOf), NAMED);
}

function isSide(choice: Choice): choice is "sqlalchemy" | "django-orm" {
  return choice === "sqlalchemy" || choice === "django-orm";
}

function isWeighed(choice: Choice): boolean {
  return isSide(choice) || choice === "either";
}
