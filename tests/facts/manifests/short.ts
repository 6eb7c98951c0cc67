import type { Manifest } from "../../../src/model/manifest.ts";

/** Dependencies as one text each, "line scope/group name[extras]specifier ; marker @ url", to be compared at a glance. */
export function short(manifest: Manifest | null): string[] {
  return (manifest?.dependencies ?? []).map(
    ({ line, scope, group, name, extras, specifier, marker, url }) => {
      const kind = group === null ? scope : `${scope}/${group}`;
      const asked = extras.length === 0 ? "" : `[${extras.join(",")}]`;
      const rest = `${marker === null ? "" : ` ; ${marker}`}${url === null ? "" : ` @ ${url}`}`;
      return `${line} ${kind} ${name}${asked}${specifier}${rest}`;
    },
  );
}

/** Problems as "line: message". */
export function problemsOf(manifest: Manifest | null): string[] {
  return (manifest?.problems ?? []).map(({ line, message }) => `${line}: ${message}`);
}
