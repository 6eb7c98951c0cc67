import type { Place, ReachedWork } from "../../../model/async-facts.ts";
import type { Location } from "../../../model/report.ts";
import { outcomeInDjango } from "../../outcome-in-django.ts";
import type { Rule, Sighting } from "../../rule.ts";

export const blockingQueryReachedFromAsync: Rule = {
  id: "blocking-query-reached-from-async",
  severity: "error",
  title: "A coroutine calls a function that queries synchronously",
  why: `A plain function runs in the thread of its caller. Called from a coroutine, at any depth, it holds up the event loop until
the database has answered, and Django raises SynchronousOnlyOperation. The query itself looks innocent; only the path to it shows
the fault, and the path is what this finding tells.`,
  advice: `Hand the call to a thread (\`await sync_to_async(f)(…)\`, \`asyncio.to_thread\`, \`run_in_threadpool\`), or make the functions
on the path coroutines that await the query.`,
  examples: {
    bad: [
      `from django.db import models

class Book(models.Model):
    title = models.CharField(max_length=100)

def newest():
    return Book.objects.order_by("-id").first()

def front_page():
    return {"book": newest()}

async def page(request):
    return front_page()
`,
    ],
    good: [
      `import asyncio
from django.db import models

class Book(models.Model):
    title = models.CharField(max_length=100)

def newest():
    return Book.objects.order_by("-id").first()

async def page(request):
    def only_defined():
        return newest()
    return await asyncio.to_thread(newest)
`,
    ],
  },
  judge: ({ async }) => async.reached.map((reached) => sighting(reached, async.unsafeAt)),
};

function sighting(reached: ReachedWork, unsafeAt: string | null): Sighting {
  const { call, path, steps, work, choices, isCertain, reaches } = reached;
  const [first = "?"] = path;
  const others =
    reaches > 1 ? ` (and ${reaches - 1} more ${reaches === 2 ? "function" : "functions"} with queries)` : "";
  const way = path.length === 1 ? "" : ` through ${path.map((name) => `\`${name}\``).join(" → ")}`;
  const called =
    choices === 1 ? `\`${first}\`` : `\`${first}\`, one of ${choices} functions that this can be,`;
  const runs = isCertain ? "runs" : "can run";
  const isSilenced = work.library === "django" && unsafeAt !== null;
  const unsafe = isSilenced ? `: ${outcomeInDjango(unsafeAt)}` : "";
  const end = `${work.place.path}:${work.place.line}`;
  return {
    place: call,
    message: `the coroutine \`${call.symbol ?? "?"}\` calls ${called} without a thread, which ${runs} ${work.says}${way}, at ${end}${others}${unsafe}`,
    related: [
      ...steps.map((place, index) => located(place, `${path[index] ?? "?"} calls ${path[index + 1] ?? "?"}`)),
      located(work.place, `${work.says} runs here`),
    ],
  };
}

function located({ path, line, column }: Place, says: string): Location {
  return { path, line, column, says };
}
