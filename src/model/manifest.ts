// What a project says about itself outside its Python code: dependencies, locked versions, configured tools. One Manifest is
// one file, read on its own; what files say together (`-r base.txt`, which version wins) is worked out in project/manifests/.
import type { Problem } from "./problem.ts";

export type ManifestKind =
  | "pyproject"
  | "requirements"
  | "setup-py"
  | "setup-cfg"
  | "pipfile"
  | "pipfile-lock"
  | "poetry-lock"
  | "uv-lock"
  | "pdm-lock"
  | "pylock"
  | "conda-environment"
  /** mypy.ini, pytest.ini, tox.ini, pyrightconfig.json: only `tools` (and tox's `dependencies`) are filled. */
  | "tool-config";

/**
 * What a dependency is needed for. "runtime": to run the project; "optional": an extra that users may ask for;
 * "development": tests, linting, docs, CI; "constraint": only bounds a version if something else asks for the package;
 * "build": to build the distribution.
 */
export type DependencyScope = "runtime" | "optional" | "development" | "constraint" | "build";

export interface Dependency {
  /** Normalised as PEP 503 says: lower case, runs of `-`, `_` and `.` as one `-`. */
  readonly name: string;
  /** The name as written. */
  readonly spelled: string;
  /** Version specifier as written, commas and all (Poetry's `^4.2` stays `^4.2`); "" when any version will do. */
  readonly specifier: string;
  /** The version when the specifier admits exactly one, else null. */
  readonly pinned: string | null;
  /** Extras asked for, normalised, in source order: `sqlalchemy[asyncio]` has ["asyncio"]. */
  readonly extras: readonly string[];
  /** Environment marker as written, or null. */
  readonly marker: string | null;
  /** False when the marker leaves out every Python from 3.6 on (`python_version < "3"`). */
  readonly applies: boolean;
  /** Direct reference (URL, VCS URL or local path), credentials removed; null when the package comes from an index. */
  readonly url: string | null;
  readonly scope: DependencyScope;
  /** Name of the extra or dependency group; null outside groups. */
  readonly group: string | null;
  /** 1-based. */
  readonly line: number;
}

export interface LockedPackage {
  /** Normalised as PEP 503 says. */
  readonly name: string;
  readonly version: string;
  /** "runtime" also where the lock file does not say. */
  readonly scope: DependencyScope;
  /** 1-based. */
  readonly line: number;
}

/** Another file whose dependencies belong to this one: `-r base.txt`, `dynamic = { file = … }`, a helper call in setup.py. */
export interface ManifestInclude {
  /** POSIX path relative to the scanned root, `..` resolved. It may not exist. */
  readonly path: string;
  readonly scope: DependencyScope;
  readonly group: string | null;
  readonly line: number;
}

/** A configured tool that signals use. */
export interface ToolSetting {
  /** Dotted and lower case: "default.settings", "django_settings_module", "plugins". Lists are joined by ", ". */
  readonly name: string;
  readonly value: string;
  readonly line: number;
}
export interface ConfiguredTool {
  /** "mypy", "pyright", "basedpyright", "pytest", "django-stubs", "alembic", "aerich", "ruff", … */
  readonly name: string;
  /** Only the settings that signals use; see facts/manifests/tool-settings.ts. */
  readonly settings: readonly ToolSetting[];
  readonly line: number;
}

/** A script or plug-in that the distribution declares. */
export interface EntryPoint {
  /** "console_scripts", "gui_scripts", or the plug-in group ("pytest11", "flask.commands", …). */
  readonly group: string;
  readonly name: string;
  /** "package.module:attribute" as written. */
  readonly target: string;
  readonly line: number;
}

/** A trove classifier such as "Framework :: Django :: 4.2". */
export interface Classifier {
  readonly text: string;
  readonly line: number;
}

export interface Manifest {
  /** POSIX path relative to the scanned root. */
  readonly path: string;
  readonly kind: ManifestKind;
  /** The distribution's name as written, or null. */
  readonly projectName: string | null;
  /** `requires-python` as written, or null. */
  readonly requiresPython: string | null;
  /** In source order. The same package may occur several times (markers, groups). */
  readonly dependencies: readonly Dependency[];
  /** Filled by lock files only. */
  readonly locked: readonly LockedPackage[];
  readonly tools: readonly ConfiguredTool[];
  readonly entryPoints: readonly EntryPoint[];
  /** Globs of workspace members (uv, and local path dependencies of Poetry), relative to the manifest's folder. */
  readonly workspaceMembers: readonly string[];
  readonly classifiers: readonly Classifier[];
  readonly includes: readonly ManifestInclude[];
  readonly problems: readonly Problem[];
}
