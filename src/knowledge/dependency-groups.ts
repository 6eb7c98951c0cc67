// What the names of requirements files, extras and dependency groups mean by custom. Source: the names used in the
// packaging guides (PyPA "Dependency Groups", pip-tools, Poetry, PDM, uv, Hatch) and in cookiecutter-django's layout.
import type { DependencyScope } from "../model/manifest.ts";

const DEVELOPMENT = new Set(
  (
    "dev devel develop developer development devs local test tests testing unittest unittests pytest nose doc docs " +
    "documentation sphinx mkdocs lint linting linter linters format formatting style flake8 mypy typing types typecheck " +
    "type-check qa quality ci cd travis tox nox check checks coverage cov bench benchmark benchmarks profiling debug " +
    "release releasing publish packaging build precommit example examples demo e2e integration functional tools tooling ide"
  ).split(" "),
);
const RUNTIME = new Set("main prod production runtime default deploy deployment server project".split(" "));
/** Said of files, these mean what everything is installed with; a group so called may hold what its tests have in common. */
const RUNTIME_FILES = new Set("base common core".split(" "));
const OPTIONAL = new Set("optional opt extra extras".split(" "));

/**
 * What a group or extra of this name is for, or null when its name does not tell. One telling word is enough
 * ("test-django42", "ci_requirements"); "development" wins over the others.
 */
export function scopeOfGroupName(name: string): DependencyScope | null {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  if (words.some((word) => DEVELOPMENT.has(word)) || words.join("-").includes("pre-commit"))
    return "development";
  if (words.some((word) => OPTIONAL.has(word))) return "optional";
  return words.some((word) => RUNTIME.has(word)) ? "runtime" : null;
}

/** Folders whose manifests serve development, whatever the file is called. */
const DEVELOPMENT_FOLDERS = new Set(
  "test tests testing doc docs documentation example examples benchmarks ci .github .ci .circleci .devcontainer tox".split(
    " ",
  ),
);

/**
 * What a requirements file is for by its path, or null when the path does not tell (`requirements/websockets.txt`).
 * Folders count too: `docs/requirements.txt`, `requirements/dev/base.txt`.
 */
export function scopeOfRequirementsPath(path: string): DependencyScope | null {
  const parts = path.toLowerCase().split("/");
  const stem = (parts.pop() ?? "").replace(/\.(txt|in|pip|ya?ml)$/, "");
  if (/(^|[^a-z])constraints?([^a-z]|$)/.test(stem) || parts.at(-1) === "constraints") return "constraint";
  if (parts.some((folder) => DEVELOPMENT_FOLDERS.has(folder))) return "development";
  const folder = parts.at(-1);
  const byFolder = folder !== undefined && parts.includes("requirements") ? scopeOfGroupName(folder) : null;
  if (byFolder === "development") return byFolder;
  if (/^(requirements?|requires|reqs?)$/.test(stem)) return byFolder ?? "runtime";
  const isBase = stem.split(/[^a-z0-9]+/).some((word) => RUNTIME_FILES.has(word));
  return scopeOfGroupName(stem) ?? byFolder ?? (isBase ? "runtime" : null);
}

/** From the scope that says most about running the project to the one that says least. */
const BY_WIDTH: readonly DependencyScope[] = ["runtime", "optional", "development", "build", "constraint"];

/** The scope that says most about running the project; null of none. */
export function widestScope(scopes: readonly DependencyScope[]): DependencyScope | null {
  return BY_WIDTH.find((scope) => scopes.includes(scope)) ?? null;
}
