// The registry of manifest formats: which collector reads a file is decided by its name alone.
import type { FileFacts } from "../../model/facts.ts";
import type { Manifest, ManifestKind } from "../../model/manifest.ts";
import { collectCondaEnvironment } from "./conda-environment.ts";
import { draftManifest, finishManifest, noteProblem } from "./manifest-draft.ts";
import { collectPipfile } from "./pipfile.ts";
import { collectPipfileLock } from "./pipfile-lock.ts";
import { collectPyproject } from "./pyproject.ts";
import { collectRequirements } from "./requirements.ts";
import { collectSetupCfg } from "./setup-cfg.ts";
import { collectSetupPy } from "./setup-py/setup-py.ts";
import { collectTomlLock } from "./toml-lock.ts";
import { collectPyrightConfig, collectToolIni } from "./tool-config.ts";

/** The largest lock files of real projects have some 3 MB. */
const MAX_LENGTH = 8_000_000;

/** Gives the code facts of a setup.py, or null when it could not be parsed. */
export type ParseSetup = (path: string, text: string) => FileFacts | null;

interface ManifestFormat {
  /** Matched against the whole path. */
  readonly files: RegExp;
  readonly kind: ManifestKind;
  collect(path: string, text: string, parseSetup: ParseSetup | undefined): Manifest | null;
}

/** The first format whose pattern fits reads the file. */
const FORMATS: readonly ManifestFormat[] = [
  { files: /(^|\/)pyproject\.toml$/, kind: "pyproject", collect: collectPyproject },
  { files: /(^|\/)setup\.cfg$/, kind: "setup-cfg", collect: collectSetupCfg },
  { files: /(^|\/)setup\.py$/, kind: "setup-py", collect: collectSetup },
  { files: /(^|\/)Pipfile$/, kind: "pipfile", collect: collectPipfile },
  { files: /(^|\/)Pipfile\.lock$/, kind: "pipfile-lock", collect: collectPipfileLock },
  { files: /(^|\/)poetry\.lock$/, kind: "poetry-lock", collect: collectTomlLock.bind(null, "poetry-lock") },
  { files: /(^|\/)uv\.lock$/, kind: "uv-lock", collect: collectTomlLock.bind(null, "uv-lock") },
  { files: /(^|\/)pdm\.lock$/, kind: "pdm-lock", collect: collectTomlLock.bind(null, "pdm-lock") },
  { files: /(^|\/)pylock(\.[^./]+)?\.toml$/, kind: "pylock", collect: collectTomlLock.bind(null, "pylock") },
  {
    files: /(^|\/)[^/]*(environment|conda)[^/]*\.ya?ml$/,
    kind: "conda-environment",
    collect: collectCondaEnvironment,
  },
  { files: /(^|\/)(\.?mypy|pytest|tox)\.ini$/, kind: "tool-config", collect: collectToolIni },
  { files: /(^|\/)pyrightconfig\.json$/, kind: "tool-config", collect: collectPyrightConfig },
  {
    // requirements-dev.txt, dev-requirements.in, constraints.txt, requirements/production.txt, reqs/base.txt
    files:
      /(^|\/)([^/]*(requirements?|requires|constraints?|(?<![a-z])reqs?(?![a-z]))[^/]*|(requirements?|reqs?|constraints?)\/([^/]+\/)?[^/]+)\.(txt|in|pip)$/i,
    kind: "requirements",
    collect: collectRequirements,
  },
];

/** Whether a file of this path is read as a manifest. */
export function isManifestPath(path: string): boolean {
  return FORMATS.some(({ files }) => files.test(path));
}

/**
 * Reads a manifest, whatever its format; null when the path is of none, or the content is of another kind (a YAML file
 * that is no conda environment, a module called setup.py that sets nothing up). Never throws on any text.
 *
 * @param path POSIX, relative to the scanned root
 * @param parseSetup gives the code facts of a setup.py, which is read but never run
 */
export function collectManifest(path: string, text: string, parseSetup?: ParseSetup): Manifest | null {
  const format = FORMATS.find(({ files }) => files.test(path));
  if (format === undefined) return null;
  if (text.length <= MAX_LENGTH) return format.collect(path, text, parseSetup);
  const message = "This file is larger than 8 MB and was not read; what it asks for is not known.";
  const problems = [{ path, kind: "limit" as const, message, line: 1 }];
  return { ...finishManifest(draftManifest(path, format.kind)), problems };
}

function collectSetup(path: string, text: string, parseSetup: ParseSetup | undefined): Manifest | null {
  const facts = parseSetup?.(path, text) ?? null;
  if (facts !== null) return collectSetupPy(facts);
  const draft = draftManifest(path, "setup-py");
  noteProblem(draft, 1, "This file was not parsed; what it asks for is not known.");
  return finishManifest(draft);
}
