// Linking looks at all files together, so one changed file asks for all of it again; where nothing changed, what it found is kept.
import { deserialize, serialize } from "node:v8";
import { entryKey, type FactsCache } from "./cache/facts-cache.ts";
import { type Linking, linkProjects } from "./link-projects.ts";
import type { RepositoryReading } from "./reading/read-repository.ts";

/** Links what was read, or takes what was found the last time the facts were the same, which takes no evaluation. */
export async function linkOnce(
  { digest, facts, makeReady }: RepositoryReading,
  includeTests: boolean,
  cache: FactsCache | null,
): Promise<Linking> {
  const key = digest === null ? null : entryKey(Buffer.from(digest), `linked ${includeTests}`);
  const kept = key === null ? null : (cache?.get(key) ?? null);
  if (kept !== null) return { linked: deserialize(kept), evaluated: 0 };
  await makeReady();
  const linking = await linkProjects(facts, includeTests);
  if (key !== null) cache?.put(key, serialize(linking.linked));
  return linking;
}
