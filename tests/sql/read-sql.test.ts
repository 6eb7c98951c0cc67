import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { readSql } from "../../src/sql/read-sql.ts";
import { loadSqlParser, type SqlParser } from "../../src/sql/sql-parser.ts";
import { STATEMENTS } from "./statements.ts";

let parse: SqlParser;
beforeAll(async () => {
  parse = await loadSqlParser();
});

function told(sql: string, parser: SqlParser | null): readonly unknown[] {
  const facts = readSql(sql, parser);
  if (facts === null) return ["not read"];
  const names = new Set(facts.features.map(({ name }) => name).filter((name) => name !== "db-function"));
  const { one, two, others } = facts.components;
  return [facts.operation, facts.table, [...names].sort().join(" "), `${one}/${two}/${others}`];
}

describe("SQL text", () => {
  for (const [sql, operation, table, features, counts] of STATEMENTS) {
    it(`is read by grammar and by tokens alike: ${sql}`, () => {
      const expected = [operation, table, features.split(" ").sort().join(" "), counts];
      expect(told(sql, parse), "by grammar").toEqual(expected);
      expect(told(sql, null), "by tokens").toEqual(expected);
    });
  }

  it("is read by a grammar in nearly all of these, however its values are marked", () => {
    let read = 0;
    for (const [sql] of STATEMENTS) {
      readSql(sql, (statement) => {
        const tree = parse(statement);
        if (tree !== null) read += 1;
        return tree;
      });
    }
    expect(read).toBeGreaterThanOrEqual(STATEMENTS.length - 4);
  });

  it("may hold several statements, of which the first about rows is the main one", () => {
    const facts = readSql("BEGIN; SET x = 1", parse);
    expect(facts).toBeNull();
    expect(told("CREATE TABLE x (a int); INSERT INTO x SELECT a FROM t WHERE b; COMMIT", parse)).toEqual([
      "insert",
      "x",
      "insert-from-select",
      "1/0/0",
    ]);
  });

  it("tells where each feature stands", () => {
    const sql = "SELECT a\nFROM t\nJOIN u USING (id)\nORDER BY a";
    const lines = readSql(sql, parse)?.features.map(
      ({ name, at }) => `${name}@${sql.slice(0, at).split("\n").length}`,
    );
    expect(lines).toEqual(["join@3", "order-by@4"]);
  });

  it("is not guessed from text that is no statement", () => {
    for (const text of ["", "   ", "hello", "-- only a comment", "(", ");"])
      expect(readSql(text, parse)).toBeNull();
  });

  it("never throws on cut or shuffled text, and reads the same twice", { timeout: 60_000 }, () => {
    const words = STATEMENTS.flatMap(([sql]) => sql.split(/\s+/));
    const cut = fc
      .tuple(fc.constantFrom(...STATEMENTS.map(([sql]) => sql)), fc.nat(80))
      .map(([sql, length]) => sql.slice(0, length));
    const shuffled = fc
      .array(fc.constantFrom(...words), { maxLength: 40 })
      .map((list) => `SELECT ${list.join(" ")}`);
    fc.assert(
      fc.property(fc.oneof(cut, shuffled, fc.string()), (sql) => {
        expect(readSql(sql, parse)).toEqual(readSql(sql, parse));
      }),
      { numRuns: 150 },
    );
  });

  it("is read in good time when it is deep, long or made to backtrack", () => {
    const hostile = [
      `SELECT ${"(".repeat(5000)}`,
      `SELECT ${"(".repeat(12)}1${")".repeat(12)}`,
      `SELECT ${"f(".repeat(12)}1${")".repeat(12)} FROM t`,
      `SELECT ${"CASE WHEN a THEN ".repeat(40)}1`,
      `SELECT a FROM t WHERE ${"NOT ".repeat(300)}b`,
      `SELECT ${"(SELECT ".repeat(11)}1${")".repeat(11)}`,
      `SELECT a FROM t WHERE ${"a = 1 OR ".repeat(500)} b`,
      `SELECT ${"a,".repeat(20_000)} b`,
      `SELECT ${"[a".repeat(2000)}`,
      `SELECT '${"a".repeat(100_000)}`,
    ];
    for (const sql of hostile) {
      const start = performance.now();
      readSql(sql, parse);
      expect(performance.now() - start, sql.slice(0, 40)).toBeLessThan(5000);
    }
  });
});
