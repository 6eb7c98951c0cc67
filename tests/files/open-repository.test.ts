import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openRepository } from "../../src/files/open-repository.ts";
import type { Listing, ListOptions } from "../../src/files/repository.ts";
import { UsageError } from "../../src/model/usage-error.ts";
import { temporaryTree } from "../temporary-tree.ts";

async function list(root: string, options?: ListOptions): Promise<Listing> {
  return (await openRepository(root)).list(options);
}

async function paths(root: string, options?: ListOptions): Promise<string[]> {
  return (await list(root, options)).files.map(({ path }) => path);
}

function git(root: string, ...args: string[]): void {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main"];
  execFileSync("git", [...identity, ...args], { cwd: root, stdio: "pipe" });
}

function withEnvironment(name: string, value: string): void {
  const before = process.env[name];
  process.env[name] = value;
  onTestFinished(() => {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  });
}

const NESTED_IGNORES = {
  ".gitignore": "*.log.py\n/local/\ngenerated/\n",
  "app.py": "",
  "local/secret.py": "",
  "pkg/local/kept.py": "",
  "pkg/debug.log.py": "",
  "pkg/.gitignore": "!debug.log.py\nscratch_*.py\n",
  "pkg/scratch_1.py": "",
  "pkg/sub/scratch_2.py": "",
  "pkg/sub/.gitignore": "!scratch_2.py\n",
  "src/.gitignore": "!generated/\n",
  "src/generated/client.py": "",
  "generated/server.py": "",
};
const KEPT = [
  "app.py",
  "pkg/debug.log.py",
  "pkg/local/kept.py",
  "pkg/sub/scratch_2.py",
  "src/generated/client.py",
];

describe("listing", () => {
  it("honours .gitignore at every level, in a plain folder as in a work tree", async () => {
    const plain = temporaryTree(NESTED_IGNORES);
    const tree = temporaryTree(NESTED_IGNORES);
    git(tree, "init", "-q");
    expect(await paths(plain)).toEqual(KEPT);
    expect(await paths(tree)).toEqual(KEPT);
  });

  it("keeps tracked files that .gitignore names, and leaves out what is deleted from the work tree", async () => {
    const root = temporaryTree({ "a.py": "", "b.py": "", "c.py": "" });
    git(root, "init", "-q");
    git(root, "add", ".");
    writeFileSync(join(root, ".gitignore"), "a.py\nd.py\n");
    writeFileSync(join(root, "d.py"), "");
    rmSync(join(root, "b.py"));
    expect(await paths(root)).toEqual(["a.py", "c.py"]);
  });

  it("lists paths relative to the scanned folder, and a folder that the tree around it ignores", async () => {
    const root = temporaryTree({
      ".gitignore": "unpacked/\n",
      "services/api/main.py": "",
      "unpacked/pkg/core.py": "",
    });
    git(root, "init", "-q");
    expect(await paths(join(root, "services"))).toEqual(["api/main.py"]);
    expect(await paths(join(root, "unpacked"))).toEqual(["pkg/core.py"]);
  });

  it("enters nested work trees and submodules, but no second work tree of the same code", async () => {
    const root = temporaryTree({
      "a.py": "",
      "nested/b.py": "",
      "nested/ignored.py": "",
      "nested/.gitignore": "ignored.py\n",
    });
    git(root, "init", "-q");
    git(root, "add", "a.py");
    git(root, "commit", "-qm", "a");
    git(root, "worktree", "add", "-q", "copy");
    git(join(root, "nested"), "init", "-q");
    const listing = await list(root);
    expect(listing.files.map(({ path }) => path)).toEqual(["a.py", "nested/b.py"]);
    expect(listing.excluded).toEqual([{ path: "copy", because: "another work tree of a repository" }]);
  });

  it("says that a submodule is not checked out", async () => {
    const root = temporaryTree({ "a.py": "" });
    git(root, "init", "-q");
    git(root, "add", ".");
    git(
      root,
      "update-index",
      "--add",
      "--cacheinfo",
      "160000,587be6b4c3f93f93c489c0111bba5596147a26cb,lib.v2",
    );
    mkdirSync(join(root, "lib.v2"));
    expect((await list(root)).problems).toEqual([
      {
        path: "lib.v2",
        kind: "unreadable",
        message: "The submodule lib.v2 is not checked out: its code was not seen.",
      },
    ]);
  });

  it("runs no program that the repository configures", async () => {
    const root = temporaryTree({ "a.py": "" });
    const spy = temporaryTree({ "hook.sh": '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n' });
    chmodSync(join(spy, "hook.sh"), 0o755);
    git(root, "init", "-q");
    git(root, "config", "core.fsmonitor", join(spy, "hook.sh"));
    git(root, "ls-files", "-o");
    expect(existsSync(join(spy, "ran"))).toBe(true);
    rmSync(join(spy, "ran"));
    expect(await paths(root)).toEqual(["a.py"]);
    expect(existsSync(join(spy, "ran"))).toBe(false);
  });

  it("is not led to another repository by the variables that git sets in hooks", async () => {
    const root = temporaryTree({ "a.py": "", ".gitignore": "b.py\n", "b.py": "" });
    const other = temporaryTree({ "z.py": "" });
    git(root, "init", "-q");
    git(other, "init", "-q");
    withEnvironment("GIT_DIR", join(other, ".git"));
    withEnvironment("GIT_WORK_TREE", other);
    expect(await paths(root)).toEqual(["a.py"]);
  });

  it("goes on when git refuses the folder's owner, or is missing", async () => {
    const root = temporaryTree({ "a.py": "", ".gitignore": "b.py\n", "b.py": "" });
    git(root, "init", "-q");
    withEnvironment("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    expect(await paths(root)).toEqual(["a.py"]);
    withEnvironment("PATH", join(root, "nowhere"));
    expect(await paths(root)).toEqual(["a.py"]);
  });

  it("leaves out environments, installed packages, caches and build output, and says so", async () => {
    const root = temporaryTree({
      "pyproject.toml": "",
      "app/build/planner.py": "",
      "app/build/__init__.py": "",
      "env/settings.py": "",
      "build/lib/app/core.py": "",
      "dist/app.py": "",
      "app/dist/rates.py": "",
      "app/build/lib/bricks.py": "",
      "kit/setup.py": "",
      "kit/dist/__init__.py": "",
      ".venv/pyvenv.cfg": "",
      ".venv/lib/python3.12/site-packages/django/db.py": "",
      "my-python/pyvenv.cfg": "",
      "my-python/run.py": "",
      "deploy/env/bin/activate": "",
      "deploy/env/bin/activate_this.py": "",
      "lib/site-packages/x.py": "",
      "web/node_modules/gyp/gyp.py": "",
      "app.egg-info/requires.py": "",
      ".tox/py312/x.py": "",
    });
    const listing = await list(root);
    expect(listing.files.map(({ path }) => path)).toEqual([
      "app/build/__init__.py",
      "app/build/lib/bricks.py",
      "app/build/planner.py",
      "app/dist/rates.py",
      "env/settings.py",
      "kit/dist/__init__.py",
      "kit/setup.py",
      "pyproject.toml",
    ]);
    expect(listing.excluded).toEqual([
      { path: ".tox", because: "environments for tests" },
      { path: ".venv", because: "a virtual environment" },
      { path: "app.egg-info", because: "package metadata" },
      { path: "build/lib", because: "build output" },
      { path: "deploy/env", because: "a virtual environment" },
      { path: "dist", because: "build output" },
      { path: "lib/site-packages", because: "installed packages" },
      { path: "my-python", because: "a virtual environment" },
      { path: "web/node_modules", because: "installed packages" },
    ]);
    git(root, "init", "-q");
    expect((await list(root)).excluded).toEqual(listing.excluded);
    expect((await list(root)).files).toEqual(listing.files);
  });

  it("leaves out what the user excludes, and calls files what the user calls them", async () => {
    const root = temporaryTree({
      "app.py": "",
      "legacy/old.py": "",
      "legacy/keep.py": "",
      "gen/x_gen.py": "",
      "seed.py": "",
    });
    const listing = await list(root, {
      exclude: ["legacy/*", "!legacy/keep.py", "*_gen.py"],
      roles: [{ glob: "/seed.py", role: "script" }],
    });
    expect(listing.files.map(({ path, role }) => [path, role])).toEqual([
      ["app.py", "production"],
      ["legacy/keep.py", "production"],
      ["seed.py", "script"],
    ]);
  });
});

describe("links", () => {
  it("lists a linked file once, follows no loop, and names what leads out", async () => {
    const outside = temporaryTree({ "shared/models.py": "", "one.py": "" });
    const files = {
      "pkg/real.py": "x = 1\n",
      "hidden/target.py": "y = 1\n",
      ".gitignore": "hidden/\n",
      "notes.md": "",
    };
    const root = temporaryTree(files);
    symlinkSync("real.py", join(root, "pkg/alias.py"));
    symlinkSync("../hidden/target.py", join(root, "pkg/target.py"));
    symlinkSync("..", join(root, "pkg/loop"));
    symlinkSync("pkg", join(root, "again"));
    symlinkSync("self.py", join(root, "self.py"));
    symlinkSync(join(outside, "shared"), join(root, "shared"));
    symlinkSync(join(outside, "one.py"), join(root, "one.py"));
    symlinkSync(join(outside, "one.py"), join(root, "notes.txt"));
    symlinkSync("notes.md", join(root, "kind.py"));
    symlinkSync(outside, join(root, "node_modules"));
    const check = (listing: Listing): void => {
      expect(listing.files.map(({ path, bytes }) => [path, bytes])).toEqual([
        ["hidden/target.py", 6],
        ["pkg/real.py", 6],
      ]);
      expect(listing.problems).toEqual([
        {
          path: "kind.py",
          kind: "unreadable",
          message: "The link leads to a file of another kind and was not followed.",
        },
        {
          path: "one.py",
          kind: "unreadable",
          message: "The link leads to a file outside the scanned folder and was not followed.",
        },
        { path: "self.py", kind: "unreadable", message: "The link leads nowhere." },
        {
          path: "shared",
          kind: "unreadable",
          message: "The link leads to a folder outside the scanned one and was not followed.",
        },
      ]);
    };
    check(await list(root));
    git(root, "init", "-q");
    check(await list(root));
    git(root, "add", ".");
    check(await list(root));
  });

  it("reads nothing through a link or out of the tree", async () => {
    const outside = temporaryTree({ "secret.py": "token" });
    const root = temporaryTree({ "a.py": "x" });
    symlinkSync(outside, join(root, "out"));
    symlinkSync(join(outside, "secret.py"), join(root, "secret.py"));
    const repository = await openRepository(root);
    expect(await repository.read("a.py")).toEqual(new Uint8Array([120]));
    await expect(repository.read("secret.py")).rejects.toThrow("it is a link");
    await expect(repository.read("out/secret.py")).rejects.toThrow("outside the scanned folder");
    await expect(repository.read(join("..", "x.py"))).rejects.toThrow("outside the scanned folder");
    await expect(repository.read("/etc/passwd")).rejects.toThrow("outside the scanned folder");
    await expect(repository.read("gone.py")).rejects.toThrow("it is missing");
  });

  it("does not wait for a pipe that calls itself Python", async () => {
    const root = temporaryTree({ "a.py": "" });
    execFileSync("mkfifo", [join(root, "pipe.py"), join(root, ".gitignore")]);
    const repository = await openRepository(root);
    expect((await repository.list()).files.map(({ path }) => path)).toEqual(["a.py"]);
    await expect(repository.read("pipe.py")).rejects.toThrow("no regular file");
  });
});

describe("names", () => {
  const names = [
    "line\nbreak.py",
    "quo\"te's.py",
    "sp ace .py",
    "tab\t.py",
    "back\\slash.py",
    "ünï.py",
    "100644 x\t.py",
  ];

  it("survive whatever they contain", async () => {
    const root = temporaryTree(Object.fromEntries(names.map((name) => [name, name])));
    const check = async (): Promise<void> => {
      const repository = await openRepository(root);
      const { files } = await repository.list();
      expect(files.map(({ path }) => path)).toEqual([...names].sort());
      for (const { path } of files) expect(new TextDecoder().decode(await repository.read(path))).toBe(path);
    };
    await check();
    git(root, "init", "-q");
    await check();
    git(root, "add", ".");
    await check();
  });

  it("that are no UTF-8 are shown escaped, and read", async () => {
    const root = temporaryTree({ "pkg/a.py": "" });
    writeFileSync(
      Buffer.concat([Buffer.from(join(root, "pkg/caf")), Buffer.from([0xe9]), Buffer.from(".py")]),
      "latin",
    );
    const check = async (): Promise<void> => {
      const repository = await openRepository(root);
      const { files } = await repository.list();
      expect(files.map(({ path }) => path)).toEqual(["pkg/a.py", "pkg/caf\\xe9.py"]);
      expect(new TextDecoder().decode(await repository.read("pkg/caf\\xe9.py"))).toBe("latin");
    };
    await check();
    git(root, "init", "-q");
    git(root, "add", ".");
    await check();
  });
});

describe("bounds and bad input", () => {
  it("names files that are too large, folders that are too deep and the rest of too many", async () => {
    const deep = Array.from({ length: 70 }, () => "d").join("/");
    const root = temporaryTree({
      "big.py": new Uint8Array(2 * 1024 * 1024 + 1),
      "data.sql": new Uint8Array(3 * 1024 * 1024),
      "uv.lock": new Uint8Array(3 * 1024 * 1024),
      [`${deep}/x.py`]: "",
      "a.py": "",
      "b.py": "",
      "c.py": "",
    });
    const listing = await list(root, { maxFiles: 2 });
    expect(listing.files.map(({ path }) => path)).toEqual(["a.py", "b.py", "uv.lock"]);
    expect(listing.others).toEqual(["data.sql"]);
    expect(listing.problems.map(({ path, kind }) => [path.length > 9 ? "deep" : path, kind])).toEqual([
      [".", "limit"],
      ["big.py", "too-large"],
      ["deep", "limit"],
    ]);
    git(root, "init", "-q");
    const tracked = await list(root, { maxFiles: 2 });
    expect(tracked.files).toEqual(listing.files);
    expect(tracked.problems).toEqual(listing.problems);
  });

  it("refuses a missing folder and a file in words for the user", async () => {
    const root = temporaryTree({ "a.py": "" });
    await expect(openRepository(join(root, "gone"))).rejects.toThrow(UsageError);
    await expect(openRepository(join(root, "gone"))).rejects.toThrow(/^There is no folder ".*gone"/);
    await expect(openRepository(join(root, "a.py"))).rejects.toThrow(/is a file, not a folder/);
    await expect(openRepository(join(root, "a.py/b"))).rejects.toThrow(UsageError);
  });

  it("lists an empty folder as empty", async () => {
    expect(await list(temporaryTree({}))).toEqual({
      files: [],
      others: [],
      excluded: [],
      problems: [],
      note: null,
    });
  });
});
