// What a column's type is called: by a value, or by an annotation such as `Mapped[int | None]`.
import { type ClassInfo, externalAncestors } from "../../evaluation/class-info.ts";
import { evaluate } from "../../evaluation/evaluate-expression.ts";
import { externalName } from "../../evaluation/external-name.ts";
import type { Frame } from "../../evaluation/frame.ts";
import type { Atom } from "../../evaluation/value.ts";
import type { World } from "../../evaluation/world.ts";
import type { Expr } from "../../model/code.ts";
import type { TieKind } from "../../model/report.ts";

export interface TypeFound {
  readonly kind: TieKind;
  readonly name: string | null;
  /** The class, for a type of the project's own. */
  readonly own?: ClassInfo;
}

export const UNREAD: TypeFound = { kind: "column", name: null };

const NOT_A_TYPE =
  /^sqlalchemy\.(?:schema\.)?(?:ForeignKey|CheckConstraint|Computed|Identity|Sequence|FetchedValue|DefaultClause|ColumnDefault)$/;

export function typeOf(atom: Atom): TypeFound | null {
  if (atom.kind === "class" || (atom.kind === "instance" && atom.class !== null)) {
    const base = atom.class === null ? undefined : externalAncestors(atom.class)[0];
    return atom.class === null || base === undefined
      ? null
      : { kind: "own-column", name: base, own: atom.class };
  }
  // `JSON().with_variant(JSONB, "postgresql")`, `MutableDict.as_mutable(JSONB)`
  const name = externalName(atom)?.replace(/\.with_variant$/, "") ?? null;
  return name === null || NOT_A_TYPE.test(name) ? null : { kind: "column", name };
}

interface Alias {
  readonly frame: Frame;
  readonly type: Expr;
}

const aliases = new WeakMap<World, ReadonlyMap<Atom, Alias>>();

/** `timestamp = Annotated[datetime, mapped_column(…)]` by the value it has: wherever that is imported, it is the same one. */
function aliasesOf(world: World): ReadonlyMap<Atom, Alias> {
  const known = aliases.get(world);
  if (known !== undefined) return known;
  const found = new Map<Atom, Alias>();
  for (const { facts, frame, state } of world.modules.values()) {
    // Nothing there has a value; asking for its body would parse it.
    if (state === "new") continue;
    for (const statement of facts.body) {
      if (statement.kind !== "assign" || statement.value?.kind !== "subscript") continue;
      const [target] = statement.targets;
      const binding = target?.kind === "name" ? frame.environment.get(target.id) : undefined;
      if (binding === undefined || "lazy" in binding) continue;
      for (const atom of binding) if (atom.kind === "type") found.set(atom, { frame, type: statement.value });
    }
  }
  aliases.set(world, found);
  return found;
}

const WRAPPER = /(?:^|\.)(?:Mapped|Optional|Required|Annotated|Union|DynamicMapped|WriteOnlyMapped)$/;

export function nameOf(world: World, frame: Frame, expr: Expr): string | null {
  const [atom] = evaluate(world, { ...frame, isRecording: false }, expr);
  return atom === undefined ? null : externalName(atom);
}

/** The type that an annotation names, without `Mapped`, `Optional` and `| None`. */
export function annotatedType(world: World, frame: Frame, annotation: Expr): TypeFound {
  switch (annotation.kind) {
    case "name":
    case "attribute": {
      const [atom] = evaluate(world, { ...frame, isRecording: false }, annotation);
      const alias = atom?.kind === "type" ? aliasesOf(world).get(atom) : undefined;
      if (alias !== undefined) return annotatedType(world, alias.frame, alias.type);
      if (atom?.kind === "class") {
        const bases = externalAncestors(atom.class);
        const isEnum = bases.some((name) => /^enum\.\w*(?:Enum|Flag)$/.test(name));
        if (isEnum) return { kind: "column", name: "enum.Enum" };
        return { kind: "own-column", name: bases[0] ?? null, own: atom.class };
      }
      return atom === undefined ? UNREAD : (typeOf(atom) ?? UNREAD);
    }
    case "subscript": {
      const base = nameOf(world, frame, annotation.base) ?? "";
      if (!WRAPPER.test(base)) return base === "" ? UNREAD : { kind: "column", name: base };
      return firstRead(world, frame, annotation.indices);
    }
    case "binary":
      return firstRead(world, frame, annotation.operands);
    case "tuple":
      return firstRead(world, frame, annotation.items);
    default:
      return UNREAD;
  }
}

function firstRead(world: World, frame: Frame, parts: readonly Expr[]): TypeFound {
  for (const part of parts) {
    const found = annotatedType(world, frame, part);
    if (found.name !== null) return found;
  }
  return UNREAD;
}
