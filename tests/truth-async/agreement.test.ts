// The scan of generated code against what that code did on the real libraries, as `npm run truth:async` kept it. A part of the
// matrix: the whole of it takes the command half a minute.
import { describe, expect, it } from "vitest";
import { compareLibrary, FIXTURES } from "./compare-library.ts";
import { djangoMatrix } from "./django/django-matrix.ts";
import { knownFor, readKnownDisagreements } from "./known-disagreements.ts";
import { isRecorded, readObservations } from "./observations.ts";
import { sqlalchemyMatrix } from "./sqlalchemy/sqlalchemy-matrix.ts";

/** One snippet in so many is compared here, the statements and attributes that are no plain methods more often. */
const SHARE = 12;
const SHARE_OF_USES = 4;
/** Milliseconds, with room for a machine that does other things too. */
const TIMEOUT = 60_000;

describe("code in coroutines", () => {
  it.each([
    ["django", djangoMatrix],
    ["sqlalchemy", sqlalchemyMatrix],
  ] as const)(
    "of %s is judged by what it does",
    async (_name, library) => {
      const versions = Object.keys(library.versions).filter((version) => isRecorded(FIXTURES, version));
      const observed = new Map(versions.map((version) => [version, readObservations(FIXTURES, version)]));
      const { cells, disagreements, strays } = await compareLibrary(
        library,
        observed,
        ({ subject }, index) => index % (/^[a-z]/.test(subject) ? SHARE_OF_USES : SHARE) === 0,
      );
      const known = readKnownDisagreements();
      const unknown = disagreements.filter((one) => knownFor(known, one) === undefined);
      expect(cells).toBeGreaterThan(300);
      expect(
        unknown.map(({ cell, observed: did, says }) => `${cell}: ${did}; the scan says ${says}`),
      ).toEqual([]);
      expect(strays).toEqual([]);
    },
    TIMEOUT,
  );
});
