import { UsageError } from "../model/usage-error.ts";

/** Reads a number of worker threads, 1 to 256. `where` names what the user wrote it in. */
export function parseJobs(written: string, where: string): number {
  const jobs = Number(written);
  if (/^\d+$/.test(written) && jobs >= 1 && jobs <= 256) return jobs;
  throw new UsageError(`${where} must be a whole number from 1 to 256, not "${written}".`);
}
