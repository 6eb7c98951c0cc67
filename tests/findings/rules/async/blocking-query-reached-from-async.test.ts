// The path from a coroutine to a query is the point of this finding: it is told in the message and as places.
import { expect, it } from "vitest";
import { findingsOf } from "../../scan-files.ts";

const FILES = {
  "shop/__init__.py": "",
  "shop/models.py": `from django.db import models

class Order(models.Model):
    number = models.IntegerField()
`,
  "shop/orders.py": `from shop.models import Order

def newest():
    return Order.objects.order_by("-number").first()
`,
  "shop/pages.py": `from shop.orders import newest

class Page:
    def context(self):
        return {"order": newest()}
`,
  "shop/views.py": `from shop.pages import Page

async def front(request):
    return Page().context()
`,
};

it("tells the way over three files, call by call", async () => {
  const found = (await findingsOf(FILES)).filter(({ rule }) => rule === "blocking-query-reached-from-async");
  expect(found).toHaveLength(1);
  const [finding] = found;
  expect(finding).toMatchObject({ path: "shop/views.py", line: 4, column: 12, endLine: 4, endColumn: 28 });
  expect(finding?.message).toBe(
    "the coroutine `front` calls `Page.context` without a thread, which runs `first()` on Order through `Page.context` → `newest`, at shop/orders.py:4",
  );
  expect(finding?.related).toEqual([
    { path: "shop/pages.py", line: 5, column: 26, says: "Page.context calls newest" },
    { path: "shop/orders.py", line: 4, column: 46, says: "`first()` on Order runs here" },
  ]);
});

it("finds the same with the files in another order, or one path less", async () => {
  const turned = Object.fromEntries(Object.entries(FILES).reverse());
  expect(await findingsOf(turned)).toEqual(await findingsOf(FILES));
  const { "shop/views.py": _views, ...others } = FILES;
  const rest = await findingsOf(others);
  expect(rest.filter(({ rule }) => rule.startsWith("blocking-"))).toEqual([]);
});

const STORES = `from abc import ABC, abstractmethod
from django.db import models

class Secret(models.Model):
    name = models.CharField(max_length=100)

class Store(ABC):
    @abstractmethod
    def read(self, name): ...

class FileStore(Store):
    def read(self, name):
        return open(name).read()

class TableStore(Store):
    def read(self, name):
        return Secret.objects.get(name=name)

def make_store(kind) -> Store:
    if kind == "file":
        return FileStore()
    return TableStore()

def refreshed(secret, kind):
    if kind == "table":
        secret.refresh_from_db()
    return secret

def checked(secret, kind):
    refreshed(secret, kind)
    return Secret.objects.count()

`;

async function messageOf(text: string): Promise<string | undefined> {
  const found = await findingsOf({ "app/secrets.py": STORES + text });
  return found.find(({ rule }) => rule === "blocking-query-reached-from-async")?.message;
}

it("says that a call can be one of several", async () => {
  const text = "async def page(kind, name):\n    return make_store(kind).read(name)\n";
  expect(await messageOf(text)).toBe(
    "the coroutine `page` calls `TableStore.read`, one of 2 functions that this can be, without a thread, which can run `get()` on Secret, at app/secrets.py:17",
  );
});

it("says that a branch decides", async () => {
  const text = "async def page(kind, secret: Secret):\n    return refreshed(secret, kind)\n";
  expect(await messageOf(text)).toContain("`refreshed` without a thread, which can run `refresh_from_db()`");
});

it.each(["", "kind = 'file'\n    "])(
  "names what runs in any case before what a branch decides (%j)",
  async (before) => {
    const text = `async def page(kind, secret: Secret):\n    ${before}return checked(secret, kind)\n`;
    expect(await messageOf(text)).toContain("`checked` without a thread, which runs `count()` on Secret, at");
  },
);

it("takes a branch that the call's own argument opens for certain", async () => {
  const text = 'async def page(secret: Secret):\n    return refreshed(secret, "table")\n';
  expect(await messageOf(text)).toContain("`refreshed` without a thread, which runs `refresh_from_db()`");
});

it.each([
  "if self.ready:\n            return None",
  "if self.rows is None:\n            if name:\n                return None",
  'if hasattr(self, "ready"):\n            return None',
])("says that what the object holds decides: %s", async (guard) => {
  const text = `class Secrets:
    def load(self, name):
        ${guard}
        return Secret.objects.count()

async def page(name, secrets: Secrets):
    return secrets.load(name)
`;
  expect(await messageOf(text)).toContain(
    "`Secrets.load` without a thread, which can run `count()` on Secret",
  );
});

it.each([
  ["a function inside", "def visit(n):\n        nonlocal found\n        found = n\n    walk(visit)"],
  ["another function", "walk(fill)"],
])("follows a branch on a name that %s may bind meanwhile", async (_, meanwhile) => {
  const text = `from app.walking import walk

found = None

def fill(n):
    global found
    found = n

def look(is_loud=False):
    ${meanwhile.startsWith("def") ? "" : "global found\n    "}found = None
    ${meanwhile}
    if found is not None:
        Secret.objects.get(pk=found)
    if is_loud:
        print(found)

async def page():
    look(is_loud=True)
`;
  expect(await messageOf(text)).toContain("`look` without a thread, which can run `get()` on Secret");
});
