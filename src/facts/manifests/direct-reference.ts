// Requirements that name a place instead of a package: VCS and archive URLs, wheels, folders.
import { normalisePackageName } from "../../text/normalise-package-name.ts";
import { extrasOf, type Requirement } from "./parse-requirement.ts";
import { redactUrl } from "./redact-url.ts";

/** Whether a requirement line is a URL or a path rather than a name. */
export function isDirectReference(text: string): boolean {
  return (
    /^([A-Za-z][A-Za-z0-9+.-]*:\/\/|file:|git@|\.{1,2}([/\\[]|$)|[/\\])/.test(text) ||
    /^[^\s=<>;@]+[/\\]/.test(text) ||
    /^[^\s=<>;@]+\.(whl|zip|tar\.gz|tgz|tar\.bz2)$/.test(text)
  );
}

/** Longer texts are data, not places. */
const MAX_LENGTH = 10_000;

/** What a direct reference is: a package whose name it tells, a folder of the repository, or something else (null). */
export type DirectReference =
  | { readonly kind: "package"; readonly requirement: Requirement }
  | { readonly kind: "folder"; readonly path: string }
  | null;

/**
 * Reads a direct reference. The name comes from `#egg=`, from the file name of a wheel or archive (which also tells the
 * version), or from the name of the repository, which is the package's in nearly all cases.
 */
export function readDirectReference(source: string): DirectReference {
  if (source.length > MAX_LENGTH) return null;
  const [text = "", marker] = source.split(/\s;|;\s/, 2).map((part) => part.trim());
  const isUrl = /^([A-Za-z][A-Za-z0-9+.-]*:|git@)/.test(text);
  const egg = /[#&]egg=([A-Za-z0-9._-]+)(?:\[([^\]]*)\])?/.exec(text);
  const [address = ""] = text.split("#");
  const trailing = /\[([^\]]*)\]$/.exec(address);
  const location = address.replace(/\[[^\]]*\]$/, "");
  const named = egg === null ? namedByFile(location) : { name: egg[1] ?? "", version: null };
  if (named === null) return isUrl || location === "" ? null : { kind: "folder", path: location };
  const requirement: Requirement = {
    name: normalisePackageName(named.name),
    spelled: named.name,
    extras: extrasOf(egg?.[2] ?? trailing?.[1] ?? ""),
    specifier: "",
    pinned: named.version,
    url: redactUrl(location),
    marker: marker ?? null,
    applies: true,
  };
  return { kind: "package", requirement };
}

function namedByFile(location: string): { name: string; version: string | null } | null {
  const file =
    location
      .replace(/\?.*$/, "")
      .replace(/[/\\]+$/, "")
      .split(/[/\\]/)
      .at(-1) ?? "";
  const wheel = /^([A-Za-z0-9._]+)-([^-]+)(?:-[^-]+){3,4}\.whl$/.exec(file);
  if (wheel !== null) return { name: wheel[1] ?? "", version: wheel[2] ?? null };
  const archive = /^([A-Za-z0-9][A-Za-z0-9._-]*?)-(\d[A-Za-z0-9.+!]*)\.(?:zip|tar\.gz|tgz|tar\.bz2)$/.exec(
    file,
  );
  if (archive !== null) return { name: archive[1] ?? "", version: archive[2] ?? null };
  if (!/^(git|hg|svn|bzr)(\+|@|:)|\.git(@|$)/.test(location)) return archiveOfHost(location);
  // Behind the host, the path up to the revision: "team/name.git@feature/branch".
  const path = location.replace(/^[^:]*:\/\/[^/]*\/|^[^:]*:/, "").split("@")[0] ?? "";
  const repository = /(?:^|\/)([A-Za-z0-9][A-Za-z0-9._-]*?)(?:\.git)?\/?$/.exec(path)?.[1];
  return repository === undefined ? null : { name: repository, version: null };
}

/** `https://github.com/owner/name/archive/refs/heads/main.zip`: the repository's name stands before "archive". */
function archiveOfHost(location: string): { name: string; version: null } | null {
  const name =
    /^https?:\/\/[^/]+\/[^/]+\/([A-Za-z0-9][A-Za-z0-9._-]*)\/(?:-\/)?(?:archive|zipball|tarball)\//.exec(
      location,
    )?.[1];
  return name === undefined ? null : { name, version: null };
}
