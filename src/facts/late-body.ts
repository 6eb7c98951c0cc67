import type { Statement } from "../model/code.ts";
import type { FileFacts } from "../model/facts.ts";

/** The same facts with a body that is made when it is first asked for. */
export function withLateBody(head: Omit<FileFacts, "body">, make: () => readonly Statement[]): FileFacts {
  let makeOnce: (() => readonly Statement[]) | null = make;
  let body: readonly Statement[] = [];
  return Object.defineProperty({ ...head, body }, "body", {
    enumerable: true,
    get: () => {
      if (makeOnce !== null) body = makeOnce();
      makeOnce = null;
      return body;
    },
  });
}
