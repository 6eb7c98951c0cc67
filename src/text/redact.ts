// Takes secrets out of text that goes into a report. It works on any quoted source, so it goes by shape: what stands between
// a scheme and an @, and the values of names that say they are secret.

const MASK = "***";
/** Longer text is cut before it is searched: nothing in a report quotes that much. */
const MAX_LENGTH = 2_000;

const SECRET_NAME =
  "[\\w.-]*(?:passwords?|passwd|passphrase|pwd|secret|token|api[_-]?key|apikey|private[_-]?key|access[_-]?key|credentials?|authorization)[\\w.-]*";
const ASSIGNED = new RegExp(
  `(${SECRET_NAME}["']?\\]?\\s*(?:=>|[:=])\\s*)("[^"]*"?|'[^']*'?|[^\\s,;&)}\\]]+)`,
  "gi",
);

/** The text without passwords, tokens, and users and passwords of URLs. Long text is cut. */
export function redact(text: string): string {
  const cut = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return cut
    .replace(/\b([a-z][a-z0-9+.-]{0,40}:\/\/)[^\s/?#"']*@/gi, `$1${MASK}@`)
    .replace(ASSIGNED, (_whole, name: string, value: string) => name + maskValue(value));
}

function maskValue(value: string): string {
  const quote = /^["']/.exec(value)?.[0] ?? "";
  return `${quote}${MASK}${quote}`;
}
