// Linking looks at all files together, so one changed file asks for all of it again; where nothing changed, what it found is kept.
import { entryKey, type FactsCache } from "./cache/facts-cache.ts";
import { type LinkedRepository, type Linking, linkProjects } from "./link-projects.ts";
import type { KeyedFile, RepositoryReading } from "./reading/read-repository.ts";

/** What was found, and the skimmed files that had to be read in full for it. */
interface Kept {
  readonly linked: LinkedRepository;
  readonly opened: readonly KeyedFile[];
}

/** Links what was read, or takes what was found the last time the facts were the same, which takes no evaluation. */
export async function linkOnce(
  { digest, facts, isSame, makeReady, opened }: RepositoryReading,
  includeTests: boolean,
  cache: FactsCache | null,
): Promise<Linking> {
  const key = digest === null ? null : entryKey(Buffer.from(digest), `linked ${includeTests}`);
  for (const bytes of key === null ? [] : (cache?.all(key) ?? [])) {
    const kept: Kept = JSON.parse(Buffer.from(bytes).toString());
    if (isSame(kept.opened)) return { linked: kept.linked, evaluated: 0 };
  }
  await makeReady();
  const linking = await linkProjects(facts, includeTests);
  if (key !== null) cache?.put(key, packed({ linked: linking.linked, opened: opened() }));
  return linking;
}

/** As JSON: V8's own format also tells how an array is held in memory, which differs from run to run. */
function packed(kept: Kept): Uint8Array {
  return Buffer.from(JSON.stringify(kept));
}
