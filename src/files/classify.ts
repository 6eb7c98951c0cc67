import ignore from "ignore";
import type { FileRole } from "../model/file-role.ts";
import { folderOf, foldersAbove, nameOf, within } from "../text/path.ts";
import { isPython } from "./file-kind.ts";
import { type FolderRole, folderRole } from "./folder-role.ts";
import { isNumbered, isTestName, type RepositoryShape, repositoryShape } from "./repository-shape.ts";

export interface RoleReason {
  readonly role: FileRole;
  /** A clause for people: "in tests/", "named test_views.py". */
  readonly because: string;
}

export interface RoleRule {
  readonly glob: string;
  readonly role: FileRole;
}

const PRODUCTION: RoleReason = { role: "production", because: "nothing says otherwise" };

/** Files whose presence does not make a folder production code on its own. */
const SLIGHT = /^(__init__|__main__|manage|setup|wsgi|asgi|version|_version|__version__|__about__)\.pyw?$/;

/** Production code of substance: more than entry points, version numbers and empty package files. */
export function isSubstantial(path: string): boolean {
  return isPython(path) && !SLIGHT.test(nameOf(path));
}

/**
 * Makes the function that says what each file of a repository is for, by path alone; role-from-content.ts refines it once
 * the text is there. Only names below the scanned root count, so a repository kept in a folder `examples` loses nothing.
 *
 * @param paths every path of the repository: what a folder's name means depends on what lies in and around it.
 * @param rules the user's own, which win; .gitignore syntax, the first match decides.
 * @param overlook a role that no folder's name gives (folders such as `.github` aside), for repositories with nothing else.
 */
export function createClassifier(
  paths: readonly string[],
  rules: readonly RoleRule[] = [],
  overlook: FileRole | null = null,
): (path: string) => RoleReason {
  const shape = repositoryShape(paths);
  const matchers = rules.map(({ glob, role }) => ({
    glob,
    role,
    matcher: ignore({ ignorecase: false }).add(glob),
  }));
  const roleOf = remember((folder): FolderRole | null => {
    const named = folderRole(folder, shape);
    return named?.role === overlook && !nameOf(folder).startsWith(".") ? null : named;
  });
  const besideCode = foldersWithCode(paths, shape, roleOf);
  // The outermost folder with a role decides.
  const placeOf = remember((folder): RoleReason | null => {
    if (folder === "") return null;
    const above = placeOf(folderOf(folder));
    const found = above === null ? roleOf(folder) : null;
    if (found === null || (found.isWeak && !besideCode.has(folderOf(folder)))) return above;
    return { role: found.role, because: `in ${nameOf(folder)}/` };
  });

  return (path) => {
    const rule = matchers.find(({ matcher }) => matcher.ignores(path));
    if (rule !== undefined) return { role: rule.role, because: `configured by "${rule.glob}"` };
    if (/\.pyi$/.test(path)) return { role: "stub", because: "named *.pyi" };
    return placeOf(folderOf(path)) ?? roleOfName(path, shape) ?? PRODUCTION;
  };
}

/** Asks once for each folder. */
function remember<Answer>(ask: (folder: string) => Answer): (folder: string) => Answer {
  const answers = new Map<string, Answer>();
  return (folder) => {
    const known = answers.get(folder);
    if (known !== undefined) return known;
    const answer = ask(folder);
    answers.set(folder, answer);
    return answer;
  };
}

/** What one path alone says. */
export function classify(path: string): RoleReason {
  return createClassifier([path])(path);
}

/** The folders with substantial production code in or below them that lies in no folder of a doubtful name. */
function foldersWithCode(
  paths: readonly string[],
  shape: RepositoryShape,
  roleOf: (folder: string) => FolderRole | null,
): ReadonlySet<string> {
  const isDoubtful = remember(
    (folder): boolean => folder !== "" && (roleOf(folder) !== null || isDoubtful(folderOf(folder))),
  );
  const folders = new Set<string>();
  for (const path of paths) {
    const folder = folderOf(path);
    if (folders.has(folder) || !isSubstantial(path) || path.endsWith(".pyi")) continue;
    if (isDoubtful(folder) || roleOfName(path, shape) !== null) continue;
    for (const above of ["", ...foldersAbove(path)]) folders.add(above);
  }
  return folders;
}

function roleOfName(path: string, shape: RepositoryShape): RoleReason | null {
  const name = nameOf(path);
  const folder = folderOf(path);
  if (/\{\{|\{%/.test(name)) return { role: "template", because: `named ${name}` };
  if (!isPython(path)) return null;
  if (/_pb2(_grpc)?\.py$/.test(name)) return { role: "generated", because: `named ${name}` };
  const isCommand = nameOf(folder) === "commands" && nameOf(folderOf(folder)) === "management";
  if (isTestName(name) && !isCommand) return { role: "test", because: `named ${name}` };
  if (shape.isRuleSnippet(path))
    return { role: "test", because: "among snippets beside rules of the same names" };
  if (isMigration(path, shape)) return { role: "migration", because: `in ${nameOf(folder)}/` };
  return isBuildScript(name, folder, shape) ? { role: "script", because: `named ${name}` } : null;
}

const MIGRATIONS = /^(.+[-_])?migrations?([-_].+)?$/;

/**
 * Numbered files below a folder `migrations` and what lies beside them; Alembic's revisions and env.py. A package
 * `migrations` without either is code of the application (a runner, an API).
 */
function isMigration(path: string, shape: RepositoryShape): boolean {
  const name = nameOf(path);
  const folder = folderOf(path);
  const parent = folderOf(folder);
  if (MIGRATIONS.test(nameOf(folder))) {
    if (isNumbered(name) || shape.holdsNumbered(folder)) return true;
    if (
      name === "__init__.py" &&
      (shape.has(within(parent, "models.py")) || shape.has(within(parent, "apps.py")))
    ) {
      return true;
    }
  }
  if (MIGRATIONS.test(nameOf(parent)) && isNumbered(name)) return true;
  if (name === "env.py" && shape.isAlembic(folder)) return true;
  const versions = [folder, ...foldersAbove(folder).reverse()].find((above) => nameOf(above) === "versions");
  if (versions === undefined) return false;
  const environment = folderOf(versions);
  return (
    /^_?(alembic|migrations?)$/.test(nameOf(environment)) ||
    shape.isAlembic(environment) ||
    /^[0-9a-f]{12}_/.test(name)
  );
}

/** `setup.py` beside an `__init__.py` is an ordinary module of that package. */
function isBuildScript(name: string, folder: string, shape: RepositoryShape): boolean {
  if (/^(setup|hatch_build)\.py$/.test(name)) return !shape.isPackage(folder);
  return /^(noxfile|fabfile|versioneer|ez_setup|gunicorn_benchmark)\.py$/.test(name);
}
