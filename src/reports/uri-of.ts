/** A POSIX path as a relative reference (RFC 3986): every segment percent-encoded, a first segment with a colon kept from being a scheme. */
export function uriOf(path: string): string {
  const encoded = path
    .split("/")
    .map((segment) =>
      encodeURIComponent(segment.replace(/\p{Cs}/gu, "\ufffd")).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join("/");
  return encoded === "" ? "." : encoded;
}
