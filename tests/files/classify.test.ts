import { describe, expect, it } from "vitest";
import { classify, createClassifier } from "../../src/files/classify.ts";
import type { FileRole } from "../../src/model/file-role.ts";

/** Paths that mean the same alone as in any repository. */
const ALONE: readonly (readonly [string, FileRole])[] = [
  ["app/models.py", "production"],
  ["litestar/app.py", "production"],
  ["latest/attestation.py", "production"],
  ["contest/views.py", "production"],
  ["manage.py", "production"],
  ["tests/test_views.py", "test"],
  ["shop/tests/factories.py", "test"],
  ["shop/tests.py", "test"],
  ["shop/test_models.py", "test"],
  ["pkg/handlers_test.py", "test"],
  ["conftest.py", "test"],
  ["integration_tests/run.py", "test"],
  ["ab_tests/models.py", "production"],
  ["lab_tests/models.py", "production"],
  ["shop/management/commands/test_mail.py", "production"],
  ["shop/migrations/0001_initial.py", "migration"],
  ["alembic/versions/3f2a_add_user.py", "migration"],
  ["db/versions/0123456789ab_add_user.py", "migration"],
  ["migrations/models/0_20240101120000_init.py", "migration"],
  ["app/migrations/runner.py", "production"],
  ["api/versions/v1.py", "production"],
  ["bookmarks/tests_e2e/run.py", "test"],
  ["load_testing/run.py", "test"],
  ["scripts-dev/lint.py", "script"],
  ["dev/generate.py", "script"],
  ["docs/conf.py", "docs"],
  ["docs_src/tutorial001.py", "docs"],
  ["examples/todo/main.py", "example"],
  ["my-example/main.py", "example"],
  ["scripts/seed.py", "script"],
  ["tools/release.py", "script"],
  ["benchmarks/insert.py", "script"],
  [".github/scripts/label.py", "script"],
  ["setup.py", "script"],
  ["noxfile.py", "script"],
  ["proto/user_pb2.py", "generated"],
  ["proto/user_pb2_grpc.py", "generated"],
  ["pkg/_vendor/six.py", "vendored"],
  ["third_party/lib.py", "vendored"],
  ["vendor/lib/core.py", "vendored"],
  ["pkg/core.pyi", "stub"],
  ["{{cookiecutter.slug}}/app.py", "template"],
  ["django-template/app.py", "template"],
  ["conf/project_template/settings.py", "template"],
  // Where several names match, the outermost decides; none of them is production code.
  ["tests/examples/app.py", "test"],
  ["examples/app/tests/test_a.py", "example"],
];

/** A word that is the project's own: path, other paths of the repository, role. */
const IN_CONTEXT: readonly (readonly [string, readonly string[], FileRole])[] = [
  // The only package there is, whatever its name.
  ["test_app/views.py", ["manage.py", "test_app/__init__.py"], "production"],
  ["example_project/models.py", ["example_project/__init__.py", "pyproject.toml"], "production"],
  ["demo/views.py", ["demo/settings.py", "manage.py", "polls/models.py"], "production"],
  // The same names beside the library they show.
  ["example_project/settings.py", ["pyproject.toml", "mylib/fields.py", "manage.py"], "example"],
  ["demo/views.py", ["demo/settings.py", "setup.py", "src/mylib/fields.py"], "example"],
  ["test_app/models.py", ["test_app/apps.py", "pyproject.toml", "mylib/fields.py"], "test"],
  // Packages inside packages, and Django apps.
  ["app/tools/search.py", ["app/main.py"], "production"],
  ["tools/search.py", ["tools/__init__.py", "main.py"], "production"],
  ["backend/scripts/seed.py", ["backend/manage.py", "backend/shop/models.py"], "script"],
  ["src/scripts/seed.py", ["src/__init__.py", "src/app/main.py"], "script"],
  ["lib/examples/todo.py", ["lib/__init__.py", "lib/core.py"], "example"],
  ["app/docs/views.py", ["app/__init__.py"], "production"],
  ["docs/models.py", ["docs/__init__.py", "docs/apps.py", "manage.py"], "production"],
  ["examples/models.py", ["examples/apps.py", "manage.py", "shop/models.py"], "production"],
  ["examples/models.py", ["examples/apps.py", "manage.py", "pyproject.toml", "api/models.py"], "production"],
  ["vendor/views.py", ["vendor/models.py", "vendor/apps.py", "manage.py"], "production"],
  ["email_templates/models.py", ["email_templates/apps.py", "manage.py"], "production"],
  // Help for the tests of a library's users.
  ["lib/testing/client.py", ["lib/__init__.py", "lib/testing/__init__.py"], "production"],
  ["lib/test/client.py", ["lib/__init__.py", "lib/test/__init__.py"], "production"],
  ["lib/test/client.py", ["lib/__init__.py", "lib/test/__init__.py", "lib/test/test_a.py"], "test"],
  ["testing/client.py", ["testing/__init__.py", "app.py"], "test"],
  ["testcases/models.py", ["testcases/admin.py", "manage.py"], "production"],
  ["mysql_tests/models.py", ["mysql_tests/test_a.py", "lib/core.py"], "test"],
  [
    "lab_tests/models.py",
    ["lab_tests/views.py", "lab_tests/tests.py", "manage.py", "shop/core.py"],
    "production",
  ],
  ["app/fixtures/loader.py", ["app/fixtures/__init__.py"], "production"],
  ["app/fixtures/users.py", ["app/models.py"], "test"],
  // Migrations by their company.
  ["shop/migrations/__init__.py", ["shop/models.py"], "migration"],
  ["shop/migrations/helpers.py", ["shop/migrations/0001_initial.py"], "migration"],
  ["db/env.py", ["db/script.py.mako"], "migration"],
  ["db/versions/first.py", ["db/env.py", "db/script.py.mako"], "migration"],
  ["app/env.py", ["app/main.py"], "production"],
  // setup.py as an ordinary module.
  ["pkg/commands/setup.py", ["pkg/commands/__init__.py"], "production"],
  ["templates/report.py", ["templates/__init__.py"], "production"],
  ["pkg/templates/report.py", ["pkg/__init__.py"], "template"],
];

describe("classify", () => {
  it.each(ALONE)("%s is %s", (path, role) => {
    expect(classify(path).role).toBe(role);
  });

  it.each(IN_CONTEXT)("%s beside %j is %s", (path, others, role) => {
    expect(createClassifier([path, ...others])(path).role).toBe(role);
  });

  it("lets the user's rules win, the first match deciding", () => {
    const roleOf = createClassifier(
      ["tests/support/server.py", "tests/test_a.py"],
      [
        { glob: "tests/support/", role: "production" },
        { glob: "tests/", role: "example" },
      ],
    );
    expect(roleOf("tests/support/server.py")).toEqual({
      role: "production",
      because: 'configured by "tests/support/"',
    });
    expect(roleOf("tests/test_a.py").role).toBe("example");
  });

  it("takes many snippets beside rules of the same name for tests, and one for a module with its data", () => {
    const rules = Array.from({ length: 20 }, (_, index) => `lang/rule${index}`);
    const paths = [...rules.map((rule) => `${rule}.py`), ...rules.map((rule) => `${rule}.yaml`)];
    expect(createClassifier(paths)("lang/rule0.py").role).toBe("test");
    expect(createClassifier(["app/config.py", "app/config.yaml"])("app/config.py").role).toBe("production");
    const more = ["lang/rule1.fixed.py", "lang/rule1-import.py", "stats/count.py"];
    const among = createClassifier([...paths, ...more]);
    expect(more.map((path) => among(path).role)).toEqual(["test", "test", "production"]);
  });

  it("says why", () => {
    expect(classify("shop/tests/factories.py").because).toBe("in tests/");
    expect(classify("shop/test_models.py").because).toBe("named test_models.py");
  });
});
