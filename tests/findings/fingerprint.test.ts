// A finding keeps its identity while the code around it moves, and loses it when the code it is about changes.
import { describe, expect, it } from "vitest";
import { findingsOf } from "./scan-files.ts";

const MODEL = `from django.db import models

class Book(models.Model):
    title = models.CharField(max_length=100)
`;
const VIEW = `
async def page(request):
    one = Book.objects.filter(title="x").count()
    two = Book.objects.filter(title="x").count()
    return one + two
`;

async function fingerprints(code: string, path = "app/views.py"): Promise<readonly string[]> {
  const findings = await findingsOf({ [path]: code });
  return findings
    .filter(({ rule }) => rule === "blocking-query-in-async")
    .map(({ fingerprint }) => fingerprint);
}

describe("fingerprints", () => {
  it("tell equal expressions of one function apart", async () => {
    const found = await fingerprints(MODEL + VIEW);
    expect(found).toHaveLength(2);
    expect(new Set(found).size).toBe(2);
  });

  it("survive moved lines, comments and layout", async () => {
    const before = await fingerprints(MODEL + VIEW);
    const moved = VIEW.replaceAll('filter(title="x")', "filter(\n        title='x',  # the title\n    )");
    expect(await fingerprints(`# a comment\n\n${MODEL}\n\nOTHER = 1\n${moved}`)).toEqual(before);
  });

  it("change with the expression, the function and the file", async () => {
    const before = await fingerprints(MODEL + VIEW);
    const others = [
      await fingerprints(MODEL + VIEW.replaceAll('"x"', '"y"')),
      await fingerprints(MODEL + VIEW.replace("page", "other")),
      await fingerprints(MODEL + VIEW, "app/other.py"),
    ];
    for (const other of others) expect(other.filter((one) => before.includes(one))).toEqual([]);
  });
});
