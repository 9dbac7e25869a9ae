import type { Body, Expr, Literal, Rule, Term } from './ast.ts'

/** What OPA calls the kind of a term in messages. */
export function termName(term: Term): string {
  switch (term.kind) {
    case 'scalar':
      if (term.value === null) return 'null'
      return typeof term.value === 'object' ? 'number' : typeof term.value
    case 'comprehension':
      return `${term.shape}comprehension`
    case 'template':
      return 'templatestring'
    default:
      return term.kind
  }
}

export interface Visitor {
  /** Return true to stay out of the term. */
  readonly term?: (term: Term) => boolean | undefined
  /** Bodies of comprehensions and of `every`, and the expressions of templates. */
  readonly closures?: boolean
  readonly body?: (body: Body) => void
}

/** The rule and its `else`s; the name of the rule is no term of it. */
export function walkRule(rule: Rule, visit: Visitor): void {
  for (let r: Rule | undefined = rule; r !== undefined; r = r.otherwise) {
    const { ref, args = [], key, value } = r.head
    for (const part of [...ref.slice(1), ...args, key, value])
      if (part !== undefined) walkTerm(part, visit)
    walkBody(r.body, visit)
  }
}

export function walkTerm(term: Term, visit: Visitor): void {
  if (visit.term?.(term) === true) return
  switch (term.kind) {
    case 'ref':
      walkTerms(term.path, visit)
      return
    case 'call':
      walkTerm(term.operator, visit)
      walkTerms(term.args, visit)
      return
    case 'array':
    case 'set':
      walkTerms(term.items, visit)
      return
    case 'object':
      for (const [key, value] of term.entries) {
        walkTerm(key, visit)
        walkTerm(value, visit)
      }
      return
    case 'comprehension':
      if (visit.closures === false) return
      if (term.key !== undefined) walkTerm(term.key, visit)
      walkTerm(term.head, visit)
      walkBody(term.body, visit)
      return
    case 'template':
      if (visit.closures === false) return
      for (const part of term.parts) if (typeof part !== 'string') walkLiteral(part, visit)
  }
}

/** By index: in code that has not run for long, that is several times as fast as an iterator. */
function walkTerms(terms: readonly Term[], visit: Visitor): void {
  for (let i = 0; i < terms.length; i++) {
    const term = terms[i]
    if (term !== undefined) walkTerm(term, visit)
  }
}

export function walkBody(body: Body, visit: Visitor): void {
  visit.body?.(body)
  for (let i = 0; i < body.length; i++) {
    const literal = body[i]
    if (literal !== undefined) walkLiteral(literal, visit)
  }
}

export function walkLiteral(literal: Literal, visit: Visitor): void {
  walkExpr(literal.expr, visit)
  if (literal.with.length === 0) return
  for (const { target, value } of literal.with) {
    walkTerm(target, visit)
    walkTerm(value, visit)
  }
}

export function walkExpr(expr: Expr, visit: Visitor): void {
  switch (expr.kind) {
    case 'term':
      walkTerm(expr.term, visit)
      return
    case 'call':
      walkTerm(expr.operator, visit)
      walkTerms(expr.args, visit)
      return
    case 'some':
      walkTerms(expr.names, visit)
      return
    case 'some-in':
      if (expr.key !== undefined) walkTerm(expr.key, visit)
      walkTerm(expr.value, visit)
      walkTerm(expr.domain, visit)
      return
    case 'every':
      if (expr.key !== undefined) walkTerm(expr.key, visit)
      walkTerm(expr.value, visit)
      walkTerm(expr.domain, visit)
      if (visit.closures !== false) walkBody(expr.body, visit)
      return
    case 'body':
      walkBody(expr.body, visit)
  }
}

/** Every variable of a term, heads of references included. */
export function variablesOf(term: Term): Set<string> {
  if (term.kind === 'scalar') return new Set()
  if (term.kind === 'var') return new Set([term.name])
  const names = new Set<string>()
  walkTerm(term, {
    term: part => {
      if (part.kind === 'var') names.add(part.name)
      return undefined
    },
  })
  return names
}
