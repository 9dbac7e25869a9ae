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
    case 'ref': {
      const path = mapAll(term.path, map)
      return path === term.path ? term : { kind: 'ref', path, loc: term.loc }
    }
    case 'call': {
      const args = mapAll(term.args, map)
      return args === term.args ? term : { ...term, args }
    }
    case 'array':
    case 'set': {
      const items = mapAll(term.items, map)
      return items === term.items ? term : { ...term, items }
    }
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

/** The very same list where nothing changes. */
export function mapAll<T>(items: readonly T[], map: (item: T) => T): readonly T[] {
  let changed: T[] | undefined
  for (let i = 0; i < items.length; i++) {
    const item = items[i]
    if (item === undefined) continue
    const mapped = map(item)
    if (mapped === item) continue
    changed ??= [...items]
    changed[i] = mapped
  }
  return changed ?? items
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
    case 'call': {
      const args = mapAll(expr.args, map)
      return args === expr.args ? expr : { ...expr, args }
    }
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
  return rule.otherwise === undefined ? map(rule) : (linked(chain(rule).map(map)) ?? rule)
}

/** Rules as `else`s of the first. */
export function linked(rules: readonly Rule[]): Rule | undefined {
  let next: Rule | undefined
  for (const each of rules.toReversed())
    next = each.otherwise === next ? each : { ...each, otherwise: next }
  return next
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
