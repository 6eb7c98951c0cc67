// How much of the code is annotated, and what checks it.
import type { ClassInfo } from "../evaluation/class-info.ts";
import { isColumnAtom } from "../evaluation/orm/sqlalchemy/mapped-class.ts";
import {
  typeCheckerOfDistribution,
  typeCheckerOfTable,
  typeStubsOfDistribution,
} from "../knowledge/type-tools.ts";
import type { AssignStatement, Expr } from "../model/code.ts";
import type { Evidence, TypingSignal } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import { evidenceAt, type ProjectView } from "./project-view.ts";

/** The annotated share of functions, `Mapped[]` attributes, and the type checkers and stubs that are set up. */
export function detectTyping(view: ProjectView): TypingSignal {
  const attributes = view.classes.flatMap(declaredAttributes);
  const mapped = attributes.filter(({ isMapped }) => isMapped);
  const checkers = configuredCheckers(view);
  const stubs = declaredStubs(view);
  return {
    functions: sum(view.files.map(({ counts }) => counts.functions)),
    annotatedFunctions: sum(view.files.map(({ counts }) => counts.annotatedFunctions)),
    mappedAttributes: mapped.length,
    unmappedAttributes: attributes.length - mapped.length,
    checkers: [...checkers.keys()].sort(compareText),
    stubs: [...stubs.keys()].sort(compareText),
    unknown: null,
    evidence: [
      ...[...checkers.values(), ...stubs.values()].sort((left, right) => compareText(left.says, right.says)),
      ...mapped.slice(0, 1).map(({ evidence }) => evidence),
      ...attributes
        .filter(({ isMapped }) => !isMapped)
        .slice(0, 1)
        .map(({ evidence }) => evidence),
    ],
  };
}

interface DeclaredAttribute {
  readonly isMapped: boolean;
  readonly evidence: Evidence;
}

/** Attributes that SQLAlchemy maps, in mixins too. An SQLModel field is neither: its annotation is a plain type. */
function declaredAttributes(cls: ClassInfo): DeclaredAttribute[] {
  return cls.statement.body.flatMap((statement) => {
    if (statement.kind !== "assign") return [];
    const [target] = statement.targets;
    if (target?.kind !== "name") return [];
    const isMapped = statement.annotation !== null && isMappedAnnotation(statement.annotation);
    if (!isMapped && !isUnmapped(cls, target.id, statement)) return [];
    const says = isMapped
      ? `${cls.name}.${target.id} is declared as Mapped[]`
      : `${cls.name}.${target.id} has no Mapped[] annotation`;
    return [{ isMapped, evidence: evidenceAt(cls.module, statement.start, says) }];
  });
}

/** `Mapped[int]`, `orm.Mapped[int]`, `"Mapped[int]"`, and the dynamic and write-only forms. */
function isMappedAnnotation(annotation: Expr): boolean {
  switch (annotation.kind) {
    case "subscript":
      return isMappedAnnotation(annotation.base);
    case "name":
      return isMappedName(annotation.id);
    case "attribute":
      return isMappedName(annotation.name);
    case "string":
      return /^\s*(?:\w+\.)?(?:Dynamic|WriteOnly)?Mapped\[/.test(
        annotation.parts.map((part) => (typeof part === "string" ? part : "")).join(""),
      );
    default:
      return false;
  }
}

function isMappedName(name: string): boolean {
  return /^(?:Dynamic|WriteOnly)?Mapped$/.test(name);
}

function isUnmapped(cls: ClassInfo, name: string, statement: AssignStatement): boolean {
  const binding = cls.frame.environment.get(name);
  if (statement.value === null || binding === undefined || "lazy" in binding) return false;
  return binding.some(
    (atom) =>
      atom.kind === "instance" &&
      atom.external?.startsWith("sqlalchemy.") === true &&
      (isColumnAtom(atom) ||
        /^sqlalchemy\.orm\.(?:relationship|relation|dynamic_loader)$/.test(atom.external)),
  );
}

/** By configuration, or by a declared dependency: a checker that is pinned is run. */
function configuredCheckers({ project }: ProjectView): Map<string, Evidence> {
  const found = new Map<string, Evidence>();
  for (const { path, tools, dependencies } of project.manifests) {
    for (const tool of tools) {
      const checker = typeCheckerOfTable(tool.name) ?? typeCheckerOfTable(`tool.${tool.name}`);
      if (checker !== null && !found.has(checker.name))
        found.set(checker.name, { path, line: tool.line, says: `${checker.name} is configured` });
    }
    for (const { name, line } of dependencies) {
      const checker = typeCheckerOfDistribution(name);
      if (checker !== null && !found.has(checker.name))
        found.set(checker.name, { path, line, says: `${checker.name} is a dependency` });
    }
  }
  return found;
}

function declaredStubs({ project }: ProjectView): Map<string, Evidence> {
  const found = new Map<string, Evidence>();
  for (const { path, dependencies } of project.manifests)
    for (const { name, line } of dependencies)
      if (typeStubsOfDistribution(name) !== null && !found.has(name))
        found.set(name, { path, line, says: `${name} is a dependency` });
  return found;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
