// Which settings of which tools signals ask for. Tools without an entry are noted by name only.
import type { ConfiguredTool, ToolSetting } from "../../model/manifest.ts";
import type { ManifestDraft } from "./manifest-draft.ts";
import { entriesOf, itemsOf, member } from "./plain-data.ts";
import type { TomlDocument } from "./read-toml.ts";

/** Names of settings as users write them; dots go into tables. Values that could hold secrets (URLs) are not asked for. */
const SETTINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ["mypy", ["plugins", "strict", "disallow_untyped_defs", "disallow_incomplete_defs", "check_untyped_defs"]],
  ["django-stubs", ["django_settings_module", "strict_settings"]],
  ["pyright", ["typeCheckingMode", "strict"]],
  ["basedpyright", ["typeCheckingMode", "strict"]],
  ["pytest", ["DJANGO_SETTINGS_MODULE", "DJANGO_CONFIGURATION", "asyncio_mode", "addopts", "env"]],
  ["pylint", ["load-plugins", "main.load-plugins", "master.load-plugins"]],
  ["coverage", ["run.plugins"]],
  ["alembic", ["script_location"]],
  ["aerich", ["tortoise_orm", "location"]],
  ["ruff", ["lint.select", "lint.extend-select", "select", "extend-select"]],
]);

/** The settings of a tool that signals use, spelled as users write them. */
export function settingsOf(tool: string): readonly string[] {
  return SETTINGS.get(tool) ?? [];
}

/** Adds every [tool.*] table of a pyproject.toml. */
export function collectTomlTools(document: TomlDocument, draft: ManifestDraft): void {
  for (const [name, table] of entriesOf(member(document.root, "tool"))) {
    const inner = name === "pytest" && member(table, "ini_options") !== undefined ? ["ini_options"] : [];
    draft.tools.push(tomlTool(document, name, ["tool", name, ...inner]));
  }
}

function tomlTool(document: TomlDocument, name: string, path: readonly string[]): ConfiguredTool {
  const settings: ToolSetting[] = [];
  for (const setting of settingsOf(name)) {
    const at = [...path, ...setting.split(".")];
    const value = settingText(member(document.root, ...at));
    if (value !== null) settings.push({ name: setting.toLowerCase(), value, line: document.lineOf(at) });
  }
  return { name, settings, line: document.lineOf(path) };
}

/** A plain value as text, lists joined by ", "; null of anything else. */
export function settingText(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (!Array.isArray(value)) return null;
  return itemsOf(value)
    .map(settingText)
    .filter((item) => item !== null)
    .join(", ");
}
