// `table.select()`, `table.insert()` and joins of Table objects.
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import { EMPTY_FRAGMENT } from "../../sql-fragment.ts";
import type { Atom, Value } from "../../value.ts";
import type { World } from "../../world.ts";
import type { MethodCall } from "../call-context.ts";
import { entityModel, sourceOf, tableName } from "./entity.ts";
import { expressionMethod } from "./expression-method.ts";
import { sqlalchemyFunction } from "./functions.ts";
import { aliasOf } from "./source-function.ts";

const STATEMENTS = /^(?:insert|update|delete)$/;

/** Null when the receiver is no table or the method makes no statement. */
export function tableMethod(world: World, frame: Frame, atom: Atom, call: MethodCall): Value | null {
  const isTable = tableName(atom) !== null || (atom.kind === "sql" && atom.fragment.role === "table");
  if (!isTable) return null;
  if (STATEMENTS.test(call.name))
    return sqlalchemyFunction(world, frame, `sqlalchemy.${call.name}`, {
      ...call,
      args: [[atom], ...call.args],
    });
  if (atom.kind === "sql") return null;
  const model = entityModel(atom);
  if (model === null) return null;
  const line = lineIn(frame.module, call.at);
  if (call.name === "alias") return [aliasOf(atom, [], call, line)];
  return expressionMethod(
    world,
    frame,
    { ...EMPTY_FRAGMENT, role: "table", model, sources: [sourceOf(model, line)] },
    call,
  );
}
