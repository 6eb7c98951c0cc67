// Methods that packages for trees of rows add to models, and what each sends.
// Sources: django-treebeard.readthedocs.io, "API" (4.7); django-mptt.readthedocs.io, "Models and Managers".

/** What a method gives: rows still to be asked for, one row that it asks for, or a change. */
export type TreeMethod = "rows" | "row" | "insert" | "update";

const TREEBEARD = new Map<string, TreeMethod>([
  ["add_root", "insert"],
  ["add_child", "insert"],
  ["add_sibling", "insert"],
  ["move", "update"],
  ["get_root_nodes", "rows"],
  ["get_tree", "rows"],
  ["get_children", "rows"],
  ["get_descendants", "rows"],
  ["get_ancestors", "rows"],
  ["get_siblings", "rows"],
  ["get_parent", "row"],
  ["get_root", "row"],
  ["get_first_root_node", "row"],
  ["get_last_root_node", "row"],
  ["get_first_child", "row"],
  ["get_last_child", "row"],
  ["get_first_sibling", "row"],
  ["get_last_sibling", "row"],
  ["get_next_sibling", "row"],
  ["get_prev_sibling", "row"],
]);

const MPTT = new Map<string, TreeMethod>([
  ["insert_at", "update"],
  ["move_to", "update"],
  ["get_children", "rows"],
  ["get_descendants", "rows"],
  ["get_ancestors", "rows"],
  ["get_siblings", "rows"],
  ["get_family", "rows"],
  ["get_leafnodes", "rows"],
  ["get_root", "row"],
  ["get_next_sibling", "row"],
  ["get_previous_sibling", "row"],
]);

/** What a method of a model does that descends from a class of these packages; null for other classes and methods. */
export function treeMethodOf(base: string, method: string): TreeMethod | null {
  if (base.startsWith("treebeard.")) return TREEBEARD.get(method) ?? null;
  return base.startsWith("mptt.") ? (MPTT.get(method) ?? null) : null;
}
