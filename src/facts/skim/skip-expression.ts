// Goes over an expression token by token, checking that operands and operators take turns. It knows less than a grammar: what it lets
// pass is Python in all but name, and what it does not know it refuses, which sends the file to the parser.
import { Token } from "../../syntax/lex-python.ts";
import { type Cursor, keywordAt, kindAt, textAt } from "./cursor.ts";

export interface ExpressionPlace {
  /** `a, b` may stand here, also with a comma at its end. */
  readonly isList?: boolean;
  /** The head of a loop: `a, b in c`. */
  readonly isLoop?: boolean;
  /** `a as b` may stand here. */
  readonly hasAliases?: boolean;
  /** Only the bracket at hand is skipped. */
  readonly isOneBracket?: boolean;
}

/** Operators in a row beyond this nest deeper than the parser's own bound allows. */
const MAX_OPERATORS = 120;

const WANTS_OPERAND = 0;
/** An operand may stand here, or nothing: after `(`, after a comma. */
const MAY_HAVE_OPERAND = 1;
const HAS_OPERAND = 2;

interface Expression {
  state: number;
  /** Closing brackets that are awaited. */
  readonly open: string[];
  /** Lambdas whose colon is awaited, by the number of brackets around them. */
  readonly lambdas: number[];
  operators: number;
}

/** Moves the cursor to the first token that belongs to no expression; false where what was passed is none. */
export function skipExpression(cursor: Cursor, place: ExpressionPlace): boolean {
  const expression: Expression = { state: WANTS_OPERAND, open: [], lambdas: [], operators: 0 };
  for (;;) {
    const step =
      expression.state === HAS_OPERAND
        ? afterOperand(cursor, expression, place)
        : beforeOperand(cursor, expression, place);
    if (step === "refuse") return false;
    if (step === "end") return expression.open.length === 0 && expression.lambdas.length === 0;
    cursor.index += 1;
    if (expression.operators > MAX_OPERATORS) return false;
    if (place.isOneBracket && expression.open.length === 0) return true;
  }
}

type Step = "go on" | "end" | "refuse";

function hasLambda({ lambdas, open }: Expression): boolean {
  return lambdas.at(-1) === open.length;
}

function opened(expression: Expression, bracket: string): Step {
  expression.open.push(bracket === "(" ? ")" : bracket === "[" ? "]" : "}");
  expression.state = MAY_HAVE_OPERAND;
  expression.operators += 1;
  return "go on";
}

function closed(expression: Expression): Step {
  if (hasLambda(expression) || expression.open.pop() === undefined) return "refuse";
  expression.state = HAS_OPERAND;
  return "go on";
}

function wants(expression: Expression, state: number): Step {
  expression.state = state;
  return "go on";
}

function beforeOperand(cursor: Cursor, expression: Expression, place: ExpressionPlace): Step {
  const { open, state } = expression;
  const kind = kindAt(cursor, 0);
  switch (kind) {
    case Token.name:
      return nameBeforeOperand(cursor, expression);
    case Token.number:
    case Token.string:
    case Token.ellipsis:
      return wants(expression, HAS_OPERAND);
    case Token.open:
      return opened(expression, textAt(cursor, 0));
    case Token.sign:
    case Token.tilde:
      expression.operators += 1;
      return wants(expression, WANTS_OPERAND);
    case Token.star:
      return isAfterBreak(cursor, place, open.length) ? wants(expression, WANTS_OPERAND) : "refuse";
    case Token.colon:
      if (hasLambda(expression)) {
        expression.lambdas.pop();
        return wants(expression, WANTS_OPERAND);
      }
      if (open.at(-1) === "]" && state === MAY_HAVE_OPERAND) return wants(expression, MAY_HAVE_OPERAND);
      return open.length === 0 && state === MAY_HAVE_OPERAND && place.isList ? "end" : "refuse";
    case Token.comma: {
      const isMarker = hasLambda(expression) && kindAt(cursor, -1) === Token.star;
      const isSlice = open.at(-1) === "]" && kindAt(cursor, -1) === Token.colon;
      return isMarker || isSlice ? wants(expression, MAY_HAVE_OPERAND) : "refuse";
    }
    case Token.close:
      if (state !== MAY_HAVE_OPERAND) return "refuse";
      return open.length === 0 ? "end" : closed(expression);
    case Token.newline:
    case Token.semicolon:
    case Token.assign:
      return state === MAY_HAVE_OPERAND && open.length === 0 ? "end" : "refuse";
    default:
      return "refuse";
  }
}

/** A star stands where an item begins. */
function isAfterBreak(cursor: Cursor, place: ExpressionPlace, depth: number): boolean {
  const before = kindAt(cursor, -1);
  if (before === Token.open || before === Token.comma) return true;
  if (depth > 0) return keywordAt(cursor, -1) === "lambda" || keywordAt(cursor, -1) === "yield";
  return place.isList === true || keywordAt(cursor, -1) === "lambda";
}

function nameBeforeOperand(cursor: Cursor, expression: Expression): Step {
  switch (keywordAt(cursor, 0)) {
    case null:
    case "None":
    case "True":
    case "False":
      return wants(expression, HAS_OPERAND);
    case "not":
    case "await":
      expression.operators += 1;
      return wants(expression, WANTS_OPERAND);
    case "lambda":
      expression.lambdas.push(expression.open.length);
      return wants(expression, MAY_HAVE_OPERAND);
    case "yield":
      if (keywordAt(cursor, 1) === "from") {
        cursor.index += 1;
        return wants(expression, WANTS_OPERAND);
      }
      return wants(expression, MAY_HAVE_OPERAND);
    default:
      return "refuse";
  }
}

function afterOperand(cursor: Cursor, expression: Expression, place: ExpressionPlace): Step {
  const { open } = expression;
  const isOutside = open.length === 0;
  switch (kindAt(cursor, 0)) {
    case Token.name:
      return nameAfterOperand(cursor, expression, place);
    case Token.string:
      return kindAt(cursor, -1) === Token.string ? "go on" : "refuse";
    case Token.binary:
    case Token.sign:
    case Token.star:
    case Token.at:
      expression.operators += 1;
      return wants(expression, WANTS_OPERAND);
    case Token.dot:
      if (kindAt(cursor, 1) !== Token.name || keywordAt(cursor, 1) !== null) return "refuse";
      cursor.index += 1;
      expression.operators += 1;
      return "go on";
    case Token.open: {
      const bracket = textAt(cursor, 0);
      return bracket === "{" ? "refuse" : opened(expression, bracket);
    }
    case Token.close:
      return isOutside ? "end" : closed(expression);
    case Token.comma:
      if (!isOutside || hasLambda(expression)) {
        if (!hasLambda(expression)) expression.operators = open.length;
        return wants(expression, MAY_HAVE_OPERAND);
      }
      return place.isList ? wants(expression, MAY_HAVE_OPERAND) : "end";
    case Token.colon:
      if (hasLambda(expression)) {
        expression.lambdas.pop();
        return wants(expression, WANTS_OPERAND);
      }
      if (isOutside) return "end";
      if (open.at(-1) === "]") return wants(expression, MAY_HAVE_OPERAND);
      return open.at(-1) === "}" ? wants(expression, WANTS_OPERAND) : "refuse";
    case Token.assign:
      if (hasLambda(expression)) return wants(expression, WANTS_OPERAND);
      if (isOutside) return "end";
      return open.at(-1) === ")" && kindAt(cursor, -1) === Token.name
        ? wants(expression, WANTS_OPERAND)
        : "refuse";
    case Token.walrus:
      return kindAt(cursor, -1) === Token.name ? wants(expression, WANTS_OPERAND) : "refuse";
    case Token.newline:
    case Token.semicolon:
    case Token.augmented:
    case Token.arrow:
      return isOutside ? "end" : "refuse";
    default:
      return "refuse";
  }
}

function nameAfterOperand(cursor: Cursor, expression: Expression, place: ExpressionPlace): Step {
  const isOutside = expression.open.length === 0;
  expression.operators += 1;
  switch (keywordAt(cursor, 0)) {
    case "and":
    case "or":
    case "if":
    case "else":
    case "in":
      return wants(expression, WANTS_OPERAND);
    case "is":
      if (keywordAt(cursor, 1) === "not") cursor.index += 1;
      return wants(expression, WANTS_OPERAND);
    case "not":
      if (keywordAt(cursor, 1) !== "in") return "refuse";
      cursor.index += 1;
      return wants(expression, WANTS_OPERAND);
    case "for":
      return isOutside ? "refuse" : wants(expression, WANTS_OPERAND);
    case "async":
      if (isOutside || keywordAt(cursor, 1) !== "for") return "refuse";
      cursor.index += 1;
      return wants(expression, WANTS_OPERAND);
    case "as":
      if (place.hasAliases) return wants(expression, WANTS_OPERAND);
      return isOutside ? "end" : "refuse";
    case "from":
    case "import":
      return isOutside ? "end" : "refuse";
    default:
      return "refuse";
  }
}
