import { type ErrorCode, joinErrors, RegoError } from '../error.ts'
import type { Body, Dialect, Import, Module, Package, Rule, Term } from './ast.ts'
import { ruleFromBody } from './bodiless-rules.ts'
import {
  advance,
  attempt,
  type Cursor,
  fail,
  is,
  isKeyword,
  locate,
  open,
  unexpected,
  until,
} from './cursor.ts'
import { isRegoVersion, isReserved, namesOf, parseImport } from './imports.ts'
import { parseQuery } from './literals.ts'
import { attachAnnotations, parseAnnotations } from './metadata.ts'
import { parseRules } from './rules.ts'
import { parsePostfix, parseVar } from './terms.ts'

export function parseModule(file: string, text: string, version: 'v0' | 'v1'): Module {
  return guardStack(file, () => {
    const p = open(file, text, version)
    if (is(p, 'eof')) fail('empty module', { file, row: 1, col: 1 })
    const parsed = parseStatements(p, version)
    const { comments } = p
    const blocks = parseAnnotations(comments)
    const dialect =
      version === 'v1' ? 'v1' : parsed.imports.some(isRegoVersion) ? ('v0-v1' as const) : 'v0'
    const errors: RegoError[] = [...parsed.errors]
    if (dialect !== 'v0') for (const rule of parsed.rules) errors.push(...checkV1(rule))
    const [first] = errors
    if (first !== undefined) throw new RegoError(first.code, first.reason, first.location, errors)
    const annotations = attachAnnotations(blocks, parsed.package, parsed.rules)
    const prints = /\bprint\b/.test(text)
    return { file, dialect, ...parsed, comments, annotations, prints }
  })
}

/** A query: literals on lines of their own or with semicolons between them. */
export function parseQueryText(file: string, text: string, version: 'v0' | 'v1'): Body {
  return guardStack(file, () => {
    const p = open(file, text, version)
    const body: Body[] = []
    while (!is(p, 'eof')) body.push(parseQuery(p, 'eof', true))
    return body.flat()
  })
}

/** One term and nothing else. */
export function parseTermText(file: string, text: string): Term {
  return guardStack(file, () => {
    const p = open(file, text, 'v1')
    const [only, ...more] = parseQuery(p, 'eof', true)
    if (only?.expr.kind !== 'term' || more.length > 0 || only.negated || only.with.length > 0)
      return fail('expected exactly one term', locate(p))
    if (!is(p, 'eof')) unexpected(p)
    return only.expr.term
  })
}

function guardStack<T>(file: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return fail('max recursion depth exceeded', { file, row: 1, col: 1 })
  }
}

interface Statements {
  readonly package: Package
  readonly imports: readonly Import[]
  readonly rules: readonly Rule[]
  readonly errors: readonly RegoError[]
}

function parseStatements(p: Cursor, version: 'v0' | 'v1'): Statements {
  const imports: Import[] = []
  const rules: Rule[] = []
  const errors: RegoError[] = []
  let header: Package | undefined
  const firstLoc = locate(p)
  let count = 0
  while (!is(p, 'eof')) {
    const loc = locate(p)
    const own = parsePackage(p)
    if (own !== undefined) {
      if (count > 0) errors.push(parseError('unexpected package', loc))
      else header = own
    } else if (isKeyword(p, 'import')) {
      const imported = parseImport(p, version)
      imports.push(imported)
    } else {
      const parsed = parseRuleOrQuery(p)
      if (parsed instanceof RegoError) errors.push(parsed)
      else rules.push(...parsed)
    }
    count++
  }
  if (header === undefined) throw joinErrors([parseError('package expected', firstLoc), ...errors])
  return { package: header, imports, rules, errors }
}

function parseRuleOrQuery(p: Cursor): readonly Rule[] | RegoError {
  const { at, wildcards } = p
  const rules = parseRules(p)
  if (rules !== undefined) return rules
  p.at = at
  p.wildcards = wildcards
  const body = parseQuery(p, 'eof', true)
  const rule = attempt(p, () => ruleFromBody(body))
  return rule instanceof RegoError ? rule : [rule]
}

function parseError(
  reason: string,
  loc: { readonly file: string; readonly row: number; readonly col: number },
  code: ErrorCode = 'rego_parse_error',
): RegoError {
  return new RegoError(code, reason, loc)
}

function parsePackage(p: Cursor): Package | undefined {
  if (!isKeyword(p, 'package')) return undefined
  const loc = locate(p, advance(p))
  if (!is(p, 'identifier')) unexpected(p)
  const term = parsePostfix(p, parseVar(p))
  if (is(p, 'minus')) unexpected(p)
  return { path: namesOf(term), loc: until(p, loc) }
}

/** What v1 asks of a rule beyond what the grammar does. */
function checkV1(rule: Rule): readonly RegoError[] {
  const errors: RegoError[] = []
  for (let r: Rule | undefined = rule; r !== undefined; r = r.otherwise) {
    const kind = r.head.args === undefined ? 'rule' : 'function'
    const [first] = r.head.ref
    const name = first?.kind === 'var' ? first.name : ''
    if (r.head.ref.length < 2 && isReserved(name, 'v1'))
      errors.push(parseError(`${name} keyword cannot be used for rule name`, r.loc))
    if (r.generatedBody && r.head.generatedValue)
      errors.push(parseError(`${kind} must have value assignment and/or body declaration`, r.loc))
    if (!r.generatedBody && !r.hasIf && !r.isDefault)
      errors.push(parseError(`\`if\` keyword is required before ${kind} body`, r.loc))
    if (r.head.key !== undefined && r.head.value === undefined && !r.hasContains)
      errors.push(parseError('`contains` keyword is required for partial set rules', r.loc))
  }
  return errors
}

export type { Dialect }
