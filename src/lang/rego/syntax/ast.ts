import type { Big } from '../value/big.ts'

export interface Loc {
  readonly file: string
  readonly row: number
  readonly col: number
  /** Of the text's UTF-16 units. */
  readonly offset: number
  readonly end: number
}

export type Scalar = null | boolean | number | Big | string

export interface ScalarTerm {
  readonly kind: 'scalar'
  readonly value: Scalar
  readonly loc: Loc
}

export interface VarTerm {
  readonly kind: 'var'
  readonly name: string
  readonly loc: Loc
}

/** `path[0]` is the head: a variable, a call or a composite. */
export interface RefTerm {
  readonly kind: 'ref'
  readonly path: readonly Term[]
  readonly loc: Loc
}

export interface CallTerm {
  readonly kind: 'call'
  readonly operator: RefTerm
  readonly args: readonly Term[]
  readonly loc: Loc
}

export interface ArrayTerm {
  readonly kind: 'array'
  readonly items: readonly Term[]
  readonly loc: Loc
}

export interface SetTerm {
  readonly kind: 'set'
  readonly items: readonly Term[]
  readonly loc: Loc
}

export type Pair = readonly [key: Term, value: Term]

export interface ObjectTerm {
  readonly kind: 'object'
  readonly entries: readonly Pair[]
  readonly loc: Loc
}

export interface ComprehensionTerm {
  readonly kind: 'comprehension'
  readonly shape: 'array' | 'set' | 'object'
  /** Objects only. */
  readonly key: Term | undefined
  readonly head: Term
  readonly body: Body
  readonly loc: Loc
}

export interface TemplateTerm {
  readonly kind: 'template'
  readonly multiline: boolean
  readonly parts: readonly (string | Literal)[]
  readonly loc: Loc
}

export type Term =
  | ScalarTerm
  | VarTerm
  | RefTerm
  | CallTerm
  | ArrayTerm
  | SetTerm
  | ObjectTerm
  | ComprehensionTerm
  | TemplateTerm

export interface TermExpr {
  readonly kind: 'term'
  readonly term: Term
}

/** Also `=` and `:=`, as the operators `eq` and `assign`; `args` may hold one more than the arity, the output. */
export interface CallExpr {
  readonly kind: 'call'
  readonly operator: RefTerm
  readonly args: readonly Term[]
  /** An equation that was written with `:=`. */
  readonly isAssignment?: boolean
}

export interface SomeExpr {
  readonly kind: 'some'
  readonly names: readonly VarTerm[]
}

export interface SomeInExpr {
  readonly kind: 'some-in'
  readonly key: Term | undefined
  readonly value: Term
  readonly domain: Term
}

export interface EveryExpr {
  readonly kind: 'every'
  readonly key: VarTerm | undefined
  readonly value: VarTerm
  readonly domain: Term
  readonly body: Body
}

/**
 * A body that holds or does not, whatever it binds. `a and b` is one of two bodies; `a or b` is the negation of one
 * with the negations of both.
 */
export interface BodyExpr {
  readonly kind: 'body'
  readonly form: 'not' | 'and' | 'or' | undefined
  readonly body: Body
  /** Written in braces. */
  readonly braced?: boolean
}

export type Expr = TermExpr | CallExpr | SomeExpr | SomeInExpr | EveryExpr | BodyExpr

export interface With {
  readonly target: Term
  readonly value: Term
  readonly loc: Loc
}

export interface Literal {
  readonly negated: boolean
  readonly expr: Expr
  readonly with: readonly With[]
  readonly loc: Loc
  /** Made by the compiler. */
  readonly generated?: boolean
}

export type Body = readonly Literal[]

export interface Head {
  /** Begins with a variable. */
  readonly ref: readonly Term[]
  readonly args: readonly Term[] | undefined
  /** The member of a partial set. */
  readonly key: Term | undefined
  readonly value: Term | undefined
  readonly assign: boolean
  readonly generatedValue: boolean
  readonly loc: Loc
}

export interface Rule {
  readonly isDefault: boolean
  readonly head: Head
  readonly body: Body
  readonly generatedBody: boolean
  readonly hasIf: boolean
  readonly hasContains: boolean
  readonly otherwise: Rule | undefined
  readonly loc: Loc
}

export interface Package {
  /** Without `data`. */
  readonly path: readonly string[]
  readonly loc: Loc
}

export interface Import {
  readonly path: readonly string[]
  readonly alias: string | undefined
  readonly loc: Loc
}

export interface Comment {
  readonly text: string
  readonly loc: Loc
}

export type Dialect = 'v0' | 'v0-v1' | 'v1'

export interface Module {
  readonly file: string
  /** `v0-v1` is a v0 file with `import rego.v1`. */
  readonly dialect: Dialect
  readonly package: Package
  readonly imports: readonly Import[]
  readonly rules: readonly Rule[]
  readonly comments: readonly Comment[]
  readonly annotations: readonly Annotations[]
  /** Whether the word `print` stands in its text. */
  readonly prints: boolean
}

export interface Annotations {
  readonly scope: 'rule' | 'document' | 'package' | 'subpackages'
  /** As METADATA writes them, in plain JSON, normalised as OPA does. */
  readonly fields: { readonly [name: string]: unknown }
  readonly loc: Loc
  /** The rule that the block stands before; undefined for packages. */
  readonly rule: Rule | undefined
}

export function scalar(value: Scalar, loc: Loc): ScalarTerm {
  return { kind: 'scalar', value, loc }
}

export function variable(name: string, loc: Loc): VarTerm {
  return { kind: 'var', name, loc }
}

export function ref(path: readonly Term[], loc: Loc): RefTerm {
  return { kind: 'ref', path, loc }
}

/** A reference of names: `named(['data', 'lib', 'f'], loc)`. */
export function named(names: readonly string[], loc: Loc): RefTerm {
  return ref(
    names.map((name, i) => (i === 0 ? variable(name, loc) : scalar(name, loc))),
    loc,
  )
}

export function literal(expr: Expr, loc: Loc): Literal {
  return { negated: false, expr, with: [], loc }
}

export function isWildcard(name: string): boolean {
  return name.startsWith('$')
}
