import { run } from "./cli/run-in-process.ts";

const PROJECT = "fixtures/projects/fastapi-bookshop";
const SCREEN = /(<!-- screen: begin -->\n)[\s\S]*(<!-- screen: end -->)/;

/** The README with what the program prints today about the example project. `root` is the folder of the README. */
export async function withScreen(readme: string, root: string): Promise<string> {
  const { stdout } = await run(["scan", PROJECT], { cwd: root });
  const screen = `\`\`\`console\n$ ormverdict scan ${PROJECT}\n${stdout.trimEnd()}\n\`\`\`\n`;
  return readme.replace(SCREEN, (_all, begin: string, end: string) => `${begin}${screen}${end}`);
}
