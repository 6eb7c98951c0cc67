import type { ProjectSignals, Stance } from "../model/report.ts";
import { type Chosen, choose } from "./choose.ts";
import { confidenceOf } from "./confidence.ts";
import { stanceOf } from "./stance.ts";
import type { Thresholds } from "./thresholds.ts";

/** How a project is judged: the criteria's weights, where they are not the usual ones, and every threshold. */
export interface Policy {
  readonly weights: Readonly<Record<string, number>>;
  readonly thresholds: Thresholds;
}

export interface Answer {
  readonly chosen: Chosen;
  readonly confidence: number;
  readonly stance: Stance;
}

/** What the signals come to: the choice with how sure it is, and what to do about it. */
export function answer(signals: ProjectSignals, { weights, thresholds }: Policy): Answer {
  const chosen = choose(signals, weights, thresholds);
  const confidence = confidenceOf(signals, chosen, thresholds);
  return { chosen, confidence, stance: stanceOf(signals, chosen, confidence, thresholds) };
}
