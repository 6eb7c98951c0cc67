// A team takes `check` up: it accepts what is there, keeps pull requests from adding to it, and pays it off.
import { existsSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGitRepository, type GitRepository } from "./git-repository.ts";
import { type RunResult, run } from "./run-in-process.ts";

const MODELS = `from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


engine = create_engine("postgresql://localhost/bank")
Session = sessionmaker(engine)
`;

const ACCOUNTS = `from fastapi import FastAPI
from sqlalchemy import select

from bank.models import Account, Session

app = FastAPI()


@app.get("/accounts")
async def list_accounts():
    with Session() as session:
        return session.scalars(select(Account)).all()
`;

const CLEAN = `from bank.models import Account


def label(account: Account) -> str:
    return account.name.title()
`;

const BALANCES = `from sqlalchemy import func, select

from bank.accounts import app
from bank.models import Account, Session


@app.get("/balances")
async def balances():
    with Session() as session:
        return session.scalar(select(func.count()).select_from(Account))
`;

describe("adopting check", () => {
  let repository: GitRepository;
  const baseline = () => join(repository.root, "ormverdict-baseline.json");
  const check = (...args: readonly string[]): Promise<RunResult> =>
    run(["check", ...args], { cwd: repository.root });
  const checkInCi = (...args: readonly string[]): Promise<RunResult> =>
    run(["check", ...args], { cwd: repository.root, environment: { CI: "true" } });

  beforeAll(() => {
    repository = createGitRepository({
      "pyproject.toml":
        '[project]\nname = "bank"\ndependencies = ["fastapi==0.115.0", "sqlalchemy==2.0.36"]\n',
      "bank/__init__.py": "",
      "bank/models.py": MODELS,
      "bank/accounts.py": ACCOUNTS,
    });
  });
  afterAll(() => repository.remove());

  it("fails at first on what is there, each finding on a line that can be clicked", async () => {
    const { exitCode, stdout } = await check();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^bank\/accounts\.py:12:\d+: error blocking-query-in-async: /m);
    expect(stdout).toMatch(/^\d+ findings? \(.*\) in 3 files$/m);
  });

  it("accepts it with --write-baseline, and is then clean", async () => {
    const written = await check("--write-baseline");
    expect(written.exitCode).toBe(0);
    expect(written.stderr).toMatch(/accepted in ormverdict-baseline\.json\. Commit the file\./);
    expect(JSON.parse(readFileSync(baseline(), "utf8")).findings).toContainEqual(
      expect.objectContaining({
        path: "bank/accounts.py",
        rule: "blocking-query-in-async",
        symbol: "list_accounts",
        count: 1,
      }),
    );
    repository.commit("Adopt ormverdict");
    const { exitCode, stdout } = await check();
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^0 findings in 3 files; \d accepted/)]);
    expect(repository.git("status", "--porcelain")).toBe("");
  });

  it("passes a pull request that adds nothing", async () => {
    repository.git("checkout", "-qb", "clean");
    repository.write({ "bank/labels.py": CLEAN });
    repository.commit("Label accounts");
    expect((await checkInCi()).exitCode).toBe(0);
    expect((await checkInCi("--since", "main")).exitCode).toBe(0);
  });

  it("fails one that adds a blocking query in async code, and names that one only", async () => {
    repository.git("checkout", "-q", "main");
    repository.git("checkout", "-qb", "blocking");
    repository.write({ "bank/balances.py": BALANCES });
    repository.commit("Count accounts");
    const { exitCode, stdout } = await checkInCi();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^bank\/balances\.py:\d+:\d+: error blocking-query-in-async: /m);
    expect(stdout).not.toContain("bank/accounts.py");
  });

  it("says the same without a baseline, by what changed since main", async () => {
    const kept = readFileSync(baseline(), "utf8");
    rmSync(baseline());
    const { exitCode, stdout } = await checkInCi("--since", "main");
    repository.write({ "ormverdict-baseline.json": kept });
    expect(exitCode).toBe(1);
    expect(stdout).toContain("bank/balances.py");
    expect(stdout).not.toContain("bank/accounts.py");
    expect(stdout).toMatch(/in unchanged code/);
  });

  it("lets findings pass below a limit, by severity, or by a comment with its reason", async () => {
    expect((await checkInCi("--fail-on", "never")).exitCode).toBe(0);
    expect((await checkInCi("--max-findings", "20")).exitCode).toBe(0);
    const line = "        return session.scalar(select(func.count()).select_from(Account))";
    repository.write({
      "bank/balances.py": BALANCES.replace(
        line,
        `${line}  # ormverdict: ignore[blocking-query-in-async] one fast row`,
      ),
    });
    const { stdout } = await checkInCi();
    expect(stdout).not.toContain("blocking-query-in-async");
    expect(stdout).toMatch(/1 suppressed by comments/);
    repository.git("checkout", "-q", ".");
  });

  it("takes limits and the baseline from the configuration, which flags beat", async () => {
    const settings = (toml: string): void => repository.write({ "ormverdict.toml": toml });
    settings('fail-on = "never"\n');
    expect((await checkInCi()).exitCode).toBe(0);
    expect((await checkInCi("--fail-on", "warning")).exitCode).toBe(1);
    settings("max-findings = 20\n");
    expect((await checkInCi()).exitCode).toBe(0);
    expect((await checkInCi("--max-findings", "0")).exitCode).toBe(1);
    settings('baseline = "ci/accepted.json"\n');
    expect(await checkInCi()).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("no file ci/acc"),
    });
    repository.write({ "ci/readme": "" });
    expect((await checkInCi("--write-baseline")).stderr).toContain("accepted in ci/accepted.json");
    expect((await checkInCi()).exitCode).toBe(0);
    expect((await checkInCi("--baseline", "ormverdict-baseline.json")).exitCode).toBe(1);
    rmSync(join(repository.root, "ci"), { recursive: true });
    symlinkSync(tmpdir(), join(repository.root, "ci"));
    expect(await checkInCi("--write-baseline")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("lies outside its folder"),
    });
    for (const path of ["ci", "ormverdict.toml"]) rmSync(join(repository.root, path));
  });

  it("passes one that only moves code", async () => {
    repository.git("checkout", "-q", "main");
    repository.git("checkout", "-qb", "moving");
    repository.write({
      "bank/accounts.py": ACCOUNTS.replace(
        "@app.get",
        "# Newest first.\n\nLIMIT = 100\n\n\n@app.get",
      ).replace(
        "session.scalars(select(Account)).all()",
        "session.scalars(\n            select(Account)\n        ).all()",
      ),
    });
    repository.commit("Move the endpoint down");
    expect(await checkInCi("--fail-on-stale")).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("passes one that renames a file, and writes the new path on a developer's machine", async () => {
    repository.git("checkout", "-q", "main");
    repository.git("checkout", "-qb", "renaming");
    repository.git("mv", "bank/accounts.py", "bank/views.py");
    const before = readFileSync(baseline(), "utf8");
    const told = await checkInCi();
    expect([told.exitCode, told.stderr]).toEqual([
      0,
      expect.stringMatching(
        /baseline\.json is stale: \d+ accepted findings? (?:is|are) in (?:a )?renamed files?/,
      ),
    ]);
    expect(readFileSync(baseline(), "utf8")).toBe(before);
    expect(await check()).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("changed") });
    const entriesOf = (text: string): unknown => new Set(JSON.parse(text).findings);
    expect(entriesOf(readFileSync(baseline(), "utf8"))).toEqual(
      entriesOf(before.replaceAll("bank/accounts.py", "bank/views.py")),
    );
    expect(await check()).toMatchObject({ exitCode: 0, stderr: "" });
    repository.write({ "bank/views.py": ACCOUNTS.replaceAll("list_accounts", "all_accounts") });
    expect((await check()).exitCode).toBe(1);
    repository.git("checkout", "-q", "-f", "main");
  });

  it("keeps what it accepted in a folder that cannot be looked at", async () => {
    repository.git("checkout", "-q", "-f", "main");
    const before = readFileSync(baseline(), "utf8");
    const [bank, aside] = [join(repository.root, "bank"), join(repository.root, ".aside")];
    renameSync(bank, aside);
    // A link to itself refuses whoever opens it, whatever their permissions.
    symlinkSync("bank", bank);
    await check();
    expect(readFileSync(baseline(), "utf8")).toBe(before);
    rmSync(bank);
    renameSync(aside, bank);
  });

  it("says in CI that the baseline is stale when findings were fixed, and fails only if asked", async () => {
    repository.git("checkout", "-q", "main");
    repository.git("checkout", "-qb", "fixing");
    repository.write({ "bank/accounts.py": ACCOUNTS.replace("async def", "def") });
    const before = readFileSync(baseline(), "utf8");
    const told = await checkInCi();
    expect([told.exitCode, told.stderr]).toEqual([0, expect.stringMatching(/baseline\.json is stale: \d/)]);
    expect((await checkInCi("--fail-on-stale")).exitCode).toBe(1);
    expect(readFileSync(baseline(), "utf8")).toBe(before);
  });

  it("takes fixed findings out of the baseline by itself on a developer's machine", async () => {
    const { exitCode, stderr } = await check();
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/gone: took them out/)]);
    expect(readFileSync(baseline(), "utf8")).not.toContain("blocking-query-in-async");
    expect(await check()).toMatchObject({ exitCode: 0, stderr: "" });
    repository.commit("Query in a thread");
    repository.write({ "bank/accounts.py": ACCOUNTS });
    expect((await check()).exitCode).toBe(1);
  });

  it("refuses what cannot be meant, with the reason", async () => {
    const wrong = async (...args: readonly string[]): Promise<string> => {
      const { exitCode, stderr } = await check(...args);
      return `${exitCode} ${stderr}`;
    };
    expect(await wrong("--since", "nowhere")).toMatch(/^2 .*git knows no commit "nowhere"/);
    expect(await wrong("--since=--output=x")).toMatch(/^2 .*git knows no commit/);
    expect(await wrong("--fail-on", "note")).toMatch(/^2 .*must be error, warning, never/);
    expect(await wrong("--max-findings", "-1")).toMatch(/^2 .*must be a number/);
    expect(await wrong("--baseline", "nothing.json")).toMatch(/^2 .*there is no file nothing\.json/);
    expect(await wrong("--write-baseline", "--since", "main")).toMatch(/^2 /);
    repository.write({ "ormverdict-baseline.json": "<<<<<<< HEAD\n{}\n" });
    expect(await wrong()).toMatch(/^2 .*merge conflict/);
    repository.write({ "ormverdict-baseline.json": '{"version": 2}' });
    expect(await wrong()).toMatch(/^2 .*no baseline that this version reads/);
    expect(existsSync(join(repository.root, "x"))).toBe(false);
  });
});
