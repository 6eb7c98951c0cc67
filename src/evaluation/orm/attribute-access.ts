import type { Frame } from "../frame.ts";
import type { Site } from "../query.ts";

/** An attribute being read: its name, where the name stands, and the whole expression's extent. */
export interface AttributeAccess {
  readonly name: string;
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

export function accessSite(frame: Frame, access: AttributeAccess): Site {
  return { module: frame.module, fn: frame.fn, start: access.start, end: access.end };
}
