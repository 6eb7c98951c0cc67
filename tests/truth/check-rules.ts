// `npm run truth:rules`: the rules by which recorded SQL is read, held against statements counted by hand.
import { fileURLToPath } from "node:url";
import { preparePython, runPython } from "./python-environment.ts";
import { SQL_READER } from "./record-suite.ts";

const CACHE = fileURLToPath(new URL("../../.truth", import.meta.url));
const TEST = fileURLToPath(new URL("read_sql_test.py", import.meta.url));

await runPython(await preparePython([SQL_READER], CACHE), [TEST]);
console.log("read_sql.py reads every statement of read_sql_test.py as counted by hand.");
