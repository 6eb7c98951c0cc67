// Environment markers (PEP 508, "Environment markers"; extras and dependency_groups: PEP 751). A marker is checked, and
// asked one thing only: whether any Python of today could satisfy it. Everything but the Python version counts as possible.

/** Oldest Python that is still thought of; a marker that excludes it and all newer ones never applies. */
const OLDEST_MINOR = 6;
const NEWEST_MINOR = 20;
/** Nesting of parentheses beyond which a marker counts as malformed. */
const MAX_DEPTH = 50;

const VARIABLES = new Set([
  "python_version",
  "python_full_version",
  "os_name",
  "sys_platform",
  "platform_release",
  "platform_system",
  "platform_version",
  "platform_machine",
  "platform_python_implementation",
  "implementation_name",
  "implementation_version",
  "extra",
  "extras",
  "dependency_groups",
  // Spellings that setuptools still takes.
  "os.name",
  "sys.platform",
  "platform.version",
  "platform.machine",
  "platform.python_implementation",
  "python_implementation",
]);

type Operand = { readonly variable: string } | { readonly text: string };
export type Marker =
  | { readonly kind: "and" | "or"; readonly parts: readonly Marker[] }
  | { readonly kind: "compare"; readonly left: Operand; readonly operator: string; readonly right: Operand };

const TOKEN =
  /\s*(?:([()])|("[^"]*"|'[^']*')|(not\s+in\b|in\b|and\b|or\b)|(===|==|~=|!=|<=|>=|<|>)|([A-Za-z_][A-Za-z0-9_.]*))/y;

type Token = { readonly kind: "bracket" | "text" | "word" | "operator" | "name"; readonly value: string };

function tokensOf(source: string): Token[] | null {
  const tokens: Token[] = [];
  const text = source.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return null;
    const [, bracket, quoted, word, operator, name] = match;
    if (bracket !== undefined) tokens.push({ kind: "bracket", value: bracket });
    else if (quoted !== undefined) tokens.push({ kind: "text", value: quoted.slice(1, -1) });
    else if (word !== undefined) tokens.push({ kind: "word", value: word.replace(/\s+/, " ") });
    else if (operator !== undefined) tokens.push({ kind: "operator", value: operator });
    else tokens.push({ kind: "name", value: name ?? "" });
  }
  return tokens;
}

/** The marker as a tree, or null when it is not one. */
export function parseMarker(source: string): Marker | null {
  const tokens = tokensOf(source);
  if (tokens === null || tokens.length === 0) return null;
  let cursor = 0;
  const takes = (value: string): boolean => {
    const token = tokens[cursor];
    if (token === undefined || token.value !== value || token.kind === "text") return false;
    cursor += 1;
    return true;
  };
  const operand = (): Operand | null => {
    const token = tokens[cursor];
    cursor += 1;
    if (token?.kind === "text") return { text: token.value };
    return token?.kind === "name" && VARIABLES.has(token.value) ? { variable: token.value } : null;
  };
  const comparison = (): Marker | null => {
    const left = operand();
    const operator = tokens[cursor];
    const compares =
      operator?.kind === "operator" || operator?.value === "in" || operator?.value === "not in";
    cursor += 1;
    const right = operand();
    if (left === null || operator === undefined || !compares || right === null) return null;
    return { kind: "compare", left, operator: operator.value, right };
  };
  const primary = (depth: number): Marker | null => {
    if (!takes("(")) return comparison();
    const inner = depth < MAX_DEPTH ? joined("or", depth + 1) : null;
    return inner !== null && takes(")") ? inner : null;
  };
  const joined = (kind: "and" | "or", depth: number): Marker | null => {
    const parts: Marker[] = [];
    do {
      const part = kind === "or" ? joined("and", depth) : primary(depth);
      if (part === null) return null;
      parts.push(part);
    } while (takes(kind));
    return parts.length === 1 ? (parts[0] ?? null) : { kind, parts };
  };
  const marker = joined("or", 0);
  return cursor === tokens.length ? marker : null;
}

/** Whether some Python from 3.6 on could satisfy the marker. */
export function isPossible(marker: Marker): boolean {
  for (let minor = OLDEST_MINOR; minor <= NEWEST_MINOR; minor += 1) {
    if (couldHold(marker, minor)) return true;
  }
  return false;
}

function couldHold(marker: Marker, minor: number): boolean {
  if (marker.kind !== "compare") {
    const holds = (part: Marker): boolean => couldHold(part, minor);
    return marker.kind === "and" ? marker.parts.every(holds) : marker.parts.some(holds);
  }
  const { left, operator, right } = marker;
  if ("variable" in left && "text" in right) return versionHolds(left.variable, operator, right.text, minor);
  if ("text" in left && "variable" in right) {
    return versionHolds(right.variable, MIRRORED[operator] ?? "", left.text, minor);
  }
  return true;
}

const MIRRORED: Readonly<Record<string, string>> = {
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
  "==": "==",
  "!=": "!=",
};

/** Patch releases are not told apart: a full version is compared by its first two numbers, and a tie counts as possible. */
function versionHolds(variable: string, operator: string, text: string, minor: number): boolean {
  if (variable !== "python_version" && variable !== "python_full_version") return true;
  const match = /^\s*(\d+)(?:\.(\d+))?(\.\d|\.\*)?/.exec(text);
  if (match === null) return true;
  const [, major = "0", wantedMinor, rest] = match;
  // "3" means 3.0 in a comparison by order, and any 3.x before a wildcard.
  const anyMinor = wantedMinor === undefined && rest === ".*";
  const order = Math.sign((3 - Number(major)) * 1000 + (anyMinor ? 0 : minor - Number(wantedMinor ?? 0)));
  const patchMatters = rest !== undefined;
  if (operator === "<") return order < 0 || (order === 0 && patchMatters);
  if (operator === "<=") return order <= 0;
  if (operator === ">") return order > 0 || (order === 0 && variable === "python_full_version");
  if (operator === ">=") return order >= 0;
  if (operator === "==") return order === 0;
  if (operator === "!=") return order !== 0 || patchMatters;
  if (operator === "~=") return order >= 0 && Number(major) === 3;
  return true;
}
