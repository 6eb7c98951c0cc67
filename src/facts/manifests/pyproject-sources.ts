import { normalisePackageName } from "../../text/normalise-package-name.ts";
import type { ManifestDraft } from "./manifest-draft.ts";
import { entriesOf, itemsOf, member, textOf } from "./plain-data.ts";
import type { TomlDocument } from "./read-toml.ts";
import { redactUrl } from "./redact-url.ts";

/** [tool.uv.sources]: a package named elsewhere comes from a repository, a folder or the workspace instead of the index. */
export function readSources(document: TomlDocument, draft: ManifestDraft): void {
  const places = new Map<string, string>();
  for (const [spelled, value] of entriesOf(member(document.root, "tool", "uv", "sources"))) {
    for (const source of Array.isArray(value) ? itemsOf(value) : [value]) {
      const place = placeOf(source);
      const folder = textOf(member(source, "path"));
      if (folder !== null && !/\.(whl|zip|gz)$/.test(folder)) draft.workspaceMembers.push(folder);
      if (place !== null) places.set(normalisePackageName(spelled), place);
    }
  }
  draft.dependencies = draft.dependencies.map((known) => ({
    ...known,
    url: known.url ?? places.get(known.name) ?? null,
  }));
}

function placeOf(source: unknown): string | null {
  if (member(source, "workspace") === true) return "workspace";
  const url =
    textOf(member(source, "git")) ?? textOf(member(source, "url")) ?? textOf(member(source, "path"));
  return url === null ? null : redactUrl(url);
}
