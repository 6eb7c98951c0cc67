import { describe, expect, it } from "vitest";
import { rebaseGlob } from "../../src/config/rebase-glob.ts";

describe("rebaseGlob", () => {
  it.each([
    // Names without a folder hold at any depth, wherever the file with the glob is.
    ["*.gen.py", "services/api", ["*.gen.py"]],
    ["legacy/", "services/api", ["legacy/"]],
    ["!keep.py", "services/api", ["!keep.py"]],
    // The same folder: nothing changes.
    ["services/api/old/**", "", ["services/api/old/**"]],
    // Below: the part that leads to the scanned folder is used up, the rest stays anchored.
    ["services/api/old/**", "services/api", ["/old/**"]],
    ["/services/api/old.py", "services/api", ["/old.py"]],
    ["services/*/old/", "services/api", ["/old/"]],
    ["services/a?i/old", "services/api", ["/old"]],
    ["!services/api/keep.py", "services/api", ["!/keep.py"]],
    // Elsewhere: it matches nothing in the scanned folder.
    ["services/web/old/**", "services/api", []],
    ["build/out", "services/api", []],
    // The scanned folder itself, or one above it: all of it is meant.
    ["services/api", "services/api", ["/**"]],
    ["services/api/", "services/api", ["/**"]],
    ["/services", "services/api", ["/**"]],
    // `**` may end above the scanned folder or go on inside it.
    ["**/old/*.py", "services/api", ["/**/old/*.py"]],
    ["**/api/old", "services/api", ["/old", "/**/api/old"]],
    ["services/**", "services/api", ["/**"]],
  ])("%s, seen from %s", (glob, below, forms) => {
    expect(rebaseGlob(glob, below).sort()).toEqual([...forms].sort());
  });

  it("takes no noticeable time for a glob made to be slow", () => {
    const started = performance.now();
    expect(rebaseGlob(`${"*a".repeat(60)}b/x`, "a".repeat(250))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
