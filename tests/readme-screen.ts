import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./cli/run-in-process.ts";

const PROJECT = "fixtures/projects/fastapi-bookshop";

/** The README with what the program prints today about the example project. `root` is the folder of the README. */
export async function withScreen(readme: string, root: string): Promise<string> {
  const shown = [
    ["scan", await printed(["scan", PROJECT], root)],
    ["explain", await printed(["explain", "async-database-access", PROJECT], root)],
    ["compare", await comparison(root)],
  ] as const;
  return shown.reduce((text, [name, screen]) => replaceScreen(text, name, screen), readme);
}

async function printed(argv: readonly string[], root: string): Promise<string> {
  const { stdout } = await run(argv, { cwd: root });
  return `$ ormverdict ${argv.join(" ")}\n${stdout.trimEnd()}\n`;
}

/** What moves when the example project loses its reports. */
async function comparison(root: string): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), "readme-"));
  const project = join(root, PROJECT);
  try {
    await run(["scan", project, "--format", "json=before.json"], { cwd });
    await run(["scan", project, "--exclude", "reports.py", "--format", "json=after.json"], { cwd });
    return await printed(["compare", "before.json", "after.json"], cwd);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function replaceScreen(text: string, name: string, screen: string): string {
  const begin = name === "scan" ? "<!-- screen: begin -->" : `<!-- screen ${name}: begin -->`;
  const end = "<!-- screen: end -->";
  const from = text.indexOf(begin);
  if (from < 0) throw new Error(`the README has no place "${begin}"`);
  const to = text.indexOf(end, from);
  return `${text.slice(0, from)}${begin}\n\`\`\`console\n${screen}\`\`\`\n${text.slice(to)}`;
}
