// A small repository written in a test, taken through every stage up to what a detector sees.

import { evaluateRepository } from "../../src/evaluation/evaluate-repository.ts";
import { collectFile } from "../../src/facts/collect-file.ts";
import { collectManifest } from "../../src/facts/manifests/index.ts";
import { createClassifier } from "../../src/files/classify.ts";
import { isConfigurationText, isManifest, isPython } from "../../src/files/file-kind.ts";
import type { FileFacts, RepositoryFacts } from "../../src/model/facts.ts";
import { findProjects } from "../../src/project/find-projects.ts";
import { buildModuleTable } from "../../src/project/module-table.ts";
import { type ProjectView, viewProject } from "../../src/signals/project-view.ts";
import { createPythonParser } from "../../src/syntax/parse-python.ts";

const LIBRARIES = new Set(
  `django flask sqlalchemy fastapi starlette typing peewee tortoise mongoengine environ decouple dj_database_url os
  sqladmin flask_admin flask_sqlalchemy flask_migrate alembic yoyo sqlmodel pydantic pydantic_settings`.split(
    /\s+/,
  ),
);

/** What the detectors see of a repository of these files: texts by path. The first project found is taken. */
export async function viewOf(files: Readonly<Record<string, string>>): Promise<ProjectView> {
  const facts = await factsOf(files);
  const [project] = findProjects(facts);
  if (project === undefined) throw new Error("no project was found");
  const counts = (file: FileFacts): boolean => file.role === "production";
  const table = buildModuleTable(
    facts.files.map(({ path }) => path),
    (name) => LIBRARIES.has(name),
  );
  return viewProject(project, evaluateRepository({ files: facts.files, table, counts }), counts);
}

async function factsOf(files: Readonly<Record<string, string>>): Promise<RepositoryFacts> {
  const parse = await createPythonParser();
  const paths = Object.keys(files).sort();
  const roleOf = createClassifier(paths);
  const read = (path: string): string => files[path] ?? "";
  const python = paths
    .filter(isPython)
    .map((path) =>
      collectFile({ path, role: roleOf(path).role, bytes: read(path).length }, parse(read(path))),
    );
  const setup = (path: string): FileFacts | null => python.find((file) => file.path === path) ?? null;
  const manifests = paths
    .filter(isManifest)
    .flatMap((path) => collectManifest(path, read(path), setup) ?? []);
  return {
    files: python,
    manifests,
    texts: paths.filter(isConfigurationText).map((path) => ({ path, text: read(path) })),
    otherFiles: paths.filter((path) => !isPython(path) && !isManifest(path) && !isConfigurationText(path)),
    problems: [],
  };
}
