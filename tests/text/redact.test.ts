import { describe, expect, it } from "vitest";
import { redact } from "../../src/text/redact.ts";

describe("redact", () => {
  it.each([
    ["postgresql://shop:hunter2@db/shop", "postgresql://***@db/shop"],
    ["redis://:hunter2@cache:6379/0", "redis://***@cache:6379/0"],
    ["postgresql://u:p@ss@db/shop", "postgresql://***@db/shop"],
    ["mysql://u:p/a?s#s@db/shop", "mysql://***@db/shop"],
    ["https://bot:tok@example.org/x", "https://***@example.org/x"],
    ["PASSWORD = 'hunter2'", "PASSWORD = '***'"],
    ['{"db_password": "hunter2", "HOST": "db"}', '{"db_password": "***", "HOST": "db"}'],
    ["connect(host='db', password=hunter2, port=1)", "connect(host='db', password=***, port=1)"],
    ["API_KEY: abc123", "API_KEY: ***"],
    ["SECRET_KEY = b'abc123'", "SECRET_KEY = ***"],
  ])("takes the secret out of %s", (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it.each([
    "sqlite:///db.sqlite3",
    "https://example.org/a@b",
    "select(User).where(User.email == x)",
    'DATABASES has "default"',
  ])("leaves %s as it is", (text) => {
    expect(redact(text)).toBe(text);
  });

  it("stays fast on hostile text", () => {
    const start = performance.now();
    redact(`${"password".repeat(20_000)}=`);
    redact("a://".repeat(50_000));
    redact("token".repeat(400));
    expect(performance.now() - start).toBeLessThan(500);
  });
});
