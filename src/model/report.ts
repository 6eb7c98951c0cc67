// The report is the one thing every later stage and every output format reads. These are its plain types; report.schema.ts
// holds the same shape as a zod schema, and a test keeps the two equal. Names are public: add, do not rename.

import type { FileRole } from "./file-role.ts";
import type { Problem } from "./problem.ts";

/** Where something was seen. `path` is POSIX and relative to the scanned root, `line` is 1-based, `says` is one short clause. */
export interface Evidence {
  readonly path: string;
  readonly line: number;
  readonly says: string;
}

/**
 * What every signal carries: `unknown` is null when the scan could look everywhere it needed to, else the reason why the
 * answer may be incomplete. Not having looked is a different answer from having found nothing.
 */
export interface Signal {
  readonly unknown: string | null;
  readonly evidence: readonly Evidence[];
}

export type ProjectKind = "app" | "library" | "tool" | "integration";

export type FrameworkRole = "runs-on" | "supports" | "dev-only";
export interface FrameworkUse {
  /** Lower-case name: django, fastapi, flask, … */
  readonly name: string;
  readonly version: string | null;
  readonly role: FrameworkRole;
  /** Add-ons of the framework worth knowing: "rest framework", "ninja", "channels", … */
  readonly extensions: readonly string[];
  readonly evidence: readonly Evidence[];
}

export type OrmRole = "primary" | "secondary" | "supports" | "dev-only";
export interface OrmUse {
  /** Lower-case name: django-orm, sqlalchemy-orm, …, raw-sql. */
  readonly name: string;
  readonly version: string | null;
  readonly role: OrmRole;
  readonly evidence: readonly Evidence[];
}

export type DatabaseAccess = "async" | "mixed" | "sync" | "none" | "unknown";
/** How asynchronous the production code is. All counts are of production code. */
export interface AsyncSignal extends Signal {
  readonly functions: number;
  readonly asyncFunctions: number;
  readonly endpoints: number;
  readonly asyncEndpoints: number;
  readonly databaseAccess: DatabaseAccess;
  /** Executed queries by how they meet the event loop. */
  readonly access: {
    /** Awaited on an async driver or session. */
    readonly awaited: number;
    /** Handed to a thread: a-methods of Django, sync_to_async, run_in_threadpool, … */
    readonly threaded: number;
    readonly syncInSync: number;
    /** Executed synchronously inside a coroutine: blocks the event loop. */
    readonly syncInAsync: number;
  };
  /** Async engines, async drivers, ASGI servers and applications found, by name. */
  readonly engines: readonly string[];
  readonly servers: readonly string[];
  /** Whether async is what the project is built around, something at its edge, or absent. */
  readonly weight: "essential" | "incidental" | "absent";
}

export type QueryLayer = "orm" | "core" | "raw";
export type QueryOperation =
  | "select"
  | "insert"
  | "update"
  | "delete"
  | "upsert"
  | "flush"
  | "commit"
  | "ddl"
  | "unknown";
export type Hardness = "easy" | "medium" | "hard" | "extra";
export type Tier = "crud" | "moderate" | "advanced" | "beyond-django-orm";
export type ExecutionKind = "sync" | "awaited" | "not-executed" | "unknown";

export interface QueryFeature {
  readonly name: string;
  readonly line: number;
}

/** One statement that the code builds through an ORM, Core or raw SQL. */
export interface Query {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** Qualified name of the enclosing function or class ("Cohort.report"), or null at module level. */
  readonly function: string | null;
  readonly layer: QueryLayer;
  /** The ORM that builds it: a name of OrmUse. */
  readonly orm: string;
  /** The model or table queried, or null where it could not be resolved. */
  readonly model: string | null;
  readonly operation: QueryOperation;
  /** The call that gave the statement its operation: "get_or_create", "scalars", "execute", "iteration", … */
  readonly method: string;
  readonly features: readonly QueryFeature[];
  readonly hardness: Hardness;
  /** Spider's counts behind the hardness: components 1, components 2, others. */
  readonly components: { readonly one: number; readonly two: number; readonly others: number };
  readonly tier: Tier;
  /** Features that the project's Django version and database cannot express without raw SQL. */
  readonly beyondDjango: readonly string[];
  readonly execution: {
    readonly kind: ExecutionKind;
    readonly line: number;
    /** True when the execution is handed to a thread from async code. */
    readonly threaded: boolean;
  };
  readonly inAsync: boolean;
  readonly inLoop: boolean;
  /** Role of the file that holds it. */
  readonly role: FileRole;
  /** "resolved" when the receiver's type was known, "heuristic" when it was inferred from shape alone. */
  readonly certainty: "resolved" | "heuristic";
}

export interface QuerySignal extends Signal {
  readonly total: number;
  readonly byTier: Readonly<Record<Tier, number>>;
  readonly byHardness: Readonly<Record<Hardness, number>>;
  readonly byLayer: Readonly<Record<QueryLayer, number>>;
  readonly items: readonly Query[];
}

/** A class or table that maps to a database table. */
export interface ModelSummary {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly orm: string;
  readonly abstract: boolean;
  readonly fields: number;
  readonly relations: number;
}
export interface ModelSignal extends Signal {
  /** Concrete models of production code. */
  readonly total: number;
  readonly relations: number;
  readonly items: readonly ModelSummary[];
}

export interface MigrationSignal extends Signal {
  /** One entry a tool that is configured or has migrations: django, alembic, flask-migrate, aerich, yoyo, sql-files, … */
  readonly tools: readonly {
    readonly tool: string;
    readonly count: number;
    readonly evidence: readonly Evidence[];
  }[];
}

export interface AdminSignal extends Signal {
  /** "django" for django.contrib.admin, the package's name for third-party admins, "none" when nothing was found. */
  readonly kind: "django" | "third-party" | "none";
  readonly name: string | null;
  /** Models registered with it. */
  readonly registrations: number;
}

export interface DatabaseUse {
  /** Alias in DATABASES, bind key, or variable of the engine. */
  readonly alias: string;
  /** postgresql, mysql, sqlite, oracle, mssql, mongodb, … or null when it comes from the environment. */
  readonly engine: string | null;
  readonly driver: string | null;
  readonly evidence: readonly Evidence[];
}
export interface DatabaseSignal extends Signal {
  readonly items: readonly DatabaseUse[];
  readonly routers: number;
  /** Queries or sessions sent to a database other than the default: `.using()`, `binds=`, `get_bind`. */
  readonly explicitRouting: number;
  readonly drivers: readonly string[];
}

export interface TypingSignal extends Signal {
  readonly functions: number;
  /** Functions with every parameter (self and cls aside) and the return annotated. */
  readonly annotatedFunctions: number;
  /** SQLAlchemy attributes declared as `Mapped[...]`, and those declared without. */
  readonly mappedAttributes: number;
  readonly unmappedAttributes: number;
  readonly checkers: readonly string[];
  readonly stubs: readonly string[];
}

/** Distinct ORM concepts the code uses, grouped; the measure behind "learning curve". */
export interface ConceptSignal extends Signal {
  readonly total: number;
  readonly items: readonly { readonly name: string; readonly orm: string; readonly uses: number }[];
}

/** What ties production code to the ORM in use, counted where it is declared: one entry a kind and name. */
export interface Tie {
  readonly kind: TieKind;
  /**
   * Of a model, how it maps ("plain", "proxy"); of a relation, its form ("foreign-key"); of a column, the dotted name of its type, or
   * of the first foreign base of a type of the project's own;
   * of a dependent, what it is ("forms"). Null where it could not be read.
   */
  readonly name: string | null;
  /** "sqlalchemy" for what is of no one layer of it. */
  readonly orm: string;
  readonly count: number;
  /** The first few. */
  readonly evidence: readonly Evidence[];
}
export type TieKind = "model" | "relation" | "column" | "own-column" | "own-type" | "dependent";
export interface TieSignal extends Signal {
  readonly items: readonly Tie[];
}

/** Everything concluded about one project, before any judgement. The verdict is a pure function of this. */
export interface ProjectSignals {
  /** "." for the whole repository. */
  readonly root: string;
  readonly name: string;
  readonly kind: ProjectKind;
  readonly size: { readonly files: number; readonly lines: number; readonly unread: number };
  readonly frameworks: readonly FrameworkUse[];
  readonly orms: readonly OrmUse[];
  readonly async: AsyncSignal;
  readonly models: ModelSignal;
  readonly queries: QuerySignal;
  readonly migrations: MigrationSignal;
  readonly admin: AdminSignal;
  readonly databases: DatabaseSignal;
  readonly typing: TypingSignal;
  readonly concepts: ConceptSignal;
  readonly ties: TieSignal;
}

export type Side = "sqlalchemy" | "django-orm";

export interface ComparisonRow {
  readonly row: string;
  readonly sqlalchemy: string;
  readonly djangoOrm: string;
  /** What the scan shows for this repository, as one sentence. */
  readonly here: string;
  readonly evidence: readonly Evidence[];
}

export interface CriterionResult {
  readonly id: string;
  readonly favours: Side;
  readonly weight: number;
  /** How strongly this project shows it, 0 to 1. */
  readonly strength: number;
  /** weight × strength, signed: positive favours SQLAlchemy, negative the Django ORM. */
  readonly contribution: number;
  readonly says: string;
  readonly evidence: readonly Evidence[];
}

export type Choice = "sqlalchemy" | "django-orm" | "either" | "not-needed" | "undecided";
export type Stance = "adopt" | "stay" | "stay-with-raw-sql" | "move" | "split" | "none";

export interface Reason {
  readonly says: string;
  readonly contribution: number;
  readonly evidence: readonly Evidence[];
}

export interface Flip {
  /** The change, in words. */
  readonly change: string;
  /** The choice that it leads to. */
  readonly choice: Choice;
}

/** The verdict under one assumption that is not made: "what if it ran on Django". */
export interface WhatIf {
  /** The assumption as `--assume` takes it: "framework=django". */
  readonly assume: string;
  readonly says: string;
  readonly choice: Choice;
  readonly stance: Stance;
  readonly confidence: number;
  readonly margin: number;
}

/** Something taken for granted in place of what was seen. The signals of the report stay what was seen. */
export interface AssumptionMade {
  readonly key: string;
  readonly value: string;
  readonly says: string;
}

/** A weight or threshold of the verdict that the configuration sets to another value than the usual one. */
export interface PolicyChange {
  readonly kind: "weight" | "threshold";
  readonly name: string;
  readonly value: number;
  readonly usual: number;
}

/** What a project on an ORM that is neither of the two would gain and lose by the nearer one; one clause each. */
export interface ThirdOrm {
  readonly orm: string;
  readonly nearer: Side;
  readonly gains: readonly string[];
  readonly losses: readonly string[];
}

export interface MoveCost {
  readonly to: Side;
  /** Range in effort units; one unit is about one hour of a developer who knows both ORMs. */
  readonly low: number;
  readonly high: number;
  readonly items: readonly {
    readonly what: string;
    readonly count: number;
    readonly low: number;
    readonly high: number;
    readonly note: string;
    readonly group: CostGroup;
    readonly carries: Carries;
    /** Units for one of them: count times each is the line's range. */
    readonly each: { readonly low: number; readonly high: number };
    readonly evidence: readonly Evidence[];
  }[];
}

export type CostGroup =
  | "models"
  | "relations"
  | "columns"
  | "queries"
  | "migrations"
  | "admin"
  | "dependents";
/** How a thing carries over; a query that needs a rewrite is "with-a-note", a dependent that is built anew is "not". */
export type Carries = "directly" | "with-a-note" | "not" | "unknown";

export interface Verdict {
  readonly choice: Choice;
  readonly stance: Stance;
  /** The probability that someone who reads the code chooses the same, 0 to 1; fitted on the survey. */
  readonly confidence: number;
  /** Sum of the criteria's contributions: positive favours SQLAlchemy. */
  readonly margin: number;
  /** The choice if today's ORM is left out of account. */
  readonly greenfield: Choice;
  /** One sentence that sums it up. */
  readonly says: string;
  readonly reasons: readonly Reason[];
  readonly against: readonly Reason[];
  readonly flips: readonly Flip[];
  /** The obvious alternatives, each judged. */
  readonly whatIf: readonly WhatIf[];
  readonly cost: MoveCost | null;
  /** Null unless another ORM than the two is in use. */
  readonly thirdOrm: ThirdOrm | null;
  /** What was not seen and would raise the confidence. */
  readonly missing: readonly string[];
  readonly assumptions: readonly AssumptionMade[];
  readonly policy: readonly PolicyChange[];
}

export type Severity = "error" | "warning" | "note";
export interface Location {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly says: string;
}
/** Why a finding does not count: a comment in the code, the baseline, or code that did not change since a revision. */
export interface FindingSuppression {
  readonly kind: "comment" | "baseline" | "unchanged";
  /** What the comment says, where it gives a reason. */
  readonly reason: string | null;
}
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Qualified name of the function or class that holds it, or null at module level. */
  readonly symbol: string | null;
  /** The expression, written anew without layout: what a baseline knows the finding by. */
  readonly snippet: string;
  readonly message: string;
  readonly related: readonly Location[];
  readonly fingerprint: string;
  readonly suppressed: boolean;
  /** Null when it is not suppressed. */
  readonly suppression: FindingSuppression | null;
}

export interface ProjectReport extends ProjectSignals {
  readonly comparison: readonly ComparisonRow[];
  readonly criteria: readonly CriterionResult[];
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/** Something that several projects of the repository use. */
export interface SharedThing {
  readonly kind: "models" | "database";
  /** Roots; for models the one that declares them first. */
  readonly projects: readonly string[];
  readonly says: string;
  readonly evidence: readonly Evidence[];
}

/** What holds for the projects of a repository as a whole. */
export interface Together {
  readonly shared: readonly SharedThing[];
  /** What to do with the whole, in one or two sentences. */
  readonly advice: string;
}

export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "ormverdict"; readonly version: string };
  readonly projects: readonly ProjectReport[];
  /** One sentence over all projects. */
  readonly summary: string;
  /** Null for fewer than two projects. */
  readonly together: Together | null;
  readonly problems: readonly Problem[];
  readonly stats: {
    readonly files: number;
    readonly parsed: number;
    readonly lines: number;
    readonly bytes: number;
  };
}
