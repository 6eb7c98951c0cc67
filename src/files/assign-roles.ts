import type { FileRole } from "../model/file-role.ts";
import { createClassifier, isSubstantial, type RoleRule } from "./classify.ts";
import { isPython } from "./file-kind.ts";
import type { ListedFile } from "./repository.ts";

/** What to fall back on, in this order, where a repository has no production code at all. */
const FALLBACKS: readonly { readonly role: FileRole; readonly called: string }[] = [
  { role: "example", called: "examples" },
  { role: "template", called: "templates" },
  { role: "script", called: "scripts" },
];

/**
 * Gives every file its role. A repository that holds nothing but examples (or scripts, or templates) is read as if those
 * were its production code, and says so in `note`: an honest answer beats an empty one.
 */
export function assignRoles(
  files: readonly { readonly path: string; readonly bytes: number }[],
  allPaths: readonly string[],
  rules: readonly RoleRule[],
): { files: readonly ListedFile[]; note: string | null } {
  const roleOf = createClassifier(allPaths, rules);
  const listed = files.map(({ path, bytes }) => ({ path, bytes, ...roleOf(path) }));
  const python = listed.filter(({ path }) => isPython(path));
  if (python.length === 0 || python.some(({ path, role }) => role === "production" && isSubstantial(path))) {
    return { files: listed, note: null };
  }
  const fallback = FALLBACKS.find(({ role }) => python.some((file) => file.role === role && isPlaced(file)));
  if (fallback === undefined) {
    const slight = python.some(({ role }) => role === "production");
    const note = slight
      ? "Next to no production code was found: only entry points and package files."
      : `No production code was found: all ${python.length} Python files are for tests, docs or the like.`;
    return { files: listed, note };
  }
  const secondLook = createClassifier(allPaths, rules, fallback.role);
  return {
    files: listed.map((file) => {
      const { role, because } = secondLook(file.path);
      if (role !== "production" || file.role === "production") return { ...file, role, because };
      return { ...file, role, because: `nothing but ${fallback.called} here` };
    }),
    note: `The repository holds no production code beside ${fallback.called}; they were read as if they were.`,
  };
}

/** In a folder of its kind, and not the repository's own upkeep: setup.py, `.github/`. */
function isPlaced({ path, because }: ListedFile): boolean {
  return /^in [^.]/.test(because) && isSubstantial(path);
}
