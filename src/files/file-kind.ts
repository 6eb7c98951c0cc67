// Which files are read, told by name alone. A file may be of two kinds: setup.py is Python and a manifest.
import { folderOf, nameOf } from "../text/path.ts";

const MANIFEST_NAMES = new Set([
  "pyproject.toml",
  "setup.py",
  "setup.cfg",
  "Pipfile",
  "Pipfile.lock",
  "poetry.lock",
  "uv.lock",
  "pdm.lock",
  // Configuration of tools: read by the same readers, and tox.ini names dependencies of its own.
  "mypy.ini",
  ".mypy.ini",
  "pytest.ini",
  ".pytest.ini",
  "tox.ini",
  "pyrightconfig.json",
]);

const MANIFEST_PATTERNS = [
  /^pylock(\.[\w-]+)?\.toml$/,
  /^(conda[-_.])?environment([-_.][\w.-]+)?\.ya?ml$/,
  /^([\w.-]*[-_.])?(requirements|reqs|constraints)[\w.-]*\.(txt|in|pip)$/i,
];

/** Folders whose every .txt and .in file lists requirements. */
const REQUIREMENT_FOLDERS = new Set(["requirements", "reqs", "requires"]);

const TEXT_PATTERNS = [
  /^[\w.-]*alembic[\w.-]*\.ini$/,
  /^(.*\.)?dockerfile([-_.].*)?$/i,
  /^(docker-)?compose([-_.].*)?\.ya?ml$/,
  /^procfile([-_.].*)?$/i,
  /\.service$/,
  // The examples only: `.env` itself holds secrets and is never opened.
  /^\.?env([-_.].*)?[-_.](example|sample|template|dist|defaults?)$/i,
  /^(example|sample|template)\.env$/i,
  /^(docker-)?(entrypoint|start|run|serve|prestart|start-reload)([-_.].*)?\.sh$/,
  /^supervisord?([-_.].*)?\.conf$/,
];

/** Python source or a type stub. */
export function isPython(path: string): boolean {
  return /\.pyi?w?$/i.test(path);
}

/** A file that declares or locks dependencies, or configures a tool that signals ask for. */
export function isManifest(path: string): boolean {
  const name = nameOf(path);
  if (MANIFEST_NAMES.has(name) || MANIFEST_PATTERNS.some((pattern) => pattern.test(name))) return true;
  return /\.(txt|in)$/.test(name) && REQUIREMENT_FOLDERS.has(nameOf(folderOf(path)));
}

/** A deployment or configuration text that signals quote: servers, database URLs, the place of the migrations. */
export function isConfigurationText(path: string): boolean {
  const name = nameOf(path);
  return name === "setup.cfg" || TEXT_PATTERNS.some((pattern) => pattern.test(name));
}

const MIB = 1024 * 1024;

/** The most bytes a file may have to be read, or null when files of that name are not read at all. */
export function sizeBound(path: string): number | null {
  if (isPython(path)) return 2 * MIB;
  // Lock files of large projects reach several MiB.
  if (isManifest(path)) return 16 * MIB;
  return isConfigurationText(path) ? MIB : null;
}
