// The greenfield answer: the same project, judged as if its ORM were still to be chosen. What the present ORM alone brought
// goes (its name, migrations, admin registrations, concepts, the choice of Core); what the work itself asks for stays
// (frameworks, how asynchronous it is, how complex its queries are, how many models and databases there are).

import type { ProjectSignals } from "../model/report.ts";

const LEFT_OUT = "left out of account with today's ORM";

export function withoutPresentOrm(signals: ProjectSignals): ProjectSignals {
  const { byLayer, items } = signals.queries;
  return {
    ...signals,
    orms: [],
    migrations: { unknown: LEFT_OUT, evidence: [], tools: [] },
    admin: { ...signals.admin, registrations: 0 },
    concepts: { ...signals.concepts, total: 0, items: [] },
    queries: {
      ...signals.queries,
      byLayer: { orm: byLayer.orm + byLayer.core, core: 0, raw: byLayer.raw },
      items: items.map((query) => (query.layer === "core" ? { ...query, layer: "orm" as const } : query)),
    },
  };
}
