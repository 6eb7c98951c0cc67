// environment.yml of conda, with the pip requirements nested in it.
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { scopeOfRequirementsPath } from "../../knowledge/dependency-groups.ts";
import type { Manifest } from "../../model/manifest.ts";
import { normalisePackageName } from "../../text/normalise-package-name.ts";
import {
  addDependency,
  type DependencyPlace,
  draftManifest,
  finishManifest,
  type ManifestDraft,
  noteProblem,
} from "./manifest-draft.ts";
import { excerpt, extrasOf, pinnedVersion } from "./parse-requirement.ts";
import { addRequirementLines } from "./requirements.ts";

/** Reads a conda environment; null when the file is YAML of another kind. */
export function collectCondaEnvironment(path: string, text: string): Manifest | null {
  const draft = draftManifest(path, "conda-environment");
  const counter = new LineCounter();
  const lineOf = (offset: number | undefined): number =>
    offset === undefined ? 1 : counter.linePos(offset).line;
  const root = parseYaml(draft, text, counter);
  const list = isMap(root) ? root.get("dependencies", true) : undefined;
  if (!isSeq(list)) return draft.problems.length > 0 ? finishManifest(draft) : null;
  const name = isMap(root) ? root.get("name") : null;
  draft.projectName = typeof name === "string" ? name : null;
  const scope = scopeOfRequirementsPath(path) ?? "runtime";
  for (const item of list.items) {
    if (isScalar(item) && typeof item.value === "string") {
      addCondaPackage(draft, item.value, { scope, group: null, line: lineOf(item.range?.[0]) });
    } else if (isMap(item) && isSeq(item.get("pip", true))) {
      const pip = item.get("pip", true);
      for (const line of isSeq(pip) ? pip.items : []) {
        if (!isScalar(line) || typeof line.value !== "string") continue;
        addRequirementLines(draft, line.value, { scope, group: null, line: lineOf(line.range?.[0]) });
      }
    } else if (isMap(item) || isSeq(item) || isAlias(item)) {
      noteProblem(
        draft,
        lineOf(item.range?.[0]),
        "An entry of this environment is not a package and was left out.",
      );
    }
  }
  return finishManifest(draft);
}

function parseYaml(draft: ManifestDraft, text: string, counter: LineCounter): unknown {
  try {
    const document = parseDocument(text, {
      lineCounter: counter,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: "silent",
    });
    for (const error of document.errors.slice(0, 1)) {
      const { line } = counter.linePos(error.pos[0]);
      noteProblem(
        draft,
        line,
        `Malformed YAML: ${excerpt(error.message)}; what could be read around it was used.`,
      );
    }
    return document.contents;
  } catch {
    // The library recurses into nested values: a stack that overflows is the file's fault.
    noteProblem(draft, 1, "Malformed YAML: nested too deeply to be read.");
    return null;
  }
}

/** `channel::name=version=build`, `name>=1,<2`, `name 1.2.*`, `name[version='>=1']`. */
const CONDA_SPEC =
  /^(?:[\w./:-]*::)?([A-Za-z0-9_][A-Za-z0-9_.-]*)(?:\[([\w, -]*)\])?\s*(?:\[version=["']?([^"'\]]*)["']?\]|((?=$|[\s=<>!~])[\w.*+!,<>=|~\s-]*))$/;

function addCondaPackage(draft: ManifestDraft, text: string, place: DependencyPlace): void {
  const match = text.length > 1000 ? null : CONDA_SPEC.exec(text.replace(/\s+#.*$/, "").trim());
  if (match === null) {
    noteProblem(draft, place.line, `The conda package "${excerpt(text)}" cannot be read and was left out.`);
    return;
  }
  const spelled = match[1] ?? "";
  const written = (match[3] ?? match[4] ?? "").trim();
  // `=1.2=build` and `==1.2` are exact; `=1.2` means 1.2.*, as does a bare `1.2.*`.
  const exact = /^={1,2}\s*([^=\s*]+)=[^=]+$/.exec(written)?.[1] ?? pinnedVersion(written);
  const specifier = exact !== null && !written.startsWith("==") ? `==${exact}` : written.replace(/\s+/g, "");
  if (spelled === "python") {
    draft.requiresPython = specifier === "" ? null : specifier;
    return;
  }
  const requirement = {
    name: normalisePackageName(spelled),
    spelled,
    extras: extrasOf(match[2] ?? ""),
    specifier,
    pinned: exact,
    url: null,
  };
  addDependency(draft, { ...requirement, marker: null, applies: true }, place);
}
