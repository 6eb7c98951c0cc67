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
