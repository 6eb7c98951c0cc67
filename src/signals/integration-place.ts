import { nameOf } from "../text/path.ts";

const INTEGRATION_FOLDERS =
  /^(?:integrations?|contrib|plugins|ext|extensions|adapters|instrumentation|backends|extras|addons|compat)$/;

/**
 * A heuristic on where a file lies inside its project: a folder or module named after the library that it works with, or a
 * folder for integrations, below the top-level package.
 *
 * @param root the project's folder, "." for the whole repository.
 * @param names what the library's places are called.
 */
export function isIntegrationPlace(root: string, path: string, names: readonly string[]): boolean {
  const inside = root === "." ? path : path.slice(root.length + 1);
  const parts = inside.replace(/^src\//, "").split("/");
  const stem = nameOf(inside).replace(/\.pyi?$/, "");
  const isNamed = (part: string): boolean =>
    names.some(
      (name) =>
        part === name ||
        part === `_${name}` ||
        part === `${name}_integration` ||
        part === `${name}_app` ||
        part === `with_${name}`,
    );
  if (parts.length > 1 && isNamed(stem)) return true;
  return parts.slice(1, -1).some((part) => isNamed(part) || INTEGRATION_FOLDERS.test(part));
}
