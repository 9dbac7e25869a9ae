import type { Module } from '../lang/rego/index.ts'
import {
  type Body,
  isWildcard,
  type Literal,
  type Loc,
  type Rule,
  type Term,
} from '../lang/rego/syntax/ast.ts'
import { walkBody, walkLiteral, walkTerm } from '../lang/rego/syntax/walk.ts'

/**
 * What `opa` takes too in the place of a negation with a variable of its own: a helper that has it. Null where the
 * negation is not found.
 * @example `has_enabled(bucket) if bucket.versioning[_].enabled == true`, then `not has_enabled(bucket)`
 */
export function portableNegation(
  module: Module,
  source: string,
  at: { readonly row: number; readonly col: number },
): { readonly helper: string; readonly negation: string } | null {
  const found = negationAt(module, at)
  if (found === null) return null
  const text = positive(source, found.literal).replace(/\s*\n\s*/g, ' ')
  const args = argumentsOf(module, found)
  const name = freeName(text, globalsOf(module))
  const call = args.length > 0 ? `${name}(${args.join(', ')})` : name
  return { helper: `${call} if ${text}`, negation: `not ${call}` }
}

export interface Negation {
  readonly literal: Literal
  readonly rule: Rule
}

export function negationAt(
  { rules }: Module,
  { row, col }: { readonly row: number; readonly col: number },
): Negation | null {
  let found: Literal | null = null
  const see = (body: Body): void => {
    found = body.find(({ negated, loc }) => negated && loc.row === row && loc.col === col) ?? found
  }
  for (const rule of rules)
    for (let each: Rule | undefined = rule; each !== undefined; each = each.otherwise) {
      walkBody(each.body, { body: see })
      if (found !== null) return { literal: found, rule: each }
    }
  return null
}

/** What a negation denies. */
export function positive(source: string, { loc }: Literal): string {
  return source.slice(loc.offset, loc.end).replace(/^not\s+/, '')
}

/** The variables of a negation that its rule binds elsewhere: what a helper in its place has to be told. */
export function argumentsOf(module: Module, { literal, rule }: Negation): readonly string[] {
  const globals = globalsOf(module)
  const elsewhere = variablesOf(rule, literal)
  return [...variablesIn(literal)].filter(
    name => !globals.has(name) && !isWildcard(name) && elsewhere.has(name),
  )
}

function globalsOf(module: Module): ReadonlySet<string> {
  return new Set([
    'input',
    'data',
    ...module.imports.map(({ alias, path }) => alias ?? path.at(-1) ?? ''),
    ...module.rules.map(nameOf),
  ])
}

function variablesIn(literal: Literal): ReadonlySet<string> {
  const names = new Set<string>()
  noteLiteral(names, literal)
  return names
}

/** Of a rule without one of its literals, which may lie in a comprehension of it. */
function variablesOf({ head, body }: Rule, { loc: without }: Literal): ReadonlySet<string> {
  const names = new Set<string>()
  for (const term of [...head.ref.slice(1), ...(head.args ?? []), head.key, head.value])
    if (term !== undefined) walkTerm(term, { term: noteIn(names, new Set(), without) })
  // A declaration binds nothing.
  for (const literal of body) if (literal.expr.kind !== 'some') noteLiteral(names, literal, without)
  return names
}

function noteLiteral(names: Set<string>, literal: Literal, without?: Loc): void {
  const { expr } = literal
  const operators = new Set<Term>(expr.kind === 'call' ? [expr.operator] : [])
  walkLiteral(literal, { term: noteIn(names, operators, without) })
}

/** Names of functions and operators are none of variables. */
function noteIn(names: Set<string>, operators: Set<Term>, without?: Loc) {
  return (term: Term): boolean | undefined => {
    if (operators.has(term) || (without && isWithin(term.loc, without))) return true
    if (term.kind === 'call') operators.add(term.operator)
    if (term.kind === 'var') names.add(term.name)
    return undefined
  }
}

function isWithin(inner: Loc, outer: Loc): boolean {
  return inner.offset >= outer.offset && inner.end <= outer.end
}

function nameOf({ head: { ref } }: Rule): string {
  const [first] = ref
  return first?.kind === 'var' ? first.name : ''
}

/** After the last attribute that the text names. */
function freeName(text: string, taken: ReadonlySet<string>): string {
  const [, word = 'it'] = /.*\.([a-z]\w*)/s.exec(text) ?? []
  for (let n = 1; ; n++) {
    const name = n === 1 ? `has_${word}` : `has_${word}_${n}`
    if (!taken.has(name)) return name
  }
}
