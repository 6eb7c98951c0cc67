import type { FunctionStatement, Statement } from "../../model/code.ts";
import type { FileCounts } from "../../model/facts.ts";
import { visitStatements } from "../../text/visit-code.ts";

/** Counts functions, coroutines and fully annotated functions of a file, nested ones included. */
export function collectCounts(body: readonly Statement[]): FileCounts {
  let functions = 0;
  let asyncFunctions = 0;
  let annotatedFunctions = 0;
  visitStatements(body, (statement) => {
    if (statement.kind !== "function") return;
    functions += 1;
    if (statement.isAsync) asyncFunctions += 1;
    if (isFullyAnnotated(statement)) annotatedFunctions += 1;
  });
  return { functions, asyncFunctions, annotatedFunctions };
}

/** `__init__` returns None by definition, so type checkers accept it without a return annotation once a parameter has one. */
function isFullyAnnotated(fn: FunctionStatement): boolean {
  const parameters = fn.parameters.filter(
    (parameter, index) => !(index === 0 && (parameter.name === "self" || parameter.name === "cls")),
  );
  const hasReturn = fn.returns !== null || (fn.name === "__init__" && parameters.length > 0);
  return hasReturn && parameters.every((parameter) => parameter.annotation !== null);
}
