// Prints "N passed, N failed" from the test runner's own JSON, and fails when there is none or it ran no test.
import { readFileSync } from "node:fs";

const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = JSON.parse(
  readFileSync(process.argv[2], "utf8"),
);
// A test file that cannot be loaded fails without a failed test in it.
const failed = Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0);
console.log(
  `${numPassedTests} passed, ${failed} failed${numPendingTests > 0 ? `, ${numPendingTests} skipped` : ""}`,
);
process.exitCode = numPassedTests > 0 && failed === 0 ? 0 : 1;
