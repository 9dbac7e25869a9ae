/** Offsets into the file's text; {@link Lines} turns them into lines and columns when someone asks. */
export interface Range {
  readonly start: number
  readonly end: number
}

export interface Body {
  readonly attributes: ReadonlyMap<string, Attribute>
  readonly blocks: readonly Block[]
  readonly range: Range
}

export interface Attribute {
  readonly name: string
  readonly nameRange: Range
  readonly expr: Expr
  readonly range: Range
}

export interface Block {
  readonly type: string
  readonly labels: readonly string[]
  readonly labelRanges: readonly Range[]
  /** `resource "a" "b"`, without the brace. */
  readonly header: Range
  readonly body: Body
  readonly range: Range
}

/** A parsed file: what could be read, the comments (inline skips live there), and what is torn. */
export interface SourceFile {
  readonly name: string
  readonly text: string
  readonly body: Body
  readonly comments: readonly Comment[]
  readonly errors: readonly Diagnostic[]
}

export interface Comment {
  readonly text: string
  readonly range: Range
}

export interface Diagnostic {
  /** Terraform's own summary: `Invalid expression`, `Missing newline after argument` … */
  readonly summary: string
  readonly detail: string
  readonly file: string
  readonly range: Range
  /** From 1. */
  readonly line: number
  readonly column: number
  /** The top-level block that is lost with it; undefined where the file as a whole or no block is. */
  readonly block?: { readonly type: string; readonly labels: readonly string[] }
}

export type Expr =
  | {
      readonly kind: 'literal'
      readonly value: string | number | boolean | null
      readonly raw?: string
      readonly range: Range
    }
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[]; readonly range: Range }
  /** `"${x}"` alone: the value passes through with its type. */
  | { readonly kind: 'wrap'; readonly expr: Expr; readonly range: Range }
  | { readonly kind: 'variable'; readonly name: string; readonly range: Range }
  | { readonly kind: 'attr'; readonly of: Expr; readonly name: string; readonly range: Range }
  | { readonly kind: 'index'; readonly of: Expr; readonly key: Expr; readonly range: Range }
  /** `of[*].rest` (full) or `of.*.rest` (attribute-only); `each` is applied to an element, whose expression is `item`. */
  | {
      readonly kind: 'splat'
      readonly of: Expr
      readonly each: Expr
      readonly full: boolean
      readonly range: Range
    }
  /** The element inside a splat's `each`. */
  | { readonly kind: 'item'; readonly range: Range }
  | {
      readonly kind: 'call'
      readonly name: string
      readonly args: readonly Expr[]
      readonly expand: boolean
      readonly range: Range
    }
  | { readonly kind: 'unary'; readonly op: '-' | '!'; readonly expr: Expr; readonly range: Range }
  | {
      readonly kind: 'binary'
      readonly op: BinaryOp
      readonly left: Expr
      readonly right: Expr
      readonly range: Range
    }
  | {
      readonly kind: 'conditional'
      readonly test: Expr
      readonly then: Expr
      readonly otherwise: Expr
      readonly range: Range
    }
  | { readonly kind: 'tuple'; readonly items: readonly Expr[]; readonly range: Range }
  | { readonly kind: 'object'; readonly items: readonly ObjectItem[]; readonly range: Range }
  | {
      readonly kind: 'for'
      readonly key: string | null
      readonly value: string
      readonly over: Expr
      /** Set for the object form. */
      readonly keyExpr: Expr | null
      readonly valueExpr: Expr
      readonly test: Expr | null
      readonly group: boolean
      readonly range: Range
    }
  | { readonly kind: 'parens'; readonly expr: Expr; readonly range: Range }

export type BinaryOp =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '=='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | '&&'
  | '||'

export interface ObjectItem {
  readonly key: Expr
  readonly value: Expr
}

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string; readonly range: Range }
  | { readonly kind: 'expr'; readonly expr: Expr; readonly range: Range }
  | {
      readonly kind: 'if'
      readonly test: Expr
      readonly then: readonly TemplatePart[]
      readonly otherwise: readonly TemplatePart[]
      readonly range: Range
    }
  | {
      readonly kind: 'for'
      readonly key: string | null
      readonly value: string
      readonly over: Expr
      readonly body: readonly TemplatePart[]
      readonly range: Range
    }
