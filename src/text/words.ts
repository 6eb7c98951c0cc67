/** The words of a text in order: long tables of names stay readable as running text. */
export function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
