import { type ErrorCode, joinErrors, RegoError } from '../error.ts'
import type { Body, Dialect, Import, Module, Package, Rule, Term } from './ast.ts'
import {
  advance,
  attempt,
  type Cursor,
  current,
  fail,
  is,
  isAnyKeyword,
  isKeyword,
  locate,
  open,
  unexpected,
  until,
} from './cursor.ts'
import { lex } from './lexer.ts'
import { parseQuery } from './literals.ts'
import { attachAnnotations, parseAnnotations } from './metadata.ts'
import { parseRules, ruleFromBody } from './rules.ts'
import { parsePostfix, parseTerm, parseVar } from './terms.ts'
import { futureKeywords, keywordsV0 } from './tokens.ts'
import { termName } from './walk.ts'

export function parseModule(file: string, text: string, version: 'v0' | 'v1'): Module {
  return guardStack(file, () => {
    const p = open(file, text, version)
    if (is(p, 'eof')) fail('empty module', { file, row: 1, col: 1 })
    const parsed = parseStatements(p, version)
    const { comments } = lex(file, text)
    const blocks = parseAnnotations(comments)
    const dialect =
      version === 'v1' ? 'v1' : parsed.imports.some(isRegoV1) ? ('v0-v1' as const) : 'v0'
    const errors: RegoError[] = [...parsed.errors]
    if (dialect !== 'v0') for (const rule of parsed.rules) errors.push(...checkV1(rule))
    const [first] = errors
    if (first !== undefined) throw new RegoError(first.code, first.reason, first.location, errors)
    const annotations = attachAnnotations(blocks, parsed.package, parsed.rules)
    return { file, dialect, ...parsed, comments, annotations }
  })
}

export interface ParsedQuery {
  readonly body: Body
  readonly imports: readonly Import[]
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

function namesOf(term: Term): readonly string[] {
  const parts = term.kind === 'ref' ? term.path : [term]
  return parts.map((part, i) => {
    if (i === 0 && part.kind === 'var') return part.name
    if (i > 0 && part.kind === 'scalar' && typeof part.value === 'string') return part.value
    return fail(
      `unexpected ${termName(part)} token: expecting ${i === 0 ? 'var' : 'string'}`,
      part.loc,
    )
  })
}

function parseImport(p: Cursor, version: 'v0' | 'v1'): Import {
  const loc = locate(p, advance(p))
  if (!is(p, 'identifier')) unexpected(p)
  const where = locate(p)
  const path = namesOf(parsePostfix(p, parseVar(p)))
  const [root = '', second] = path
  if (root !== 'data' && root !== 'input' && root !== 'future' && root !== 'rego') {
    fail(
      `unexpected import path, must begin with one of: {data, future, input, rego}, got: ${root}`,
      where,
    )
  }
  let alias: string | undefined
  if (isKeyword(p, 'as')) {
    advance(p)
    if (!is(p, 'identifier') || isAnyKeyword(p, current(p))) unexpected(p, 'expected var')
    const word = current(p).text
    if (word === 'input' || word === 'data') {
      const reason = `unexpected import alias, must not be a reserved name, got: ${word}`
      fail(reason, locate(p))
    }
    const name = parseTerm(p)
    if (name.kind !== 'var') return unexpected(p, 'expected var')
    alias = name.name
  } else if (root !== 'future') {
    const last = path.at(-1) ?? ''
    if (isReserved(last, version))
      fail(`unexpected import path, must not end with a keyword, got: ${last}`, where)
  }
  if (is(p, 'minus')) unexpected(p)
  if (root === 'rego') importRego(p, path, alias, where)
  if (root === 'future') importFuture(p, path, second, alias, where)
  return { path, alias, loc: until(p, loc) }
}

function isReserved(name: string, version: 'v0' | 'v1'): boolean {
  return keywordsV0.includes(name) || (version === 'v1' && futureKeywords.includes(name))
}

type Place = ReturnType<typeof locate>

function importRego(
  p: Cursor,
  path: readonly string[],
  alias: string | undefined,
  where: Place,
): void {
  if (path.length !== 2 || path[1] !== 'v1')
    fail(`invalid import \`${path.join('.')}\`, must be \`rego.v1\``, where)
  if (p.dialect() === 'v0' && alias !== undefined) fail('`rego` imports cannot be aliased', where)
  for (const word of futureKeywords) p.keywords.add(word)
  p.terms.clear()
}

function importFuture(
  p: Cursor,
  path: readonly string[],
  second: string | undefined,
  alias: string | undefined,
  where: Place,
): void {
  if (second !== 'keywords') fail('invalid import, must be `future.keywords`', where)
  if (alias !== undefined) fail('`future` imports cannot be aliased', where)
  const [, , word] = path
  if (path.length > 3 || (word !== undefined && !futureKeywords.includes(word)))
    fail(`unexpected keyword, must be one of [${futureKeywords.join(' ')}]`, where)
  for (const keyword of word === undefined ? futureKeywords : [word]) p.keywords.add(keyword)
  if (word === 'every') p.keywords.add('in')
  p.terms.clear()
}

function isRegoV1({ path }: Import): boolean {
  return path.length === 2 && path[0] === 'rego' && path[1] === 'v1'
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
