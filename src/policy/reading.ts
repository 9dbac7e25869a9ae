import type { Module } from '../lang/rego/index.ts'
import type { Body, Literal, RefTerm, Rule, Term } from '../lang/rego/syntax/ast.ts'
import { walkBody, walkExpr, walkLiteral } from '../lang/rego/syntax/walk.ts'
import { isKnownType } from '../vocabulary/load.ts'
import { walkRule } from './walk-rule.ts'

/** What a definition of a rule itself reads. */
export interface Reading {
  /** Names below `input`. */
  readonly roots: ReadonlySet<string>
  /** `input.resource.<type>` */
  readonly types: ReadonlySet<string>
  /** Known types that it names as texts. */
  readonly constants: ReadonlySet<string>
  /** `input.resource[type]`, or a call of the library with a type. */
  readonly isDynamic: boolean
  /** It goes over resources of whatever type. */
  readonly isOpen: boolean
  /** A type is named to be left out. */
  readonly hasNegative: boolean
  /** Below `data`: the rules and documents that it names. */
  readonly paths: readonly (readonly string[])[]
}

export function directReads(module: Module, rule: Rule): Reading {
  const names = namesIn(module)
  const roots = new Set<string>()
  const types = new Set<string>()
  const constants = new Set<string>()
  const paths: (readonly string[])[] = []
  const heads = new Set<Term>()
  let isDynamic = false
  let isOpen = false
  const see = (term: Term): undefined => {
    if (term.kind === 'scalar' && typeof term.value === 'string' && isKnownType(term.value))
      constants.add(term.value)
    if (term.kind === 'ref' && term.path[0]) heads.add(term.path[0])
    const path = heads.has(term) ? null : pathOf(term, names)
    if (path === null) return
    const [root, first, second] = path
    if (root === 'data') paths.push(path.slice(1))
    if (root === 'data' && first === 'batten' && takesType.has(second ?? '')) isDynamic = true
    if (root !== 'input') return
    if (first !== undefined) roots.add(first)
    if (first === undefined) isOpen = true
    else if (first === 'resource' && second === undefined) isDynamic = true
    else if (first === 'resource' && second !== undefined) types.add(second)
  }
  walkRule(rule, see)
  for (const body of bodiesIn(rule)) if (loops(body, names) > comparisons(body)) isOpen = true
  return {
    roots,
    types,
    constants,
    isDynamic,
    isOpen,
    hasNegative: hasNegative(rule),
    paths,
  }
}

/** Functions of `data.batten` that are told of which type. */
const takesType = new Set(['all', 'resources'])

type Names = ReadonlyMap<string, readonly string[]>

/** What a name stands for: an import, or a rule of the package. */
function namesIn({ imports, rules, package: { path } }: Module): Names {
  const names = new Map<string, readonly string[]>([
    ['input', ['input']],
    ['data', ['data']],
  ])
  for (const { head } of rules) {
    const [first] = head.ref
    if (first?.kind === 'var') names.set(first.name, ['data', ...path, first.name])
  }
  for (const { alias, path: target } of imports) names.set(alias ?? target.at(-1) ?? '', target)
  return names
}

/** A reference from `input` or `data` on, as far as its steps are constant. */
function pathOf(term: Term, names: Names): readonly string[] | null {
  const [head, ...rest] = term.kind === 'ref' ? term.path : [term]
  const start = head?.kind === 'var' ? names.get(head.name) : undefined
  if (start === undefined) return null
  const steps = [...start]
  for (const step of rest) {
    if (step.kind !== 'scalar') break
    steps.push(String(step.value))
  }
  return steps
}

function bodiesIn(rule: Rule): readonly Body[] {
  const bodies: Body[] = []
  for (let each: Rule | undefined = rule; each !== undefined; each = each.otherwise)
    walkBody(each.body, { body: body => bodies.push(body) })
  return bodies
}

/** How often a body itself goes over `input.resources`. */
function loops(body: Body, names: Names): number {
  let count = 0
  const heads = new Set<Term>()
  const see = (term: Term): undefined => {
    if (term.kind === 'ref' && term.path[0]) heads.add(term.path[0])
    const path = heads.has(term) ? null : pathOf(term, names)
    if (path?.[0] === 'input' && path[1] === 'resources') count++
  }
  for (const literal of body) walkExpr(literal.expr, { closures: false, term: see })
  return count
}

/** How many of them it keeps to types that it names: `resource.type == "aws_s3_bucket"`, `resource.type in {…}`. */
function comparisons(body: Body): number {
  return body.filter(({ negated, expr }) => {
    if (negated || expr.kind !== 'call' || !isEquation(expr.operator)) return false
    const isType = expr.args.some(
      arg => arg.kind === 'ref' && isScalar(arg.path.at(-1), 'type') && arg.path.length > 1,
    )
    return isType && expr.args.some(isTypes)
  }).length
}

function isEquation({ path }: RefTerm): boolean {
  const name = path
    .map(step => (step.kind === 'var' ? step.name : step.kind === 'scalar' ? step.value : ''))
    .join('.')
  return ['equal', 'eq', 'internal.member_2'].includes(name)
}

function isTypes(term: Term): boolean {
  if (term.kind === 'scalar') return typeof term.value === 'string'
  return (term.kind === 'set' || term.kind === 'array') && term.items.every(isTypes)
}

function isScalar(term: Term | undefined, value: string): boolean {
  return term?.kind === 'scalar' && term.value === value
}

/** `type != "aws_iam_role"`, `not type in {…}`. */
function hasNegative(rule: Rule): boolean {
  return bodiesIn(rule).some(body =>
    body.some(literal => (literal.negated || isInequality(literal)) && namesType(literal)),
  )
}

function isInequality({ expr }: Literal): boolean {
  if (expr.kind !== 'call') return false
  const [head] = expr.operator.path
  return head?.kind === 'var' && head.name === 'neq'
}

function namesType(literal: Literal): boolean {
  let found = false
  const see = (term: Term): undefined => {
    if (term.kind === 'scalar' && typeof term.value === 'string' && isKnownType(term.value))
      found = true
  }
  walkLiteral(literal, { term: see })
  return found
}
