import type { Body, Expr, Literal, Pair, Rule, Term } from '../syntax/ast.ts'
import { named, variable } from '../syntax/ast.ts'
import { mapAll, mapChain, mapExpr, mapParts } from '../syntax/map.ts'
import { equation } from './heads.ts'
import { fresh, type Names } from './names.ts'
import { isOperator } from './resolve.ts'
import type { Compilation } from './unit.ts'

/**
 * References and comprehensions within other terms are bound to variables first, even those of a negated literal:
 * `not f(input.x)` fails, as in OPA, where `input.x` is undefined.
 */
export function bindDynamics({ units, names }: Compilation): void {
  for (const unit of units)
    unit.rule = mapChain(unit.rule, (rule: Rule) => ({ ...rule, body: bindBody(names, rule.body) }))
}

function bindBody(names: Names, body: Body): Body {
  return body.flatMap(literal => bindLiteral(names, literal))
}

function bindLiteral(names: Names, literal: Literal): readonly Literal[] {
  const extra: Literal[] = []
  const bind = (term: Term): Term => {
    const name = variable(fresh(names), term.loc)
    extra.push({ ...equation(name, term), with: literal.with })
    return name
  }
  const expr = bindExpr(names, asEquation(literal.expr), bind)
  extra.push(expr === literal.expr ? literal : { ...literal, expr })
  return extra
}

/** Once all variables are known to be bound, `==` is `=`: it is the type checker that minds. */
function asEquation(expr: Expr): Expr {
  if (expr.kind !== 'call' || !isOperator(expr, 'equal') || expr.args.length !== 2) return expr
  return { ...expr, operator: named(['eq'], expr.operator.loc) }
}

type Bind = (term: Term) => Term

function bindExpr(names: Names, expr: Expr, bind: Bind): Expr {
  switch (expr.kind) {
    case 'term':
      return { kind: 'term', term: keepTop(names, expr.term, bind) }
    case 'call':
      return isOperator(expr, 'eq')
        ? mapExpr(expr, arg => keepTop(names, arg, bind))
        : mapExpr(expr, arg => bindAll(names, arg, bind))
    case 'every':
      return {
        ...expr,
        domain: bindAll(names, expr.domain, bind),
        body: bindBody(names, expr.body),
      }
    case 'body':
      return { ...expr, body: bindBody(names, expr.body) }
    default:
      return expr
  }
}

/** The term itself may be dynamic; its parts may not. */
function keepTop(names: Names, term: Term, bind: Bind): Term {
  if (term.kind === 'comprehension') return { ...term, body: bindBody(names, term.body) }
  if (term.kind === 'ref') return bindPath(names, term, bind)
  return bindAll(names, term, bind)
}

function bindPath(names: Names, term: Extract<Term, { kind: 'ref' }>, bind: Bind): Term {
  const [head, ...rest] = term.path
  if (head === undefined) return term
  const bound = mapAll(rest, part => bindAll(names, part, bind))
  return bound === rest ? term : { ...term, path: [head, ...bound] }
}

function bindAll(names: Names, term: Term, bind: Bind): Term {
  if (term.kind === 'scalar' || term.kind === 'var') return term
  const again = (part: Term): Term => bindAll(names, part, bind)
  switch (term.kind) {
    case 'ref':
      return bind(bindPath(names, term, bind))
    case 'comprehension':
      return bind({ ...term, body: bindBody(names, term.body) })
    case 'array':
    case 'set':
      return mapParts(term, again)
    case 'object':
      return { ...term, entries: term.entries.map(([k, v]): Pair => [again(k), again(v)]) }
    default:
      return term
  }
}
