// The few curves that criteria are built from. All rise monotonically and stay within 0 and 1, which is what lets a test
// promise that more evidence for a side never moves the margin to the other.

/** Rises from 0 towards 1; `half` is the amount at which it reaches one half. */
export function saturate(amount: number, half: number): number {
  return amount <= 0 ? 0 : amount / (amount + half);
}

/** 0 at or below `from`, 1 at or above `to`, with a soft start and end (3t² − 2t³) in between. */
export function ramp(value: number, from: number, to: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** Bends a share upwards so that small shares already count: 1 − e^(−rate·share), scaled to reach 1 at a share of 1. */
export function bend(share: number, rate: number): number {
  return (1 - Math.exp(-rate * share)) / (1 - Math.exp(-rate));
}

/** `part` of `part + rest`, 0 where there is nothing. */
export function shareOf(part: number, rest: number): number {
  return part + rest <= 0 ? 0 : part / (part + rest);
}

/** Rounds half up to so many decimals; never gives minus zero. */
export function roundTo(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale + 0;
}
