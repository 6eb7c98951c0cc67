import type { Query } from "../query.ts";
import { profileNamed } from "./other/profiles.ts";

/** True for statements that keep the rows they were asked for, so that the next use finds them in memory. */
export function keepsRows({ style, orm }: Pick<Query, "style" | "orm">): boolean {
  return style === "django" || (style === "other" && profileNamed(orm)?.keepsRows === true);
}
