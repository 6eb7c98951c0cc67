// A thread that reads files: facts go back packed, which is cheaper to hand over than the objects.
import { parentPort } from "node:worker_threads";
import { packFile } from "../facts/pack-facts.ts";
import { createPythonParser } from "../syntax/parse-python.ts";
import { countParsing } from "./count-parsing.ts";
import { readSource } from "./read-source.ts";
import type { ReadingOrder, ReadingResult } from "./worker-messages.ts";

const loading = createPythonParser();

parentPort?.on("message", async ({ files, depth }: ReadingOrder) => {
  const counted = countParsing(await loading);
  const packed = files.map(({ file, bytes }) => packFile(readSource(file, bytes, counted.parse, depth)));
  const result: ReadingResult = { packed, parsed: counted.parsed() };
  parentPort?.postMessage(
    result,
    packed.map(({ buffer }) => buffer as ArrayBuffer),
  );
});
