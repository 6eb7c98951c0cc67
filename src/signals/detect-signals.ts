// All signals of one project, each by its own detector.
import type { ProjectSignals } from "../model/report.ts";
import { detectAsync } from "./async/detect-async.ts";
import { detectFrameworks } from "./frameworks/detect-frameworks.ts";
import { detectOrms } from "./orms/detect-orms.ts";
import { projectKind } from "./project-kind.ts";
import type { ProjectView } from "./project-view.ts";
import { beyondDjangoOf } from "./queries/beyond-django.ts";
import { detectQueries } from "./queries/detect-queries.ts";

export function detectSignals(view: ProjectView): ProjectSignals {
  const { project } = view;
  const frameworks = detectFrameworks(view);
  const queries = detectQueries(view, beyondDjangoOf(frameworks));
  const unread = project.files.filter(({ problems }) =>
    problems.some(({ kind }) => kind !== "python2" && kind !== "syntax-error"),
  );
  return {
    root: project.root,
    name: project.name,
    kind: projectKind(view, frameworks),
    size: {
      files: view.files.length,
      lines: view.files.reduce((sum, { lines }) => sum + lines, 0),
      unread: unread.length,
    },
    frameworks,
    orms: detectOrms(view, queries),
    async: detectAsync(view, queries, frameworks),
    models: { total: 0, relations: 0, items: [], unknown: null, evidence: [] },
    queries,
    migrations: { tools: [], unknown: null, evidence: [] },
    admin: { kind: "none", name: null, registrations: 0, unknown: null, evidence: [] },
    databases: { items: [], routers: 0, explicitRouting: 0, drivers: [], unknown: null, evidence: [] },
    typing: {
      functions: 0,
      annotatedFunctions: 0,
      mappedAttributes: 0,
      unmappedAttributes: 0,
      checkers: [],
      stubs: [],
      unknown: null,
      evidence: [],
    },
    concepts: { total: 0, items: [], unknown: null, evidence: [] },
  };
}
