/** What a statement can be followed by in its block: `else`, `except` and their like belong to what stands before them. */
export type Clause = "if" | "loop" | "try" | "handled" | "else of try" | null;

/** Which clauses each of these may follow, and what may follow it in turn. */
const CLAUSES: Readonly<Record<string, readonly (readonly [Clause, Clause])[]>> = {
  elif: [["if", "if"]],
  else: [
    ["if", null],
    ["loop", null],
    ["handled", "else of try"],
  ],
  except: [
    ["try", "handled"],
    ["handled", "handled"],
  ],
  finally: [
    ["try", null],
    ["handled", null],
    ["else of try", null],
  ],
};

const OPENING: Readonly<Record<string, Clause>> = { if: "if", for: "loop", while: "loop", try: "try" };

/**
 * What may follow a statement.
 *
 * @param before what could follow the statement before it.
 * @param word the keyword of its header; null for a simple statement.
 */
export function clauseAfter(before: Clause, word: string | null): Clause | "broken" {
  const places = word === null ? undefined : CLAUSES[word];
  if (places === undefined) return before === "try" ? "broken" : (OPENING[word ?? ""] ?? null);
  const place = places.find(([after]) => after === before);
  return place === undefined ? "broken" : place[1];
}
