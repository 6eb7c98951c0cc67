// `npm run truth:lexer`: holds our lexer against CPython's own tokenizer, on Python's standard library and the survey's packages, as far as
// `npm run survey` has downloaded them. What is compared is every token's kind and text, and every comment. A file that our lexer leaves to
// the parser is counted as refused: that costs time and no answer. Exit code 0, 1 where a file differs, 2 where it could not start.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { UsageError } from "../../src/index.ts";
import { unpackArchive } from "../survey/unpack.ts";
import { describeTokens } from "./describe-tokens.ts";

const SURVEY = fileURLToPath(new URL("../../.survey", import.meta.url));
const TOKENS_OF = fileURLToPath(new URL("tokens_of.py", import.meta.url));
const SHOWN = 10;

interface Figures {
  compared: number;
  equal: number;
  /** Left to the parser by our lexer. */
  refused: number;
  /** Of these, refused by Python's tokenizer too. */
  refusedByBoth: number;
  different: number;
}

type Answer = { readonly tokens: string; readonly comments: string } | { readonly refusal: string };

function main(): number {
  const { values } = parseArgs({
    options: {
      limit: { type: "string", default: "1000000" },
      python: { type: "string", default: "python3" },
    },
  });
  if (!/^[1-9]\d*$/.test(values.limit))
    throw new UsageError(`--limit takes a number of files, not "${values.limit}".`);
  const limit = Number(values.limit);
  const figures: Figures = { compared: 0, equal: 0, refused: 0, refusedByBoth: 0, different: 0 };
  const { python } = values;
  compareFolder(standardLibrary(python), python, Math.ceil(limit / 2), figures);
  const archives = existsSync(SURVEY)
    ? readdirSync(SURVEY)
        .filter((name) => /\.(?:whl|tar\.gz)$/.test(name))
        .sort()
    : [];
  for (const [index, name] of archives.entries()) {
    const share = Math.ceil((limit - figures.compared) / (archives.length - index));
    if (share <= 0) break;
    const temporary = mkdtempSync(join(tmpdir(), "lexer-"));
    try {
      compareFolder(unpackArchive(join(SURVEY, name), join(temporary, "package")), python, share, figures);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }
  console.log(
    `${figures.compared} files compared: ${figures.equal} equal, ${figures.refused} left to the parser (${figures.refusedByBoth} of them refused by Python too), ${figures.different} different`,
  );
  console.log(JSON.stringify(figures));
  return figures.different === 0 ? 0 : 1;
}

function standardLibrary(python: string): string {
  try {
    return execFileSync(python, ["-c", "import os; print(os.path.dirname(os.__file__))"], {
      encoding: "utf8",
    }).trim();
  } catch {
    throw new UsageError(`${python} does not run here; name another with --python.`);
  }
}

/** Compares files spread evenly over a folder. */
function compareFolder(folder: string, python: string, limit: number, figures: Figures): void {
  const all = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".py") && !/[\r\n]|site-packages/.test(path))
    .sort();
  const step = Math.max(1, all.length / limit);
  const paths = Array.from({ length: Math.min(limit, all.length) }, (_, index) =>
    join(folder, all[Math.floor(index * step)] ?? ""),
  );
  const answers = execFileSync(python, [TOKENS_OF], {
    input: paths.join("\n"),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  })
    .split("\n")
    .slice(0, -1);
  for (const [index, path] of paths.entries())
    compareFile(path, JSON.parse(answers[index] ?? "null"), python, figures);
}

function compareFile(path: string, answer: Answer, python: string, figures: Figures): void {
  const ours = describeTokens(readFileSync(path, "utf8").replace(/^\ufeff/, ""));
  figures.compared += 1;
  if (ours === null) {
    figures.refused += 1;
    if ("refusal" in answer) figures.refusedByBoth += 1;
  } else if (
    !("refusal" in answer) &&
    answer.tokens === digest(ours.tokens) &&
    answer.comments === digest(ours.comments)
  ) {
    figures.equal += 1;
  } else {
    figures.different += 1;
    if (figures.different <= SHOWN) console.log(`${path}: ${difference(path, ours.tokens, answer, python)}`);
  }
}

function difference(path: string, ours: readonly string[], answer: Answer, python: string): string {
  if ("refusal" in answer) return `Python refuses it: ${answer.refusal}`;
  const theirs: string[] = JSON.parse(
    execFileSync(python, [TOKENS_OF, "--tokens", path], { encoding: "utf8", maxBuffer: 1 << 28 }),
  );
  const at = theirs.findIndex((token, index) => token !== ours[index]);
  if (at < 0 && theirs.length === ours.length) return "the comments differ";
  return `token ${at < 0 ? theirs.length : at}: Python has ${JSON.stringify(theirs[at])}, ours is ${JSON.stringify(ours[at])}`;
}

function digest(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex");
}

try {
  process.exitCode = main();
} catch (error) {
  const isArgumentError = String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS");
  if (!(error instanceof UsageError) && !isArgumentError) throw error;
  console.error((error as Error).message);
  process.exitCode = 2;
}
