import { describe, expect, test } from "vitest";
import type { ProjectSignals } from "../../src/model/report.ts";
import { judgeProject } from "../../src/verdict/judge-project.ts";
import {
  djangoShop,
  fastapiAsync,
  fastapiPlain,
  framework,
  migrations,
  orm,
  project,
  queries,
} from "./signals.ts";

const third = (signals: ProjectSignals) => judgeProject(signals).verdict.thirdOrm;

describe("a project on a third ORM", () => {
  test("is told which of the two is nearer, and what it would gain and lose, with its own numbers", () => {
    const found = third(
      fastapiAsync({
        orms: [orm("peewee")],
        queries: queries({ crud: 30, moderate: 5, advanced: 3, orm: "peewee" }),
        migrations: migrations("aerich", 4),
      }),
    );
    expect(found).toMatchObject({ orm: "peewee", nearer: "sqlalchemy" });
    expect(found?.gains.join("\n")).toContain("8 statements beyond CRUD");
    expect(found?.gains.join("\n")).toContain("async database access, which Peewee has not");
    expect(found?.losses.join("\n")).toMatch(/\d+ to \d+ hours for \d+ models and 38 statements/);
    expect(found?.losses).toContain("the migrations kept with Aerich");
  });

  test("gains no async where it has it, and no migrations where a tool is there; SQL files are no loss", () => {
    const found = third(
      fastapiAsync({
        orms: [orm("tortoise")],
        migrations: migrations("sql-files", 4),
        queries: queries({ crud: 9 }),
      }),
    );
    expect(found?.gains.join("\n")).not.toMatch(/async|migrations|beyond CRUD/);
    expect(found?.losses.join("\n")).not.toContain("migrations");
  });

  test("inside Django gains the admin", () => {
    const found = third(djangoShop({ orms: [orm("peewee")] }));
    expect(found?.nearer).toBe("django-orm");
    expect(found?.gains[0]).toContain("an admin made from");
  });

  test("is none with one of the two, SQLModel included, with raw SQL, or without data", () => {
    for (const name of ["sqlmodel", "sqlalchemy-core", "django-orm", "raw-sql"])
      expect(third(fastapiPlain({ orms: [orm(name)] }))).toBeNull();
    expect(third(project({ frameworks: [framework("fastapi")] }))).toBeNull();
  });
});
