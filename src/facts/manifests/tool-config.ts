// Files that configure one tool each. tox.ini also lists what its environments install.
import type { Manifest } from "../../model/manifest.ts";
import { collectIniTools } from "./ini-tools.ts";
import { draftManifest, finishManifest, type ManifestDraft, noteProblem } from "./manifest-draft.ts";
import { member } from "./plain-data.ts";
import { type IniFile, iniEntry, readIni } from "./read-ini.ts";
import { addRequirementLines } from "./requirements.ts";
import { settingsOf, settingText } from "./tool-settings.ts";

/** mypy.ini, pytest.ini, tox.ini. */
export function collectToolIni(path: string, text: string): Manifest {
  const draft = draftManifest(path, "tool-config");
  const ini = readIni(text);
  collectIniTools(ini, draft);
  if (path.endsWith("tox.ini")) addToxDependencies(ini, draft);
  return finishManifest(draft);
}

/** What a tox factor may look like: `django42: Django>=4.2,<5`, `py3{11,12}-!lint: pytest`. */
const FACTOR = /^[\w.{},!-]+\s*:\s+/;

function addToxDependencies(ini: IniFile, draft: ManifestDraft): void {
  for (const section of ini.sections) {
    if (!/^testenv(:|$)/.test(section.name)) continue;
    const group = section.name.slice("testenv:".length) || null;
    for (const { text, line } of iniEntry(section, "deps")?.value ?? []) {
      const requirement = text.replace(FACTOR, "").replaceAll("{toxinidir}/", "");
      // Substitutions refer to other sections, whose own lines are read.
      if (requirement === "" || /\{[\w[]/.test(requirement)) continue;
      addRequirementLines(draft, requirement, { scope: "development", group, line });
    }
  }
}

/** A configuration is far shorter; taking comments out of longer texts could take long. */
const MAX_JSON = 100_000;

/** pyrightconfig.json: JSON with comments and trailing commas. */
export function collectPyrightConfig(path: string, text: string): Manifest {
  const draft = draftManifest(path, "tool-config");
  const plain = text
    .slice(0, MAX_JSON)
    .replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, quoted) => quoted ?? "");
  try {
    const root: unknown = JSON.parse(plain.replace(/,(\s*[}\]])/g, "$1"));
    const settings = settingsOf("pyright").flatMap((name) => {
      const value = settingText(member(root, name));
      return value === null ? [] : [{ name: name.toLowerCase(), value, line: lineOfKey(text, name) }];
    });
    draft.tools.push({ name: "pyright", settings, line: 1 });
  } catch {
    draft.tools.push({ name: "pyright", settings: [], line: 1 });
    noteProblem(draft, 1, "Malformed JSON: the settings of pyright are not known.");
  }
  return finishManifest(draft);
}

function lineOfKey(text: string, key: string): number {
  const at = text.search(new RegExp(`"${key}"\\s*:`));
  return at < 0 ? 1 : text.slice(0, at).split("\n").length;
}
