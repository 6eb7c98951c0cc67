// Drivers that the project needs to run: declared, or imported by production code.
import type { Driver } from "../../knowledge/driver.ts";
import { driverOfDistribution, driverOfModule } from "../../knowledge/drivers.ts";
import { externalImports } from "../imports.ts";
import type { ProjectView } from "../project-view.ts";

export interface DriversInUse {
  /** Runtime dependencies; optional ones only where there is nothing else. */
  readonly declared: readonly Driver[];
  readonly imported: readonly Driver[];
}

/** Drivers of databases that hold rows or documents: caches, queues and search engines are no database of the verdict. */
export function driversInUse(view: ProjectView): DriversInUse {
  const dependencies = view.project.manifests.flatMap((manifest) => manifest.dependencies);
  const declaredAs = (wanted: string): Driver[] =>
    unique(
      dependencies.filter(({ scope }) => scope === wanted).map(({ name }) => driverOfDistribution(name)),
    );
  const runtime = declaredAs("runtime");
  const imports = view.files.flatMap((file) => externalImports(view.world, file));
  return {
    declared: runtime.length > 0 ? runtime : declaredAs("optional"),
    imported: unique(imports.map(({ name, module }) => driverOfModule(name) ?? driverOfModule(module))),
  };
}

function unique(drivers: readonly (Driver | null)[]): Driver[] {
  const kept = drivers.filter(
    (driver): driver is Driver => driver !== null && (driver.sql || driver.engine === "mongodb"),
  );
  return [...new Set(kept)];
}
