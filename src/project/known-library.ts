// Top-level names of published libraries that the analysis knows by name: an import of one leads out of the repository,
// even where some folder of the repository happens to be called the same.
import { DRIVERS } from "../knowledge/drivers.ts";
import { FRAMEWORK_EXTENSIONS } from "../knowledge/framework-extensions.ts";
import { FRAMEWORKS } from "../knowledge/frameworks.ts";
import { ORMS } from "../knowledge/orms.ts";

const NAMES: ReadonlySet<string> = new Set(
  [...DRIVERS, ...FRAMEWORK_EXTENSIONS, ...FRAMEWORKS, ...ORMS].flatMap(({ importRoots }) =>
    importRoots.map((root) => root.split(".")[0] ?? root),
  ),
);
const STANDARD = new Set(
  "abc asyncio collections concurrent contextlib copy dataclasses datetime decimal enum functools io itertools json logging math os pathlib re sys threading time types typing typing_extensions unittest uuid".split(
    " ",
  ),
);

export function isKnownLibrary(topLevelName: string): boolean {
  return NAMES.has(topLevelName) || STANDARD.has(topLevelName);
}
