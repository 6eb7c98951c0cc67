import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A repository with history in a temporary folder, committed by nobody in particular. */
export interface GitRepository {
  readonly root: string;
  write(files: Readonly<Record<string, string>>): void;
  git(...args: readonly string[]): string;
  commit(message: string): void;
  remove(): void;
}

const ENVIRONMENT = {
  PATH: process.env.PATH,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "A Developer",
  GIT_AUTHOR_EMAIL: "developer@example.com",
  GIT_COMMITTER_NAME: "A Developer",
  GIT_COMMITTER_EMAIL: "developer@example.com",
  GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
  GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
};

export function createGitRepository(files: Readonly<Record<string, string>>): GitRepository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "ormverdict-git-")));
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, { cwd: root, encoding: "utf8", env: ENVIRONMENT });
  const repository: GitRepository = {
    root,
    git,
    write(texts) {
      for (const [path, text] of Object.entries(texts)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
    },
    commit(message) {
      git("add", "-A");
      git("commit", "-q", "--allow-empty", "-m", message);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  git("init", "-q", "-b", "main");
  repository.write(files);
  repository.commit("Begin");
  return repository;
}
