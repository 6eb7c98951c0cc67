import { describe, expect, it } from "vitest";
import type { Query } from "../../src/index.ts";
import { compareTruth } from "./compare-truth.ts";
import type { Span, SqlFacts, Statement, TruthRecord } from "./truth-record.ts";

const PATH = "shop/views.py";
const SELECT = "SELECT a, b FROM book WHERE c = 1";
const JOINED = "SELECT a, b FROM book JOIN shelf WHERE c = 1";

function facts(features: readonly string[], one: number): SqlFacts {
  const operation = "select";
  return {
    operation,
    features,
    tables: ["book"],
    components: { one, two: 0, others: 1 },
    hardness: "medium",
  };
}

const SQL: TruthRecord["sql"] = {
  [SELECT]: facts([], 1),
  [JOINED]: facts(["join"], 2),
  BEGIN: { operation: "transaction", features: [], tables: [], components: null, hardness: null },
};

function statement(line: number, change: Partial<Statement> = {}): Statement {
  return {
    path: PATH,
    line,
    at: line,
    endLine: line,
    column: 5,
    endColumn: 40,
    function: "view",
    isAsync: false,
    source: "django",
    via: "QuerySet.__iter__",
    implicit: null,
    author: null,
    position: 0,
    sql: SELECT,
    ...change,
  };
}

function item(line: number, change: Partial<Query> = {}): Query {
  return {
    path: PATH,
    line,
    column: 5,
    endLine: line,
    function: "view",
    layer: "orm",
    orm: "django-orm",
    model: "Book",
    operation: "select",
    method: "get",
    features: [],
    hardness: "medium",
    components: { one: 1, two: 0, others: 1 },
    tier: "crud",
    beyondDjango: [],
    execution: { kind: "sync", line, threaded: false },
    inAsync: false,
    inLoop: false,
    role: "production",
    certainty: "resolved",
    ...change,
  };
}

function compare(
  items: readonly Query[],
  statements: readonly Statement[],
  ran: readonly number[] = [],
  idle: readonly Span[] = [],
) {
  const lines = new Set([...ran, ...statements.map(({ at }) => at)]);
  return compareTruth(items, {
    versions: {},
    exitStatus: 0,
    dropped: 0,
    statements,
    ran: new Map([[PATH, lines]]),
    idle: new Map([[PATH, idle]]),
    sql: SQL,
  });
}

describe("sites", () => {
  it("are lines: several statements of one line are one site, found by any item that holds it", () => {
    const { sites, misses } = compare([item(3)], [statement(3), statement(3, { sql: JOINED }), statement(9)]);
    expect(sites).toEqual({ hits: 1, of: 2 });
    expect(misses.filter(({ kind }) => kind === "site").map(({ line }) => line)).toEqual([9]);
  });

  it("leave out transactions, attributes that load by themselves, and what Django's own applications query", () => {
    const compared = compare(
      [],
      [
        statement(1, { sql: "BEGIN" }),
        statement(2, { implicit: "lazy-load" }),
        statement(3, { author: "django.contrib.sessions" }),
      ],
    );
    expect(compared.sites.of).toBe(0);
    expect(compared.implicitSites.of).toBe(1);
    expect(compared.librarySites.of).toBe(1);
  });

  it("are found by the line that runs a statement or by any line of it, and by nothing else", () => {
    const built = item(3, { endLine: 5, execution: { kind: "sync", line: 9, threaded: false } });
    expect(compare([built], [statement(9)]).sites.hits).toBe(1);
    expect(compare([built], [statement(4)]).sites.hits).toBe(1);
    expect(compare([built], [statement(7)]).sites.hits).toBe(0);
  });
});

describe("precision", () => {
  it("asks only for items whose line ran", () => {
    const items = [item(3), item(5), item(7)];
    expect(compare(items, [statement(3)], [5]).precision).toEqual({ hits: 1, of: 2 });
  });

  it("leaves items out that are said to run nowhere", () => {
    const built = item(5, { execution: { kind: "unknown", line: 5, threaded: false } });
    expect(compare([built], [], [5]).precision.of).toBe(0);
  });
});

describe("precision, in parts of lines and through calls back", () => {
  it("does not ask for items in a part of an expression that never ran", () => {
    const items = [item(3, { column: 5 }), item(3, { column: 30 })];
    expect(compare(items, [], [3], [[3, 20, 3, 60]]).precision).toEqual({ hits: 0, of: 1 });
  });

  it("takes a line for right that called the library, which called the code that sent the statement", () => {
    const caller = { path: PATH, line: 8, at: 8, endLine: 8 };
    const saved = statement(3, { outer: [caller] });
    expect(compare([item(8)], [saved], [8]).precision).toEqual({ hits: 1, of: 1 });
    expect(compare([item(8)], [saved]).sites).toEqual({ hits: 0, of: 1 });
  });
});

describe("features and hardness", () => {
  it("are those of the fullest variant that the first position sent", () => {
    const later = statement(3, { sql: JOINED, position: 1, via: "QuerySet.get" });
    expect(compare([item(3)], [statement(3), later]).hardness).toEqual({ hits: 1, of: 1 });
    expect(compare([item(3)], [statement(3), later]).features.join).toMatchObject({ actual: 0 });
    const variant = compare([item(3)], [statement(3), statement(3, { sql: JOINED })]);
    expect(variant.features.join).toEqual({ predicted: 0, actual: 1, both: 0 });
  });

  it("are also those of a further queryset that the same loop goes through", () => {
    const later = statement(3, { sql: JOINED, position: 1 });
    const joined = item(3, { features: [{ name: "join", line: 3 }] });
    const both = compare([joined], [statement(3), later]);
    expect(both.features.join).toEqual({ predicted: 1, actual: 1, both: 1 });
    const prefetched = compare([joined], [statement(3), { ...later, implicit: "eager-load" }]);
    expect(prefetched.features.join).toEqual({ predicted: 1, actual: 0, both: 0 });
  });

  it("count a wrong feature and a wrong hardness as misses", () => {
    const wrong = item(3, { features: [{ name: "outer-join", line: 3 }], hardness: "easy" });
    const { features, hardness, misses } = compare([wrong], [statement(3)]);
    expect(features.join).toEqual({ predicted: 1, actual: 0, both: 0 });
    expect(hardness).toEqual({ hits: 0, of: 1 });
    expect(misses.map(({ kind }) => kind).sort()).toEqual(["feature", "hardness"]);
  });

  it("take a commit for any write that was pending, and for nothing else", () => {
    const insert = "INSERT INTO book VALUES (1)";
    const commit = item(3, { operation: "commit", method: "commit" });
    const written = { ...SQL, [insert]: { ...facts([], 0), operation: "insert" } };
    const record = {
      versions: {},
      exitStatus: 0,
      dropped: 0,
      ran: new Map([[PATH, new Set([3])]]),
      idle: new Map(),
      sql: written,
    };
    const wrote = compareTruth([commit], { ...record, statements: [statement(3, { sql: insert })] });
    expect(wrote.operation).toEqual({ hits: 1, of: 1 });
    const read = compareTruth([commit], { ...record, statements: [statement(3)] });
    expect(read.operation).toEqual({ hits: 0, of: 1 });
    expect(read.misses.some(({ kind }) => kind === "operation")).toBe(true);
  });

  it("take for right what the rows decide: whether save() inserts, whether get_or_create() writes", () => {
    const saved = item(3, { operation: "insert", method: "save" });
    expect(compare([saved], [statement(3)]).operation).toEqual({ hits: 0, of: 1 });
    const looked = item(3, { operation: "upsert", method: "get_or_create" });
    expect(compare([looked], [statement(3)]).operation).toEqual({ hits: 1, of: 1 });
    expect(compare([{ ...looked, orm: "other" }], [statement(3)]).operation).toEqual({ hits: 0, of: 1 });
  });
});
