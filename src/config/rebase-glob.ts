// Globs have .gitignore syntax. In a configuration file they start at its folder, in a scan at the scanned root: with the file at the
// repository root and only services/api scanned, "services/*/legacy/" has to become "/legacy/".

/**
 * The same glob seen from a folder below its own.
 *
 * @param below POSIX path of that folder, "" for the same one.
 * @returns every form it can take there: none when it cannot match anything below, all of it when it takes in the folder itself.
 */
export function rebaseGlob(glob: string, below: string): string[] {
  const sign = glob.startsWith("!") ? "!" : "";
  const bare = glob.slice(sign.length);
  // Without a slash before its end, a glob names files and folders at any depth.
  const isAnchored = bare.slice(0, -1).includes("/");
  if (below === "" || !isAnchored) return [glob];
  const forms = rest(bare.replace(/^\//, "").split("/"), below.split("/"));
  return [...new Set(forms)].map((form) => `${sign}/${form}`);
}

function rest(parts: readonly string[], folders: readonly string[]): string[] {
  const [folder] = folders;
  const [part] = parts;
  if (folder === undefined) return [parts.join("/") || "**"];
  if (part === undefined || part === "") return ["**"];
  if (part === "**") return [...rest(parts.slice(1), folders), ...rest(parts, folders.slice(1))];
  return isMatch(part, folder) ? rest(parts.slice(1), folders.slice(1)) : [];
}

/** Matches `*` and `?` in time linear for one star and quadratic at worst: the glob may come from a hostile file. */
function isMatch(pattern: string, text: string): boolean {
  let at = 0;
  let index = 0;
  let star = -1;
  let resume = 0;
  while (index < text.length) {
    if (pattern[at] === "*") {
      star = at;
      at += 1;
      resume = index;
    } else if (pattern[at] === "?" || pattern[at] === text[index]) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
