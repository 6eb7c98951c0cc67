// How much there was to judge by. It damps the confidence, and names what was missing; it never moves the margin.

import type { ProjectSignals } from "../model/report.ts";
import { saturate } from "./curves.ts";
import { runningFrameworks } from "./frameworks.ts";
import { counted } from "./phrase.ts";
import { statementCounts } from "./statements.ts";

const FRAMEWORK = 0.4;
const NO_FRAMEWORK = 0.2;
const STATEMENTS = 0.3;
const MODELS = 0.2;
const DATABASE = 0.1;

export interface Seen {
  /** 0 to 1. */
  readonly amount: number;
  /** One clause a missing fact. */
  readonly missing: readonly string[];
}

export function howMuchWasSeen(signals: ProjectSignals): Seen {
  const { django, others } = runningFrameworks(signals);
  const { total, raw } = statementCounts(signals);
  const { models, databases, queries } = signals;
  // Code that speaks raw SQL has no models to find.
  const mapped = Math.max(saturate(models.total, 2), total > 0 ? raw / total : 0);
  const configured =
    databases.items.some((database) => database.engine !== null || database.driver !== null) ||
    databases.drivers.length > 0;
  const amount =
    (django.length + others.length > 0 ? FRAMEWORK : NO_FRAMEWORK) +
    STATEMENTS * saturate(total, 4) * trust(queries.unknown) +
    MODELS * Math.min(1, mapped) * trust(models.unknown) +
    DATABASE * (configured ? 1 : 0) * trust(databases.unknown);
  return { amount: amount * readShare(signals), missing: missingFacts(signals, total, mapped, configured) };
}

/** Share of the Python files that could be read. */
export function readShare({ size }: ProjectSignals): number {
  return size.files + size.unread === 0
    ? 0
    : 1 - Math.min(1, size.unread / Math.max(size.files, size.unread));
}

function trust(unknown: string | null): number {
  return unknown === null ? 1 : 0.5;
}

function missingFacts(
  signals: ProjectSignals,
  statements: number,
  mapped: number,
  configured: boolean,
): readonly string[] {
  const missing: string[] = [];
  if (signals.size.unread > 0) missing.push(`${counted(signals.size.unread, "file")} could not be read`);
  if (!signals.frameworks.some((framework) => framework.role === "runs-on"))
    missing.push("no framework was found that it runs on");
  if (statements < 5)
    missing.push(
      statements === 0 ? "no statement was seen" : `only ${counted(statements, "statement")} seen`,
    );
  if (mapped === 0) missing.push("no model was seen");
  if (!configured) missing.push("the database engine is not known");
  const parts = [
    ["async use", signals.async],
    ["models", signals.models],
    ["queries", signals.queries],
    ["migrations", signals.migrations],
    ["admin", signals.admin],
    ["databases", signals.databases],
    ["typing", signals.typing],
    ["concepts", signals.concepts],
  ] as const;
  for (const [name, signal] of parts) if (signal.unknown !== null) missing.push(`${name}: ${signal.unknown}`);
  return missing;
}
