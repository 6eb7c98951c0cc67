import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { Config } from "../model/config.ts";
import { UsageError } from "../model/usage-error.ts";
import type { ConfigRequest, KnownNames, LoadedConfig } from "./config-request.ts";
import { DEFAULT_CONFIG } from "./default-config.ts";
import { type ConfigText, findConfigFiles, readGivenConfig } from "./find-config-file.ts";
import { readConfig } from "./read-config.ts";
import { readEnvironment } from "./read-environment.ts";
import { rebaseGlob } from "./rebase-glob.ts";

/**
 * The configuration of each path: flags beat environment beats file beats defaults, key by key. The nearest file decides alone.
 *
 * @throws UsageError for a configuration that cannot be meant as written.
 */
export async function loadConfig(request: ConfigRequest, known: KnownNames): Promise<LoadedConfig> {
  const environment = readEnvironment(request.environment, known.formats, known.assumptions);
  const byPath = new Map<string, Config>();
  const files = new Set<string>();
  for (const path of request.paths) {
    const found = await fileConfig(path, request, known);
    if (found !== null) files.add(found.file);
    byPath.set(path, { ...DEFAULT_CONFIG, ...found?.config, ...environment, ...request.flags });
  }
  const configFor = (path: string): Config =>
    byPath.get(path) ?? { ...DEFAULT_CONFIG, ...environment, ...request.flags };
  return { run: configFor(request.paths[0] ?? "."), configFor, files: [...files] };
}

interface Found {
  readonly file: string;
  readonly config: Partial<Config>;
}

async function fileConfig(path: string, request: ConfigRequest, known: KnownNames): Promise<Found | null> {
  const { cwd, environment } = request;
  const given = request.file ?? (environment.ORMVERDICT_CONFIG || null);
  if (given === null) return firstConfig(findConfigFiles(path, cwd), path, cwd, known);
  const source = readGivenConfig(resolve(cwd, given));
  const found = await firstConfig([source], path, cwd, known);
  if (found !== null) return found;
  throw new UsageError(
    `${given} has no table [tool.ormverdict]. Add it, or name another file with --config.`,
  );
}

async function firstConfig(
  sources: Iterable<ConfigText>,
  path: string,
  cwd: string,
  known: KnownNames,
): Promise<Found | null> {
  for (const source of sources) {
    const config = await readConfig(source, shownPath(source.file, cwd), known);
    if (config === null) continue;
    return {
      file: source.file,
      config: {
        ...rebased(config, folderBelow(dirname(source.file), resolve(cwd, path))),
        ...(config.baseline && { baseline: baselineOf(config.baseline, source.file, resolve(cwd, path)) }),
      },
    };
  }
  return null;
}

/** Paths in a baseline are relative to what was scanned, so that of a whole repository says nothing about one of its folders. */
function baselineOf(written: string, file: string, root: string): string | null {
  return dirname(file) === root ? resolve(root, written) : null;
}

/** From the folder of the configuration to the scanned one; "" when it does not lie inside, as may be with --config. */
function folderBelow(folder: string, root: string): string {
  const path = relative(folder, root);
  return path.startsWith("..") || isAbsolute(path) ? "" : path.split(sep).join("/");
}

function rebased(config: Partial<Config>, below: string): Partial<Config> {
  const forms = <T extends { readonly glob: string }>(entries: readonly T[]): T[] =>
    entries.flatMap((entry) => rebaseGlob(entry.glob, below).map((glob) => ({ ...entry, glob })));
  return {
    ...config,
    ...(config.exclude && { exclude: config.exclude.flatMap((glob) => rebaseGlob(glob, below)) }),
    ...(config.roles && { roles: forms(config.roles) }),
    ...(config.perPath && { perPath: forms(config.perPath) }),
  };
}

/** A path as messages name it: relative to the working directory where it lies inside. */
function shownPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path.startsWith("..") || isAbsolute(path) ? file : path.split(sep).join("/");
}
