// What a folder's name says about the files in it. Whole names only: `litestar` is not `test`. A name counts for less where
// the folder is importable code (an app called `docs`, a package `tools` of an agent), so each rule asks the shape first.
import type { FileRole } from "../model/file-role.ts";
import { folderOf, nameOf, within } from "../text/path.ts";
import type { RepositoryShape } from "./repository-shape.ts";

export interface FolderRole {
  readonly role: FileRole;
  /** True for a name that may as well be the project's own (`demo/`, `test_app/`): it counts only beside other code. */
  readonly isWeak: boolean;
}

const VENDORED = /^(_?vendored|_vendor|vendored?_?libs?|third[-_]?party|3rd[-_]?party|_?extern|externals)$/;
const TEST_KINDS =
  "unit|integration|functional|e2e|acceptance|system|regression|smoke|load(ing)?|perf|performance|api|ui|browser";
const TESTS = new RegExp(`^(_*tests_*|(${TEST_KINDS})[-_]?test(s|ing)?|tests?[-_](${TEST_KINDS})|e2e)$`);
/** What an application may be about as well: `testcases` of a test management system. */
const TEST_MATERIAL = /^tests?[-_]?(suite|case|data|resource|fixture)s?$/;
/** `mysql_tests`, `lib_test`: tests where test files lie in it, else anything (`lab_tests` of a hospital). */
const NAMED_TESTS = /.[-_]tests?$/;
/** Helpers of tests; `testing` and `test` are judged by isTestPackage. */
const TEST_SUPPORT = /^tests?[-_]?(utils?|utilities|helpers?|support|lib|mocks?|stubs?)$/;
const WEAK_TESTS =
  /^tests?[-_]?(app|apps|project|proj|site|server|settings|package|config|models|django|flask)\d*$/;
const DOCS = /^(_?docs?|documentation)([-_](src|source|examples|snippets))?$/;
const EXAMPLES =
  /^(code[-_]?)?(examples|samples|demos|tutorials|cookbooks?|quickstarts|showcases?|snippets|recipes)$|^(examples?|samples?|demo)-.+|.+-(examples?|samples?|demos?)$/;
/** Examples that a library ships within its package. */
const SHIPPED_EXAMPLES = /^(examples|tutorials|demos)$/;
const WEAK_EXAMPLES =
  /^(example|sample|demo|sandbox|tutorial|quickstart|playground|getting[-_]started)(_.*)?$|.+_(examples?|samples?|demos?|sandbox)$/;
const SCRIPTS =
  /^((dev[-_]?)?scripts?|scripts?[-_]dev|tools?|bin|dev|bench(es|marks?|marking)?|profiling|hack|ci|notebooks?|dev[-_]?(tools|scripts)|(build|release|utility|maintenance)[-_](scripts|tools))$/;

/** The role that a folder gives to everything below it, or null. */
export function folderRole(folder: string, shape: RepositoryShape): FolderRole | null {
  const name = nameOf(folder);
  const lower = name.toLowerCase();
  const strong = (role: FileRole): FolderRole => ({ role, isWeak: false });
  const weak = (role: FileRole): FolderRole => ({ role, isWeak: true });

  if (isTemplate(folder, lower, shape)) return strong("template");
  if (lower === "hooks" && isBesideTemplate(folder, shape)) return strong("script");
  if (VENDORED.test(lower)) return strong("vendored");
  if (/^vendors?$/.test(lower)) return shape.isDjangoApp(folder) ? null : strong("vendored");
  if (TESTS.test(lower)) return strong("test");
  if (lower === "test" || lower === "testing") return isTestPackage(folder, shape) ? strong("test") : null;
  if (TEST_SUPPORT.test(lower)) return strong("test");
  if (TEST_MATERIAL.test(lower)) return shape.isDjangoApp(folder) ? null : strong("test");
  if (NAMED_TESTS.test(lower) && shape.holdsTests(folder) && !shape.isDjangoApp(folder)) return weak("test");
  if (lower === "fixtures") return shape.isPackage(folder) ? null : strong("test");
  if (lower === "t")
    return shape.holdsTests(folder) && !shape.isInsidePackage(folder) ? strong("test") : null;
  if (SHIPPED_EXAMPLES.test(lower) && shape.isInsidePackage(folder)) {
    return shape.isDjangoApp(folder) ? null : strong("example");
  }
  if (shape.isInsidePackage(folder) || shape.isDjangoApp(folder)) return besideLibrary(folder, lower, shape);
  if (DOCS.test(lower)) return strong("docs");
  if (EXAMPLES.test(lower)) return strong("example");
  if (shape.isDjangoSite(folder)) return null;
  if (WEAK_TESTS.test(lower)) return weak("test");
  if (WEAK_EXAMPLES.test(lower)) return weak("example");
  if (SCRIPTS.test(lower))
    return /^(tools?|dev)$/.test(lower) && shape.isPackage(folder) ? null : strong("script");
  return /^\.[a-z]/.test(lower) ? strong("script") : null;
}

/**
 * A Django app called `example` or `test_app` beside the library it shows: weak, as any folder of that name. `examples` is
 * also what an application may be about, so there a manage.py beside it speaks for the application.
 */
function besideLibrary(folder: string, name: string, shape: RepositoryShape): FolderRole | null {
  if (shape.isInsidePackage(folder)) return null;
  const beside = (file: string): boolean => shape.has(within(folderOf(folder), file));
  if (!["setup.py", "setup.cfg", "pyproject.toml"].some(beside)) return null;
  if (WEAK_TESTS.test(name)) return { role: "test", isWeak: true };
  const isExample = WEAK_EXAMPLES.test(name) || (EXAMPLES.test(name) && !beside("manage.py"));
  return isExample ? { role: "example", isWeak: true } : null;
}

/**
 * `test/` and `testing/` hold tests unless they are a part of the package that offers help for its users' tests
 * (`django.test`, `sqlalchemy.testing`): a package inside a package, with no file in it that a test runner would collect.
 */
function isTestPackage(folder: string, shape: RepositoryShape): boolean {
  const isOffered = shape.isPackage(folder) && shape.isPackage(folderOf(folder)) && folderOf(folder) !== "";
  return !isOffered || shape.holdsTests(folder);
}

/** Hooks that run when a project is made from the template beside them. */
function isBesideTemplate(folder: string, shape: RepositoryShape): boolean {
  const settings = ["cookiecutter.json", "copier.yml", "copier.yaml"];
  return settings.some((name) => shape.has(within(folderOf(folder), name)));
}

function isTemplate(folder: string, name: string, shape: RepositoryShape): boolean {
  if (/\{\{|\{%|^cookiecutter[-_.]/.test(name)) return true;
  if (/.-templates?$/.test(name) || /^(project|app|site)_templates?$/.test(name))
    return !shape.isDjangoApp(folder);
  // Python below templates/ is text to be filled in, unless the folder can be imported.
  const above = folderOf(folder);
  return name === "templates" && !shape.isPackage(folder) && (above === "" || shape.isPackage(above));
}
