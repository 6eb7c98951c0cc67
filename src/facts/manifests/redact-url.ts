/**
 * A URL fit for a report: user and password, and the query (tokens travel there), are left out. The bare user name of an
 * ssh address (`git@host`) is no secret and stays.
 */
export function redactUrl(url: string): string {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*:\/\/)([^/\s]*)@/.exec(url);
  let result = url;
  if (match !== null) {
    const [whole, scheme = "", user = ""] = match;
    const isPublicUser = scheme.toLowerCase().includes("ssh") && /^[A-Za-z0-9_-]+$/.test(user);
    if (!isPublicUser) result = scheme + url.slice(whole.length);
  }
  return result.replace(/\?[^#]*/, "");
}
