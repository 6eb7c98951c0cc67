// A file's code as facts: what its statements and expressions are, with names unresolved. It is smaller than a syntax tree
// (docstrings, comments, operators of arithmetic and long literals are gone), survives a JSON round trip, and is all that
// linking ever sees. `start` and `end` are UTF-16 offsets into the file; FileFacts.lineStarts turns them into lines.

export interface NameExpr {
  readonly kind: "name";
  readonly start: number;
  readonly id: string;
}
export interface AttributeExpr {
  readonly kind: "attribute";
  readonly start: number;
  readonly end: number;
  readonly base: Expr;
  readonly name: string;
  /** Offset of the attribute's own name: where a reader looks for `.filter` in a chain over many lines. */
  readonly at: number;
}
export interface KeywordArgument {
  /** null for `**mapping`. */
  readonly name: string | null;
  readonly value: Expr;
  readonly at: number;
}
export interface CallExpr {
  readonly kind: "call";
  readonly start: number;
  readonly end: number;
  readonly callee: Expr;
  readonly args: readonly Expr[];
  readonly keywords: readonly KeywordArgument[];
}
/** In the constant part at index `part`, the character at index `at` was written at offset `start` of the file. */
export interface TextBreak {
  readonly part: number;
  readonly at: number;
  readonly start: number;
}
/** A string literal, adjacent literals joined. A part is constant text, or an interpolated expression of an f-string. */
export interface StringExpr {
  readonly kind: "string";
  readonly start: number;
  readonly end: number;
  readonly parts: readonly (string | Expr)[];
  readonly bytes: boolean;
  /** Where the text goes on elsewhere than the characters before tell; left out for a plain literal. */
  readonly breaks?: readonly TextBreak[];
}
/** Numbers, None, True, False and `...`, as written. */
export interface ConstantExpr {
  readonly kind: "constant";
  readonly start: number;
  readonly text: string;
}
export interface SequenceExpr {
  readonly kind: "list" | "tuple" | "set";
  readonly start: number;
  readonly end: number;
  readonly items: readonly Expr[];
}
export interface DictExpr {
  readonly kind: "dict";
  readonly start: number;
  readonly end: number;
  /** A null key is `**mapping`. */
  readonly entries: readonly { readonly key: Expr | null; readonly value: Expr }[];
}
export interface SubscriptExpr {
  readonly kind: "subscript";
  readonly start: number;
  readonly end: number;
  readonly base: Expr;
  readonly indices: readonly Expr[];
}
export interface SliceExpr {
  readonly kind: "slice";
  readonly start: number;
  readonly lower: Expr | null;
  readonly upper: Expr | null;
  readonly step: Expr | null;
}
/** await, yield, yield from, `*x`, unary operators, and boolean, comparison and binary operators. */
export interface OperatorExpr {
  readonly kind: "await" | "yield" | "yield-from" | "star" | "unary" | "binary" | "boolean" | "comparison";
  readonly start: number;
  readonly end: number;
  /** "and", "not in", "|", "-", …; empty for await, yield and star. Chained comparisons are joined by spaces. */
  readonly operator: string;
  readonly operands: readonly Expr[];
}
export interface ConditionalExpr {
  readonly kind: "conditional";
  readonly start: number;
  readonly end: number;
  readonly test: Expr;
  readonly whenTrue: Expr;
  readonly whenFalse: Expr;
}
export interface LambdaExpr {
  readonly kind: "lambda";
  readonly start: number;
  readonly end: number;
  readonly parameters: readonly Parameter[];
  readonly body: Expr;
}
export interface ComprehensionClause {
  readonly target: Expr;
  readonly iterable: Expr;
  readonly isAsync: boolean;
  readonly conditions: readonly Expr[];
}
export interface ComprehensionExpr {
  readonly kind: "comprehension";
  readonly start: number;
  readonly end: number;
  readonly of: "list" | "set" | "dict" | "generator";
  readonly element: Expr;
  /** The value of a dict comprehension, whose key is `element`. */
  readonly value: Expr | null;
  readonly clauses: readonly ComprehensionClause[];
}
export interface WalrusExpr {
  readonly kind: "walrus";
  readonly start: number;
  readonly name: string;
  readonly value: Expr;
}
/** What has no meaning for us beyond the expressions inside it. */
export interface OtherExpr {
  readonly kind: "other";
  readonly start: number;
  readonly parts: readonly Expr[];
}

export type Expr =
  | NameExpr
  | AttributeExpr
  | CallExpr
  | StringExpr
  | ConstantExpr
  | SequenceExpr
  | DictExpr
  | SubscriptExpr
  | SliceExpr
  | OperatorExpr
  | ConditionalExpr
  | LambdaExpr
  | ComprehensionExpr
  | WalrusExpr
  | OtherExpr;

export interface Parameter {
  readonly name: string;
  readonly kind: "positional" | "keyword-only" | "args" | "kwargs";
  readonly annotation: Expr | null;
  readonly default: Expr | null;
}

export interface FunctionStatement {
  readonly kind: "function";
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly decorators: readonly Expr[];
  readonly parameters: readonly Parameter[];
  readonly returns: Expr | null;
  readonly body: readonly Statement[];
}
export interface ClassStatement {
  readonly kind: "class";
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly decorators: readonly Expr[];
  readonly bases: readonly Expr[];
  readonly keywords: readonly KeywordArgument[];
  readonly body: readonly Statement[];
}
/** One imported name. `import a.b as c` is `{ module: "a.b", name: null, alias: "c" }`. */
export interface ImportStatement {
  readonly kind: "import";
  readonly start: number;
  /** Dotted name, without the leading dots of a relative import. */
  readonly module: string;
  /** Number of leading dots. */
  readonly level: number;
  /** The name taken from the module; "*" for a star import; null when the module itself is imported. */
  readonly name: string | null;
  readonly alias: string | null;
}
export interface ExpressionStatement {
  readonly kind: "expression";
  readonly start: number;
  readonly value: Expr;
}
export interface AssignStatement {
  readonly kind: "assign";
  readonly start: number;
  readonly end: number;
  readonly targets: readonly Expr[];
  readonly annotation: Expr | null;
  readonly value: Expr | null;
}
export interface AugmentedStatement {
  readonly kind: "augmented";
  readonly start: number;
  readonly target: Expr;
  /** "+=", "|=", … */
  readonly operator: string;
  readonly value: Expr;
}
export interface ReturnStatement {
  readonly kind: "return";
  readonly start: number;
  readonly value: Expr | null;
}
export interface IfStatement {
  readonly kind: "if";
  readonly start: number;
  readonly test: Expr;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}
export interface LoopStatement {
  readonly kind: "for";
  readonly start: number;
  readonly end: number;
  readonly isAsync: boolean;
  readonly target: Expr;
  readonly iterable: Expr;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}
export interface WhileStatement {
  readonly kind: "while";
  readonly start: number;
  readonly end: number;
  readonly test: Expr;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}
export interface WithStatement {
  readonly kind: "with";
  readonly start: number;
  readonly isAsync: boolean;
  readonly items: readonly { readonly context: Expr; readonly target: Expr | null }[];
  readonly body: readonly Statement[];
}
export interface TryStatement {
  readonly kind: "try";
  readonly start: number;
  readonly body: readonly Statement[];
  readonly handlers: readonly {
    readonly types: Expr | null;
    readonly name: string | null;
    readonly body: readonly Statement[];
  }[];
  readonly orelse: readonly Statement[];
  readonly finally: readonly Statement[];
}
export interface MatchStatement {
  readonly kind: "match";
  readonly start: number;
  readonly subject: Expr;
  readonly cases: readonly {
    /** Names that the pattern binds. */
    readonly binds: readonly string[];
    readonly guard: Expr | null;
    readonly body: readonly Statement[];
  }[];
}
/** raise, del, assert, break, print of Python 2: only the expressions inside matter, and that raise and break leave. */
export interface OtherStatement {
  readonly kind: "raise" | "delete" | "assert" | "break" | "other";
  readonly start: number;
  readonly values: readonly Expr[];
}
export interface GlobalStatement {
  readonly kind: "global" | "nonlocal";
  readonly start: number;
  readonly names: readonly string[];
}

export type Statement =
  | FunctionStatement
  | ClassStatement
  | ImportStatement
  | ExpressionStatement
  | AssignStatement
  | AugmentedStatement
  | ReturnStatement
  | IfStatement
  | LoopStatement
  | WhileStatement
  | WithStatement
  | TryStatement
  | MatchStatement
  | OtherStatement
  | GlobalStatement;
