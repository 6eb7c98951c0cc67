import type { ManifestDraft } from "./manifest-draft.ts";
import { type IniFile, iniEntry } from "./read-ini.ts";
import { settingsOf } from "./tool-settings.ts";

/** Sections whose name is not the tool's. */
const TOOL_BY_SECTION: ReadonlyMap<string, string> = new Map([
  ["tool:pytest", "pytest"],
  ["mypy.plugins.django-stubs", "django-stubs"],
  ["coverage:run", "coverage"],
]);
const TOOLS = new Set([
  "mypy",
  "pytest",
  "flake8",
  "isort",
  "pylint",
  "alembic",
  "aerich",
  "pycodestyle",
  "tox",
]);

/** Adds the tools that an INI file (setup.cfg, tox.ini, mypy.ini, pytest.ini) configures, with the settings signals use. */
export function collectIniTools(ini: IniFile, draft: ManifestDraft): void {
  for (const section of ini.sections) {
    const name = TOOL_BY_SECTION.get(section.name) ?? (TOOLS.has(section.name) ? section.name : null);
    if (name === null) continue;
    const settings = settingsOf(name).flatMap((setting) => {
      const entry = iniEntry(section, setting.split(".").at(-1) ?? setting);
      if (entry === undefined) return [];
      const value = entry.value
        .map(({ text }) => text.replace(/,$/, ""))
        .filter((text) => text !== "")
        .join(", ");
      return [{ name: setting.toLowerCase(), value, line: entry.line }];
    });
    draft.tools.push({ name, settings, line: section.line });
  }
}
