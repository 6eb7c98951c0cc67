/** A distribution's name as PEP 503 compares it: lower case, runs of `-`, `_` and `.` as one `-`. */
export function normalisePackageName(name: string): string {
  return name.replace(/[-_.]+/g, "-").toLowerCase();
}
