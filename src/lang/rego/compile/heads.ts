import {
  type Body,
  type Literal,
  type Loc,
  named,
  type Rule,
  type Term,
  variable,
} from '../syntax/ast.ts'
import { mapChain } from '../syntax/map.ts'
import { walkTerm } from '../syntax/walk.ts'
import { fresh, type Names } from './names.ts'
import type { Compilation } from './unit.ts'

/** Heads get their full path from `data`, with nothing but scalars and variables in it. */
export function qualifyHeads({ units, names }: Compilation): void {
  for (const unit of units) {
    const { path } = unit.module.package
    unit.rule = mapChain(unit.rule, rule => qualify(names, rule, path))
  }
}

function qualify(names: Names, rule: Rule, path: readonly string[]): Rule {
  const { head } = rule
  const [first, ...rest] = head.ref
  if (first?.kind !== 'var') return rule
  const extra: Literal[] = []
  const tail = rest.map(part => {
    if (part.kind === 'var' || part.kind === 'scalar') return part
    const name = variable(fresh(names), part.loc)
    extra.push(equation(name, part))
    return name
  })
  const ref = [...named(['data', ...path, first.name], first.loc).path, ...tail]
  return { ...rule, head: { ...head, ref }, body: append(rule.body, extra) }
}

/** `left = right`, made by the compiler. */
export function equation(left: Term, right: Term, loc: Loc = right.loc): Literal {
  const operator = named(['eq'], loc)
  return {
    negated: false,
    expr: { kind: 'call', operator, args: [left, right] },
    with: [],
    loc,
    generated: true,
  }
}

/** A body that is only `true` gives way. */
export function append(body: Body, extra: readonly Literal[]): Body {
  if (extra.length === 0) return body
  const [only] = body
  const empty =
    body.length === 1 &&
    only?.expr.kind === 'term' &&
    only.expr.term.kind === 'scalar' &&
    only.expr.term.value === true &&
    !only.negated
  return empty ? extra : [...body, ...extra]
}

/** References and comprehensions in a term have to be evaluated in the body. */
export function requiresEvaluation(term: Term | undefined): boolean {
  if (term === undefined || term.kind === 'scalar' || term.kind === 'var') return false
  let found = false
  walkTerm(term, {
    term: part => {
      if (part.kind === 'ref' || part.kind === 'comprehension') found = true
      return found
    },
  })
  return found
}

/** What heads and comprehensions yield becomes a plain term: what has to be evaluated moves into the body. */
export function hoist(
  names: Names,
  terms: readonly (Term | undefined)[],
): { readonly terms: readonly (Term | undefined)[]; readonly extra: readonly Literal[] } {
  const extra: Literal[] = []
  const hoisted = terms.map(term => {
    if (term === undefined || !requiresEvaluation(term)) return term
    const name = variable(fresh(names), term.loc)
    extra.push(equation(name, term))
    return name
  })
  return { terms: hoisted, extra }
}
