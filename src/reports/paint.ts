/** Makes text stand out; each function leaves it as it is when colour is off. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

// Select Graphic Rendition: the code that starts a style, and the one that ends that style only.
const sgr = (start: number, end: number) => (text: string) =>
  text === "" ? text : `\u001b[${start}m${text}\u001b[${end}m`;
const plain = (text: string) => text;

const COLORED: Paint = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  green: sgr(32, 39),
  red: sgr(31, 39),
  yellow: sgr(33, 39),
  cyan: sgr(36, 39),
};
const PLAIN: Paint = { bold: plain, dim: plain, green: plain, red: plain, yellow: plain, cyan: plain };

/** Colours, or none. Whether a terminal wants them is the caller's to know; util.styleText would look for itself. */
export function paintFor(color: boolean): Paint {
  return color ? COLORED : PLAIN;
}
