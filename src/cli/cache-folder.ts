import { join } from "node:path";
import type { Host } from "./host.ts";

/**
 * Where facts are kept between runs: what --cache-dir says, else ORMVERDICT_CACHE_DIR, else below the folder that the system has for
 * caches (XDG Base Directory on Unix, Library/Caches on macOS, LocalAppData on Windows). Null where none is known.
 */
export function cacheFolder(
  given: string | undefined,
  { environment, platform }: Pick<Host, "environment" | "platform">,
): string | null {
  const named = given || environment.ORMVERDICT_CACHE_DIR;
  if (named) return named;
  const { HOME: home, LOCALAPPDATA: local, XDG_CACHE_HOME: xdg } = environment;
  // A relative XDG_CACHE_HOME is to be ignored, says the specification.
  if (xdg?.startsWith("/")) return join(xdg, "ormverdict");
  if (platform === "win32") return local ? join(local, "ormverdict", "Cache") : null;
  if (!home) return null;
  return platform === "darwin"
    ? join(home, "Library", "Caches", "ormverdict")
    : join(home, ".cache", "ormverdict");
}
