import { compareText } from "../../text/compare-text.ts";
import { few } from "../evidence.ts";
import { counted, listed, percent } from "../phrase.ts";
import { type RowDefinition, withUnknown } from "./comparison-row.ts";

export const learningCurve: RowDefinition = {
  row: "learning curve",
  sqlalchemy: "Medium to high: sessions, units of work, two layers.",
  djangoOrm: "Low to medium: models, managers, querysets.",
  here({ concepts }) {
    const most = concepts.items.toSorted((a, b) => b.uses - a.uses || compareText(a.name, b.name));
    const names = most.length > 0 ? `, most of all ${listed(most.slice(0, 4).map((item) => item.name))}` : "";
    return {
      says: withUnknown(
        `The code uses ${counted(concepts.total, "distinct ORM concept")}${names}`,
        concepts.unknown,
      ),
      evidence: few(concepts.evidence),
    };
  },
};

export const typeHints: RowDefinition = {
  row: "type hints",
  sqlalchemy: "Full: Mapped[] attributes since 2.0 are plain typed Python.",
  djangoOrm: "Limited: third-party stubs and a mypy plugin.",
  here({ typing }) {
    const { functions, annotatedFunctions, mappedAttributes, unmappedAttributes, checkers, stubs } = typing;
    const columns = mappedAttributes + unmappedAttributes;
    const parts = [
      `${annotatedFunctions} of ${counted(functions, "function")} (${percent(annotatedFunctions, functions)}) are fully annotated`,
      columns > 0 ? `${mappedAttributes} of ${counted(columns, "mapped attribute")} use Mapped[]` : "",
      checkers.length > 0
        ? `checked by ${listed(checkers.toSorted(compareText))}`
        : "no type checker is configured",
      stubs.length > 0 ? `with ${listed(stubs.toSorted(compareText))}` : "",
    ].filter((part) => part !== "");
    return { says: withUnknown(parts.join(", "), typing.unknown), evidence: few(typing.evidence) };
  },
};
