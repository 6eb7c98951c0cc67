import { jsonSchema, UsageError } from "../index.ts";
import type { Host } from "./host.ts";

/** `schema`: a JSON Schema, for editors and for those who read the report with a program. */
export async function printSchema(kind: string, host: Host): Promise<void> {
  if (kind !== "report" && kind !== "config") {
    throw new UsageError(
      `There is a schema of the report and one of the config, none of "${kind}". Name one of the two.`,
    );
  }
  host.stdout.write(`${JSON.stringify(await jsonSchema(kind), null, 2)}\n`);
}
