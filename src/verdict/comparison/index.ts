import type { RowDefinition } from "./comparison-row.ts";
import { learningCurve, typeHints } from "./developer-rows.ts";
import { bestPairedWith, frameworkDependency } from "./framework-rows.ts";
import { adminIntegration, migrationTool, multiDatabase } from "./operation-rows.ts";
import { asyncSupport, complexQueries, queryFlexibility } from "./query-rows.ts";

/** The ten rows of the comparison, in the order in which they are reported. */
export const comparisonRows: readonly RowDefinition[] = [
  frameworkDependency,
  queryFlexibility,
  asyncSupport,
  migrationTool,
  adminIntegration,
  learningCurve,
  complexQueries,
  multiDatabase,
  typeHints,
  bestPairedWith,
];
