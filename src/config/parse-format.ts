import type { FormatTarget } from "../model/config.ts";
import { UsageError } from "../model/usage-error.ts";
import { didYouMean } from "../text/nearest-name.ts";

/**
 * Reads `NAME` or `NAME=FILE`.
 *
 * @param where what the user wrote it in, for the message: "--format".
 * @throws UsageError for a format that does not exist, or an empty file name.
 */
export function parseFormat(written: string, where: string, formats: readonly string[]): FormatTarget {
  const equals = written.indexOf("=");
  const name = equals < 0 ? written : written.slice(0, equals);
  if (!formats.includes(name)) {
    throw new UsageError(
      `${where}: there is no format "${name}".${didYouMean(name, formats)} The formats are ${formats.join(", ")}.`,
    );
  }
  if (equals < 0) return { name, file: null };
  const file = written.slice(equals + 1);
  if (file === "") throw new UsageError(`${where}: name a file after "${name}=", or leave out the "=".`);
  return { name, file };
}
