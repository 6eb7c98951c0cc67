// Admin interfaces over the models: Django's own by its registrations, and the packages that offer one elsewhere.
import { adminOfDistribution } from "../../knowledge/admin-tools.ts";
import type { AdminSignal, Evidence } from "../../model/report.ts";
import { normalisePackageName } from "../../text/normalise-package-name.ts";
import type { ProjectView } from "../project-view.ts";
import { djangoRegistrations } from "./django-registrations.ts";
import { installedAdmin } from "./installed-admin.ts";
import type { Registration } from "./registration.ts";
import { thirdPartyAdmins } from "./third-party-admins.ts";

const MAX_EVIDENCE = 3;

/** Django's admin wherever it is registered with or switched on; else the third-party admin with the most views. */
export function detectAdmin(view: ProjectView): AdminSignal {
  const registered = djangoRegistrations(view);
  const installed = installedAdmin(view);
  const [other] = thirdPartyAdmins(view);
  if (registered.length > 0) return signal("django", "django", registered);
  if (other !== undefined && other.registrations.length > 0)
    return signal("third-party", other.name, other.registrations, other.evidence);
  if (installed.length > 0) {
    const evidence = installed.slice(0, MAX_EVIDENCE);
    return { kind: "django", name: "django", registrations: 0, unknown: null, evidence };
  }
  if (other !== undefined)
    return {
      kind: "third-party",
      name: other.name,
      registrations: 0,
      unknown: null,
      evidence: other.evidence,
    };
  return offered(view) ?? { kind: "none", name: null, registrations: 0, unknown: null, evidence: [] };
}

function signal(
  kind: "django" | "third-party",
  name: string,
  registrations: readonly Registration[],
  also: readonly Evidence[] = [],
): AdminSignal {
  return {
    kind,
    name,
    registrations: registrations.reduce((sum, { models }) => sum + models, 0),
    unknown: null,
    evidence: [...registrations.map(({ evidence }) => evidence), ...also].slice(0, MAX_EVIDENCE),
  };
}

/** The scanned project is itself such a package: its admin is there, with nothing registered. */
function offered({ project }: ProjectView): AdminSignal | null {
  const tool = adminOfDistribution(normalisePackageName(project.name));
  const manifest = project.manifests.find(({ projectName }) => projectName === project.name);
  if (tool === null || tool.name === "django" || tool.dressesDjangoAdmin || manifest === undefined)
    return null;
  const evidence = [{ path: manifest.path, line: 1, says: `this project is ${tool.name}, an admin` }];
  return { kind: "third-party", name: tool.name, registrations: 0, unknown: null, evidence };
}
