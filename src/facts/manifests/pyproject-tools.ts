// Dependencies that PDM, Hatch, uv, Rye and Flit keep in tables of their own.

import type { ManifestDraft } from "./manifest-draft.ts";
import { entriesOf, member, textOf, textsOf } from "./plain-data.ts";
import { readClassifiers, scopeOfExtra } from "./pyproject-project.ts";
import type { TomlDocument } from "./read-toml.ts";
import { addRequirementList } from "./requirement-list.ts";

export function readToolTables(document: TomlDocument, draft: ManifestDraft): void {
  const list = addRequirementList.bind(null, draft, document);
  const tool = member(document.root, "tool");
  for (const [group] of entriesOf(member(tool, "pdm", "dev-dependencies"))) {
    list(["tool", "pdm", "dev-dependencies", group], { scope: "development", group });
  }
  for (const [env] of entriesOf(member(tool, "hatch", "envs"))) {
    for (const key of ["dependencies", "extra-dependencies"]) {
      list(["tool", "hatch", "envs", env, key], { scope: "development", group: env });
    }
  }
  for (const manager of ["uv", "rye"]) {
    list(["tool", manager, "dev-dependencies"], { scope: "development", group: "dev" });
    for (const glob of textsOf(member(tool, manager, "workspace", "members")))
      draft.workspaceMembers.push(glob);
  }
  for (const key of ["constraint-dependencies", "override-dependencies"]) {
    list(["tool", "uv", key], { scope: "constraint", group: null });
  }
  readFlit(document, draft);
}

/** Flit before PEP 621. */
function readFlit(document: TomlDocument, draft: ManifestDraft): void {
  const path = ["tool", "flit", "metadata"];
  const metadata = member(document.root, ...path);
  if (metadata === undefined) return;
  draft.projectName ??= textOf(member(metadata, "dist-name")) ?? textOf(member(metadata, "module"));
  draft.requiresPython ??= textOf(member(metadata, "requires-python"));
  readClassifiers(document, draft, [...path, "classifiers"]);
  addRequirementList(draft, document, [...path, "requires"], { scope: "runtime", group: null });
  addRequirementList(draft, document, [...path, "dev-requires"], { scope: "development", group: "dev" });
  for (const [extra] of entriesOf(member(metadata, "requires-extra"))) {
    addRequirementList(draft, document, [...path, "requires-extra", extra], {
      scope: scopeOfExtra(extra),
      group: extra,
    });
  }
}
