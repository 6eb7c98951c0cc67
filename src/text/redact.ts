// Takes secrets out of text that goes into a report. It works on any quoted source, so it goes by shape: what stands between
// a scheme and an @, and the values of names that say they are secret.

const MASK = "***";
/** Longer text is cut before it is searched: nothing in a report quotes that much. */
const MAX_LENGTH = 2_000;

const SECRET_NAME =
  /passw|passphrase|pwd|secret|token|api[_-]?key|private[_-]?key|access[_-]?key|credential|authorization/i;
/** A name of any kind with what is assigned to it. Bounded, so that hostile text costs no more than its length. */
const ASSIGNED = /([\w.-]{1,80}["']?\]?\s{0,4}(?:=>|[:=])\s{0,4})("[^"]*"?|'[^']*'?|[^\s,;&)}\]]+)/g;

/** The text without passwords, tokens, and users and passwords of URLs. Long text is cut. */
export function redact(text: string): string {
  const cut = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return (
    cut
      .replace(/\b(https?:\/\/)[^\s/?#"']*@/gi, `$1${MASK}@`)
      // Passwords of databases hold slashes and marks that no URL should: everything up to the last @ goes.
      .replace(/\b((?!https?:)[a-z][a-z0-9+.-]{0,40}:\/\/)[^\s"']*@/gi, `$1${MASK}@`)
      .replace(ASSIGNED, (whole: string, name: string, value: string) =>
        SECRET_NAME.test(name) ? name + maskValue(value) : whole,
      )
  );
}

function maskValue(value: string): string {
  const quote = /^["']/.exec(value)?.[0] ?? "";
  return `${quote}${MASK}${quote}`;
}
