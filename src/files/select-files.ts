import { isConfigurationText, isManifest, isPython } from "./file-kind.ts";
import type { ListedFile, Listing } from "./repository.ts";

/** A listing by what reads each file. setup.py is in `python` and `manifests`, setup.cfg in `manifests` and `texts`. */
export interface SelectedFiles {
  readonly python: readonly ListedFile[];
  readonly manifests: readonly ListedFile[];
  readonly texts: readonly ListedFile[];
  /** Paths that are only named: *.sql, script.py.mako, templates, … */
  readonly others: readonly string[];
}

/** Sorts a listing's files to their readers. */
export function selectFiles(listing: Listing): SelectedFiles {
  return {
    python: listing.files.filter(({ path }) => isPython(path)),
    manifests: listing.files.filter(({ path }) => isManifest(path)),
    texts: listing.files.filter(({ path }) => isConfigurationText(path)),
    others: listing.others,
  };
}
