// What one ORM offers of one query feature, and how a version is compared with it.

/** From this version on, on these databases (null: on every one that has the feature). */
export interface Offer {
  readonly since: string;
  readonly engines: readonly string[] | null;
}

export interface Capability {
  /** Name of the query feature, as queries carry it; finer ones carry a suffix ("upsert-with-expression"). */
  readonly feature: string;
  readonly title: string;
  /** Public ways to express it in the Django ORM; none when no version can without raw SQL or another package. */
  readonly django: readonly Offer[];
  /** Likewise for SQLAlchemy. */
  readonly sqlalchemy: readonly Offer[];
  /** Operations for which the Django ORM does it by itself all the same. */
  readonly djangoDoesFor: readonly string[];
  /** How the Django ORM gets near, or what limits its offer; null when there is nothing to say. */
  readonly inDjango: string | null;
  readonly source: string;
}

/** Whether one of the offers holds for a version ("4.2.11") and a database; null of either gives the benefit of the doubt. */
export function isOffered(offers: readonly Offer[], version: string | null, engine: string | null): boolean {
  return offers.some(
    ({ since, engines }) =>
      (version === null || isAtLeast(version, since)) &&
      (engine === null || engines === null || engines.includes(engine)),
  );
}

/** Whether a version's release numbers are not below another's; a pre-release counts as its release. */
export function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [releaseOf(version), releaseOf(least)];
  for (let i = 0; i < want.length; i += 1) {
    const difference = (have[i] ?? 0) - (want[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** The leading numbers of a version: "5.0rc1" gives 5 and 0. */
function releaseOf(version: string): readonly number[] {
  const release = /^\D*(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? "0";
  return release.split(".").map(Number);
}

const POSTGRESQL = ["postgresql", "cockroachdb", "redshift"];

const GROUPS: ReadonlyMap<string, readonly string[]> = new Map([["pg", POSTGRESQL]]);

/** "never", "2.0", "2.0 on mysql,pg" (a name of GROUPS stands for its databases), or several of them with "or" between. */
function offers(text: string): readonly Offer[] {
  if (text === "never") return [];
  return text.split(" or ").map((one) => {
    const [since = "", on] = one.split(" on ");
    if (on === undefined) return { since, engines: null };
    const engines = on.split(",").flatMap((name) => GROUPS.get(name) ?? [name]);
    return { since, engines };
  });
}

interface Row {
  readonly feature: string;
  readonly title: string;
  readonly django: string;
  readonly sqlalchemy: string;
  readonly djangoDoesFor?: readonly string[];
  readonly inDjango?: string;
  readonly source: string;
}

/** A full entry from a row whose offers are short texts. */
export function capability(row: Row): Capability {
  return {
    feature: row.feature,
    title: row.title,
    django: offers(row.django),
    sqlalchemy: offers(row.sqlalchemy),
    djangoDoesFor: row.djangoDoesFor ?? [],
    inDjango: row.inDjango ?? null,
    source: row.source,
  };
}

/** Tried on real databases: see capabilities.ts. */
export const RAN = "ran";
export const QUERYSETS = "docs.djangoproject.com/en/6.0/ref/models/querysets";
export const DML = "docs.sqlalchemy.org/en/20/tutorial/data_update.html";
export const SELECT = "docs.sqlalchemy.org/en/20/tutorial/data_select.html";
