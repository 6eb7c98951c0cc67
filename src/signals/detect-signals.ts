// All signals of one project, each by its own detector.
import type { ProjectSignals } from "../model/report.ts";
import { detectAdmin } from "./admin/detect-admin.ts";
import { detectAsync } from "./async/detect-async.ts";
import { detectConcepts } from "./concepts/detect-concepts.ts";
import { detectDatabases } from "./databases/detect-databases.ts";
import { detectModels } from "./detect-models.ts";
import { detectTyping } from "./detect-typing.ts";
import { detectFrameworks } from "./frameworks/detect-frameworks.ts";
import { detectMigrations } from "./migrations/detect-migrations.ts";
import { detectOrms } from "./orms/detect-orms.ts";
import { projectKind } from "./project-kind.ts";
import type { ProjectView } from "./project-view.ts";
import { beyondDjangoOf } from "./queries/beyond-django.ts";
import { detectQueries } from "./queries/detect-queries.ts";
import { detectTies } from "./ties/detect-ties.ts";

export function detectSignals(view: ProjectView): ProjectSignals {
  const { project } = view;
  const frameworks = detectFrameworks(view);
  const databases = detectDatabases(view);
  const queries = detectQueries(view, beyondDjangoOf(frameworks, [], databases));
  const models = detectModels(view);
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
    models,
    queries,
    migrations: detectMigrations(view),
    admin: detectAdmin(view),
    databases,
    typing: detectTyping(view),
    concepts: detectConcepts(view),
    ties: detectTies(view, models.items),
  };
}
