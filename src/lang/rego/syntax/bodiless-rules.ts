import { type Body, type Head, type Loc, literal, type Rule, scalar, type Term } from './ast.ts'
import { fail } from './cursor.ts'
import { termName } from './walk.ts'

/** A statement without a body, read as a query first: `p`, `p := 1`, `p[x]`, `f(x) := 1`. */
export function ruleFromBody(body: Body): Rule {
  const [only] = body
  if (only === undefined || body.length > 1)
    return fail('multiple expressions cannot be used for rule head', only?.loc ?? noLoc)
  const { expr, loc } = only
  if (only.with.length > 0) fail('expressions using with keyword cannot be used for rule head', loc)
  if (only.negated) fail('negated expressions cannot be used for rule head', loc)
  if (expr.kind === 'some' || expr.kind === 'some-in')
    fail("'some' declarations cannot be used for rule head", loc)
  if (expr.kind === 'every' || expr.kind === 'body')
    return fail('expression cannot be used for rule head', loc)
  if (expr.kind === 'term') return ruleFromTerm(expr.term)
  const [operator] = expr.operator.path
  const name = expr.operator.path.length === 1 && operator?.kind === 'var' ? operator.name : ''
  const [left, right] = expr.args
  if (name === 'eq' || name === 'assign') {
    if (left === undefined || right === undefined)
      return fail('assignment requires two operands', loc)
    return ruleFromEquation(left, right, name === 'assign', loc)
  }
  if (operatorNames.has(name)) fail('rule name conflicts with built-in function', loc)
  if (operator?.kind !== 'var') fail('invalid rule head', loc)
  if (expr.args.length === 0)
    fail('rule argument list must take at least one argument', expr.operator.loc)
  const head = bodiless(expr.operator.path, expr.operator.loc)
  return rule({ ...head, args: expr.args, value: scalar(true, loc) }, loc)
}

const noLoc: Loc = { file: '', row: 1, col: 1, offset: 0, end: 0 }

const operatorNames: ReadonlySet<string> = new Set(
  'plus minus mul div rem and or equal neq lt gt lte gte count'.split(' '),
)

function ruleFromTerm(term: Term): Rule {
  if (term.kind !== 'ref') return fail(`${termName(term)} cannot be used for rule name`, term.loc)
  const [first, second] = term.path
  if (first?.kind !== 'var') return fail('invalid rule head', term.loc)
  if (term.path.length === 1) return fail('refs cannot be used for rule head', term.loc)
  if (term.path.length > 2) {
    const value = scalar(true, term.loc)
    return rule({ ...bodiless(term.path, term.loc), value, generatedValue: true }, term.loc)
  }
  return rule({ ...bodiless([first], term.loc), key: second }, term.loc)
}

function ruleFromEquation(left: Term, right: Term, assign: boolean, loc: Loc): Rule {
  if (left.kind === 'call') {
    if (left.operator.path[0]?.kind !== 'var') return fail('invalid rule head', loc)
    const head = bodiless(left.operator.path, loc)
    return rule({ ...head, args: left.args, value: right, assign }, loc)
  }
  if (left.kind !== 'var' && left.kind !== 'ref')
    return fail(`${termName(left)} cannot be used for rule name`, loc)
  const path = left.kind === 'ref' ? left.path : [left]
  if (path[0]?.kind !== 'var') return fail('invalid rule head', loc)
  return rule({ ...bodiless(path, loc), value: right, assign }, loc)
}

function bodiless(path: readonly Term[], loc: Loc): Head {
  return {
    ref: path,
    args: undefined,
    key: undefined,
    value: undefined,
    assign: false,
    generatedValue: false,
    loc,
  }
}

function rule(head: Head, loc: Loc): Rule {
  return {
    isDefault: false,
    head,
    body: truth(loc),
    generatedBody: true,
    hasIf: false,
    hasContains: false,
    otherwise: undefined,
    loc,
  }
}

export function truth(loc: Loc): Body {
  return [literal({ kind: 'term', term: scalar(true, loc) }, loc)]
}
