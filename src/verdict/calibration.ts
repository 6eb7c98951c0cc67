// What turns a margin into a probability. The two figures are fitted, not chosen: `npm run survey` fits them again on the half
// of its packages set aside for it, and reports on the other half how good they are.

export interface Calibration {
  /** Log-odds of being right for one point of margin, when everything was seen. */
  readonly perPoint: number;
  /** How often a project whose situation leaves nothing to weigh is answered as a reader answers it. */
  readonly situation: number;
  /** The highest confidence that as many packages can warrant. */
  readonly most: number;
  /** Packages it was fitted on. */
  readonly packages: number;
}

export const calibration: Calibration = {
  perPoint: 0.93,
  situation: 0.92,
  most: 0.98,
  packages: 48,
};

/** How the figures are obtained, for CRITERIA.md and for whoever fits them again. */
export const calibrationMethod =
  "The packages of the survey were read by people before they were scanned. Those whose name's SHA-256 begins with an even byte " +
  "are for fitting, the others for reporting. `perPoint` is the value that makes the readings of the first half most likely " +
  "under logistic(perPoint × |margin| × seen); a right answer counts as (r + 1)/(r + 2) of one, where r is how many are right, " +
  "as Platt proposed, because a few dozen packages without a miss do not prove that there is none. By the same rule " +
  "`situation` is (right + 1)/(all + 2), and nothing is surer than (n + 1)/(n + 2) for n packages.";
