// Joining keeps apart what differs, and comes to rest: what adds nothing gives the very same value, or evaluation would go on.
import { expect, it } from "vitest";
import { joinValues } from "../../src/evaluation/atoms.ts";
import type { ClassInfo } from "../../src/evaluation/class-info.ts";
import type { ModuleInfo } from "../../src/evaluation/module-info.ts";
import { startQuery } from "../../src/evaluation/orm/build-query.ts";
import type { Query } from "../../src/evaluation/query.ts";
import type { Value } from "../../src/evaluation/value.ts";

const module = { path: "app.py", facts: { lineStarts: [0] } } as unknown as ModuleInfo;
const book = { id: "app.py#0", name: "Book" } as ClassInfo;

function rows(change: Partial<Query> = {}): Value {
  const site = { module, fn: null, start: 10, end: 20 };
  const query = startQuery({
    style: "django",
    orm: "django-orm",
    layer: "orm",
    model: null,
    operation: "select",
    site,
  });
  return [{ kind: "query", query: { ...query, features: [{ name: "limit", line: 1 }], ...change } }];
}

it("keeps a class and its alias apart", () => {
  const alias = { key: "app.py:5:9", line: 1, features: [] };
  const plain: Value = [{ kind: "class", class: book }];
  const aliased: Value = [{ kind: "class", class: book, alias }];
  expect(joinValues(plain, aliased)).toHaveLength(2);
  expect(joinValues(plain, [{ kind: "class", class: book }])).toBe(plain);
  expect(joinValues(aliased, [{ kind: "class", class: book, alias: { ...alias } }])).toBe(aliased);
});

it("takes a statement that was built anew in the same way for no news", () => {
  const first = rows();
  expect(joinValues(first, rows())).toBe(first);
});

it.each<Partial<Query>>([
  { joined: ["author"] },
  { loaded: ["author"] },
  { isCached: true },
  { features: [{ name: "order-by", line: 1 }] },
])("takes %o for news", (change) => {
  const first = rows();
  expect(joinValues(first, rows(change))).not.toBe(first);
});
