import { afterAll, beforeAll, expect, it } from "vitest";
import { changedLines } from "../../src/files/changed-lines.ts";
import { createGitRepository, type GitRepository } from "../cli/git-repository.ts";

const LINES = ["a", "b", "c", "d", "e"].map((name) => `${name} = 1\n`);
let repository: GitRepository;

beforeAll(() => {
  repository = createGitRepository({
    "app/kept.py": LINES.join(""),
    "app/changed.py": LINES.join(""),
    "app/gone.py": LINES.join(""),
    'app/quo"te\nline.py': LINES.join(""),
    "other/changed.py": LINES.join(""),
  });
  repository.git("checkout", "-qb", "branch");
  repository.write({
    "app/changed.py": ["a = 1\n", "b = 2\n", "++ b/x.py\n", "c = 1\n", "e = 1\n"].join(""),
    'app/quo"te\nline.py': ["z = 1\n", ...LINES].join(""),
    "other/changed.py": "x = 1\n",
  });
  repository.git("rm", "-q", "app/gone.py");
  repository.commit("Change");
  repository.git("checkout", "-q", "main");
  repository.write({ "app/kept.py": "main moved on\n" });
  repository.commit("Move on");
  repository.git("checkout", "-q", "branch");
  repository.write({ "app/new ünicode.py": "x = 1\n" });
});
afterAll(() => repository.remove());

it("gives changed lines below the folder since the merge base, whatever files are called", async () => {
  const changes = await changedLines(`${repository.root}/app`, "main");
  expect(Object.fromEntries(changes)).toEqual({
    // Lines 2 and 3 are written, and around the gap after line 4 a line is gone.
    "changed.py": [
      [2, 3],
      [4, 5],
    ],
    'quo"te\nline.py': [[1, 1]],
    "new ünicode.py": "all",
  });
});

it("says what to do where git cannot tell", async () => {
  await expect(changedLines(repository.root, "nowhere")).rejects.toThrow(/fetch-depth: 0/);
  await expect(changedLines("/", "main")).rejects.toThrow(/needs a git work tree/);
});
