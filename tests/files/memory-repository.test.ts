import { describe, expect, it } from "vitest";
import { memoryRepository } from "../../src/files/memory-repository.ts";
import { readText } from "../../src/files/read-text.ts";
import { selectFiles } from "../../src/files/select-files.ts";

const FILES = {
  "b.py": "",
  "a.py": "",
  "setup.py": "",
  "setup.cfg": "",
  "pyproject.toml": "",
  "tox.ini": "",
  "requirements.txt": "",
  "requirements/prod.in": "",
  "dev-requirements.txt": "",
  "docs/words.txt": "",
  "pylock.dev.toml": "",
  "environment.yml": "",
  "deploy/Dockerfile.prod": "",
  "docker-compose.override.yml": "",
  "alembic.ini": "",
  ".env": "",
  ".env.example": "",
  "sql/report.sql": "",
  "README.md": "",
};

async function rolesOf(files: Record<string, string>): Promise<{ note: string | null; roles: string[] }> {
  const { files: listed, note } = await memoryRepository(files).list();
  return { note, roles: listed.map(({ path, role }) => `${path} ${role}`) };
}

describe("memoryRepository", () => {
  it("hands each file to what reads it, and never .env", async () => {
    const selected = selectFiles(await memoryRepository(FILES).list());
    const paths = (files: readonly { path: string }[]): string[] => files.map(({ path }) => path);
    expect(paths(selected.python)).toEqual(["a.py", "b.py", "setup.py"]);
    expect(paths(selected.manifests)).toEqual([
      "dev-requirements.txt",
      "environment.yml",
      "pylock.dev.toml",
      "pyproject.toml",
      "requirements.txt",
      "requirements/prod.in",
      "setup.cfg",
      "setup.py",
      "tox.ini",
    ]);
    expect(paths(selected.texts)).toEqual([
      ".env.example",
      "alembic.ini",
      "deploy/Dockerfile.prod",
      "docker-compose.override.yml",
      "setup.cfg",
    ]);
    expect(selected.others).toEqual([".env", "README.md", "docs/words.txt", "sql/report.sql"]);
  });

  it("reads examples as production where there is nothing else, and says so", async () => {
    expect(
      await rolesOf({
        "setup.py": "",
        "examples/a/main.py": "",
        "examples/b/main.py": "",
        "examples/b/manage.py": "",
        "examples/b/tests/factories.py": "",
        "examples/b/migrations/0001_initial.py": "",
        "docs/conf.py": "",
      }),
    ).toEqual({
      note: "The repository holds no production code beside examples; they were read as if they were.",
      roles: [
        "docs/conf.py docs",
        "examples/a/main.py production",
        "examples/b/main.py production",
        "examples/b/manage.py production",
        "examples/b/migrations/0001_initial.py migration",
        "examples/b/tests/factories.py test",
        "setup.py script",
      ],
    });
  });

  it("leaves examples alone beside production code", async () => {
    const { note, roles } = await rolesOf({ "lib/core.py": "", "examples/main.py": "" });
    expect(note).toBeNull();
    expect(roles).toEqual(["examples/main.py example", "lib/core.py production"]);
  });

  it("reads a template as the project that it makes, not its hooks", async () => {
    const files = {
      "cookiecutter.json": "",
      "hooks/post_gen.py": "",
      "{{cookiecutter.slug}}/app/models.py": "",
    };
    const { note, roles } = await rolesOf(files);
    expect(note).toBe(
      "The repository holds no production code beside templates; they were read as if they were.",
    );
    expect(roles).toEqual(["hooks/post_gen.py script", "{{cookiecutter.slug}}/app/models.py production"]);
  });

  it("takes no upkeep of the repository for its code", async () => {
    const { note, roles } = await rolesOf({ "setup.py": "", ".github/label.py": "", "tests/test_a.py": "" });
    expect(note).toBe("No production code was found: all 3 Python files are for tests, docs or the like.");
    expect(roles).toEqual([".github/label.py script", "setup.py script", "tests/test_a.py test"]);
  });

  it("says that there are only tests", async () => {
    expect((await rolesOf({ "tests/test_a.py": "" })).note).toBe(
      "No production code was found: all 1 Python files are for tests, docs or the like.",
    );
  });

  it("turns what cannot be read into a problem", async () => {
    const repository = memoryRepository({ "a.py": new Uint8Array([120, 0]) });
    expect((await readText(repository, "a.py")).problem).toMatchObject({ path: "a.py", kind: "binary" });
    expect(await readText(repository, "gone.py")).toEqual({
      text: "",
      bytes: 0,
      problem: { path: "gone.py", kind: "unreadable", message: "It could not be read: it is missing." },
    });
  });
});
