import type { Body, Expr, Literal, Pair, Rule, Term } from './ast.ts'

/** Replaces the direct parts of a term; bodies of comprehensions are left to `body`. */
export function mapParts(
  term: Term,
  map: (part: Term) => Term,
  body: (body: Body) => Body = same => same,
  literal: (literal: Literal) => Literal = same => same,
): Term {
  switch (term.kind) {
    case 'scalar':
    case 'var':
      return term
    case 'ref':
      return { ...term, path: term.path.map(map) }
    case 'call':
      return { ...term, args: term.args.map(map) }
    case 'array':
    case 'set':
      return { ...term, items: term.items.map(map) }
    case 'object':
      return { ...term, entries: term.entries.map(([k, v]): Pair => [map(k), map(v)]) }
    case 'comprehension':
      return {
        ...term,
        key: term.key && map(term.key),
        head: map(term.head),
        body: body(term.body),
      }
    case 'template':
      return {
        ...term,
        parts: term.parts.map(part => (typeof part === 'string' ? part : literal(part))),
      }
  }
}

/** Replaces the terms of an expression; operators of calls stay. */
export function mapExpr(
  expr: Expr,
  map: (term: Term) => Term,
  body: (body: Body) => Body = same => same,
): Expr {
  switch (expr.kind) {
    case 'term':
      return { kind: 'term', term: map(expr.term) }
    case 'call':
      return { ...expr, args: expr.args.map(map) }
    case 'some':
      return expr
    case 'some-in':
      return {
        ...expr,
        key: expr.key && map(expr.key),
        value: map(expr.value),
        domain: map(expr.domain),
      }
    case 'every':
      return { ...expr, domain: map(expr.domain), body: body(expr.body) }
    case 'body':
      return { ...expr, body: body(expr.body) }
  }
}

export function mapWiths(literal: Literal, map: (term: Term) => Term): Literal['with'] {
  if (literal.with.length === 0) return literal.with
  return literal.with.map(({ target, value, loc }) => ({
    target: map(target),
    value: map(value),
    loc,
  }))
}

/** The rule and its `else`s. */
export function chain(rule: Rule): readonly Rule[] {
  const rules: Rule[] = []
  for (let r: Rule | undefined = rule; r !== undefined; r = r.otherwise) rules.push(r)
  return rules
}

/** Maps the rule and its `else`s, each by itself. */
export function mapChain(rule: Rule, map: (rule: Rule) => Rule): Rule {
  const rules = chain(rule).map(map)
  let next: Rule | undefined
  for (const each of rules.reverse()) next = { ...each, otherwise: next }
  return next ?? rule
}

/** Calls `map` for every body, the innermost first, bodies in heads and terms included. */
export function mapBodies(rule: Rule, map: (body: Body) => Body): Rule {
  const inBody = (body: Body): Body => map(body.map(inLiteral))
  const inTerm = (term: Term): Term => mapParts(term, inTerm, inBody, inLiteral)
  const inLiteral = (literal: Literal): Literal => ({
    ...literal,
    expr: mapExpr(literal.expr, inTerm, inBody),
    with: mapWiths(literal, inTerm),
  })
  return mapChain(rule, each => ({
    ...each,
    head: {
      ...each.head,
      ref: each.head.ref.map(inTerm),
      args: each.head.args?.map(inTerm),
      key: each.head.key && inTerm(each.head.key),
      value: each.head.value && inTerm(each.head.value),
    },
    body: inBody(each.body),
  }))
}
