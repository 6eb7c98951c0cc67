// Threads that read files beside the one that leads the scan. A thread that cannot be started, or dies, only costs time: what it was
// given is read by the leading thread.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { ReadingOrder, ReadingResult } from "./worker-messages.ts";

/** Orders that wait in a thread: one is being read, the other keeps it busy until the next arrives. */
const MAX_WAITING = 2;

export interface WorkerPool {
  /** True where a thread can take a further order. */
  hasRoom(): boolean;
  /** Hands an order to the thread with the fewest; null comes back from a thread that died of it. */
  read(order: ReadingOrder): Promise<ReadingResult | null>;
  /** Ends all threads. */
  close(): Promise<void>;
}

interface Helper {
  readonly thread: Worker;
  /** Orders given and not yet answered, oldest first: a thread answers in order. */
  readonly waiting: ((result: ReadingResult | null) => void)[];
  isAlive: boolean;
}

/** The bundled code of the thread; null where the program runs from its sources, which a thread cannot load. */
function workerFile(): string | null {
  const own = fileURLToPath(import.meta.url);
  if (own.endsWith(".ts")) return null;
  const beside = [dirname(own), dirname(dirname(own))].map((folder) => join(folder, "worker.js"));
  return beside.find((file) => existsSync(file)) ?? null;
}

/** Starts threads; null where none can be had. */
export function startPool(threads: number): WorkerPool | null {
  const file = workerFile();
  if (file === null || threads < 1) return null;
  const helpers = Array.from({ length: threads }, () => startHelper(file));
  const leastBusy = (): Helper | undefined =>
    helpers
      .filter(({ isAlive }) => isAlive)
      .sort((left, right) => left.waiting.length - right.waiting.length)[0];
  return {
    hasRoom: () => (leastBusy()?.waiting.length ?? MAX_WAITING) < MAX_WAITING,
    read(order) {
      const helper = leastBusy();
      if (helper === undefined) return Promise.resolve(null);
      return new Promise((resolve) => {
        helper.waiting.push(resolve);
        helper.thread.postMessage(order);
      });
    },
    async close() {
      await Promise.all(helpers.map(({ thread }) => thread.terminate()));
    },
  };
}

function startHelper(file: string): Helper {
  const thread = new Worker(file);
  const helper: Helper = { thread, waiting: [], isAlive: true };
  const giveUp = (): void => {
    helper.isAlive = false;
    for (const resolve of helper.waiting.splice(0)) resolve(null);
  };
  thread.on("message", (result: ReadingResult) => helper.waiting.shift()?.(result));
  thread.on("error", giveUp);
  thread.on("messageerror", giveUp);
  thread.on("exit", giveUp);
  return helper;
}
