import type { Choice, Stance } from "../model/report.ts";
import type { Situation } from "./situation.ts";

/** What answers a project whose situation leaves nothing to weigh, and when that is so. */
export const situationAnswers = {
  unread: { choice: "undecided", when: "no Python file, or hardly one, could be read" },
  mapper: { choice: "not-needed", when: "the project is an ORM itself" },
  bridge: { choice: "either", when: "a library runs on both ORMs at once, to join them" },
  subject: { choice: "sqlalchemy", when: "a library lives in Django and works through SQLAlchemy alone" },
  "both-adapters": {
    choice: "either",
    when: "a library about data layers serves both ORMs and has no tables",
  },
  adapters: {
    choice: "not-needed",
    when: "a library merely supports ORMs of its hosts (tracing, sign-in, plug-ins) and has no data",
  },
  documents: { choice: "not-needed", when: "everything is kept in documents, keys or graphs" },
  "only-driver": {
    choice: "undecided",
    when: "an application or tool brings a driver, and nothing shows what for",
  },
  "no-database": { choice: "not-needed", when: "no rows are kept" },
} as const satisfies Record<
  Exclude<Situation["kind"], "weigh">,
  { readonly choice: Choice; readonly when: string }
>;

/** What each stance advises. */
export const stanceMeanings: Readonly<Record<Stance, string>> = {
  adopt: "no ORM is in use: take the chosen one",
  stay: "keep what is in use: it is the chosen one, or leaving it would not pay",
  "stay-with-raw-sql":
    "keep the Django ORM, with raw SQL for the few statements that need it, which are named",
  move: "leave the ORM in use for the chosen one",
  split: "keep both, each for its own share of the statements",
  none: "nothing to do",
};
