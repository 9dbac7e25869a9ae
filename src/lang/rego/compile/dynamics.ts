import type { Body, Expr, Literal, Pair, Rule, Term } from '../syntax/ast.ts'
import { named, variable } from '../syntax/ast.ts'
import { mapChain } from '../syntax/map.ts'
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
  return [...extra, { ...literal, expr }]
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
        ? { ...expr, args: expr.args.map(arg => keepTop(names, arg, bind)) }
        : { ...expr, args: expr.args.map(arg => bindAll(names, arg, bind)) }
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
  return { ...term, path: [head, ...rest.map(part => bindAll(names, part, bind))] }
}

function bindAll(names: Names, term: Term, bind: Bind): Term {
  const again = (part: Term): Term => bindAll(names, part, bind)
  switch (term.kind) {
    case 'ref':
      return bind(bindPath(names, term, bind))
    case 'comprehension':
      return bind({ ...term, body: bindBody(names, term.body) })
    case 'array':
    case 'set':
      return { ...term, items: term.items.map(again) }
    case 'object':
      return { ...term, entries: term.entries.map(([k, v]): Pair => [again(k), again(v)]) }
    default:
      return term
  }
}
