/** 41208 as "41,208", whatever the locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/gu, ",");
}

/** "1 file", "2 files". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** "71 %" of a whole that is not empty. Only all is 100, and only none is 0. */
export function percent(part: number, whole: number): string {
  const rounded = Math.round((100 * part) / whole);
  const held = part === whole ? 100 : part === 0 ? 0 : Math.min(99, Math.max(1, rounded));
  return `${held} %`;
}

/** The counts that are not zero, each before its name: "crud 145 · moderate 36". */
export function tally(counts: readonly (readonly [name: string, count: number])[]): string {
  return counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${grouped(count)}`)
    .join(" · ");
}
