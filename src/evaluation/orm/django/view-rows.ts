// Django's own views read rows of `model`, or make one, where the class says no more than that.
// Source: Django's "Generic display views", "Generic editing views" and "Generic date views".
import type { Expr } from "../../../model/code.ts";
import { endOf } from "../../../text/extent.ts";
import { attributeNamed } from "../../attribute.ts";
import { type ClassInfo, externalAncestors, ownAncestors } from "../../class-info.ts";
import type { Frame } from "../../frame.ts";
import type { World } from "../../world.ts";
import { addShape, recordStart } from "../build-query.ts";
import { querysetFrom } from "./calls.ts";

const VIEW = /^django\.views\.generic\.(?:\w+\.)*[A-Z]\w*$/;
const MANY = /(?:ListView|Archive(?:Index)?View)$/;
const ONE = /(?:Detail|Update|Delete)View$/;
const MAKES = /CreateView$/;
const ONE_ROW = { conditions: 1, limited: true, ordered: false };
/** Where a class of the project has one of these, it is that which says what is read. */
const SAYS_ROWS = ["queryset", "get_queryset", "get_object"];

/** Records the statement of a view with `model = Book` in its body. */
export function recordViewRows(world: World, frame: Frame, cls: ClassInfo): void {
  const named = cls.statement.body.flatMap((statement): readonly Expr[] =>
    statement.kind === "assign" && statement.value !== null && isModel(statement.targets)
      ? [statement.value]
      : [],
  );
  const [expr] = named;
  const views = expr === undefined ? [] : externalAncestors(cls).filter((name) => VIEW.test(name));
  if (expr === undefined || views.length === 0) return;
  const makes = views.some((name) => MAKES.test(name));
  const readsOne = views.some((name) => ONE.test(name));
  if (!makes && !readsOne && !views.some((name) => MANY.test(name))) return;
  if (!makes && saysRows(cls)) return;
  const site = { module: frame.module, fn: frame.fn, start: expr.start, end: endOf(expr) };
  const atoms = attributeNamed(world, frame, { kind: "class", class: cls }, "model", expr.start);
  for (const atom of atoms) {
    const rows = atom.kind === "class" ? querysetFrom(world, frame, atom, site) : null;
    if (rows === null) continue;
    const shape = readsOne ? addShape(rows.shape, ONE_ROW) : rows.shape;
    const operation = makes ? "insert" : rows.operation;
    recordStart(world, frame, { ...rows, isManager: false, operation, shape });
  }
}

function isModel(targets: readonly Expr[]): boolean {
  return targets.some((target) => target.kind === "name" && target.id === "model");
}

function saysRows(cls: ClassInfo): boolean {
  return ownAncestors(cls).some(({ frame }) => SAYS_ROWS.some((name) => frame.environment.has(name)));
}
