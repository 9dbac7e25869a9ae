import { RegoError } from '../error.ts'
import {
  type Body,
  type Head,
  isWildcard,
  type Loc,
  type Rule,
  scalar,
  type Term,
  variable,
} from './ast.ts'
import { truth } from './bodiless-rules.ts'
import {
  advance,
  attempt,
  type Cursor,
  current,
  fail,
  is,
  isAnyKeyword,
  isKeyword,
  isKeywordRef,
  locate,
  peek,
  refuse,
  unexpected,
  until,
} from './cursor.ts'
import { parseInfix } from './infix.ts'
import { parseBody, parseLiteral } from './literals.ts'
import { hasLogic } from './logic.ts'
import { parsePostfix, parseVar } from './terms.ts'
import { termName, variablesOf } from './walk.ts'

/** A rule with a body, a `contains` or a `default`; undefined where the text is no such rule. */
export function parseRules(p: Cursor): readonly Rule[] | undefined {
  const loc = locate(p)
  if (isKeyword(p, 'default')) {
    advance(p)
    return [parseDefault(p, loc)]
  }
  if (!beginsHead(p)) return undefined
  const parsed = parseHead(p)
  if (parsed === undefined) return undefined
  const hasIf = isKeyword(p, 'if')
  const head = parsed.hasContains ? parsed.head : classify(parsed.head, hasIf)
  const base = { isDefault: false, hasIf, hasContains: parsed.hasContains, generatedBody: false }
  if (!hasIf && !is(p, '{')) {
    if (!parsed.hasContains) return undefined
    const body = truth(loc)
    return [{ ...base, head, body, generatedBody: true, otherwise: undefined, loc: head.loc }]
  }
  const body = hasIf ? parseIfBody(p) : parseBraced(p)
  const otherwise = parseElses(p, head)
  const rule: Rule = { ...base, head, body, otherwise, loc: until(p, loc) }
  return [rule, ...parseChained(p, rule)]
}

function beginsHead(p: Cursor): boolean {
  return is(p, 'identifier') && (!isAnyKeyword(p, current(p)) || isKeywordRef(p))
}

function parseDefault(p: Cursor, loc: Loc): Rule {
  if (!beginsHead(p)) unexpected(p)
  const head = parseHead(p, true)?.head
  const whole = until(p, loc)
  if (head?.value === undefined || head.generatedValue)
    return fail('illegal default rule (must have a value)', loc)
  checkDefaultValue(head.value, loc)
  checkDefaultArgs(p, head.args ?? [], loc)
  return {
    isDefault: true,
    head,
    body: truth(loc),
    generatedBody: true,
    hasIf: false,
    hasContains: false,
    otherwise: undefined,
    loc: whole,
  }
}

function checkDefaultValue(term: Term, loc: Loc): void {
  if (term.kind === 'ref' || term.kind === 'var' || term.kind === 'call')
    fail(`illegal default rule (value cannot contain ${term.kind})`, loc)
  if (term.kind === 'array' || term.kind === 'set')
    for (const item of term.items) checkDefaultValue(item, loc)
  if (term.kind !== 'object') return
  for (const pair of term.entries) for (const part of pair) checkDefaultValue(part, loc)
}

function checkDefaultArgs(p: Cursor, args: readonly Term[], loc: Loc): void {
  const seen = new Set<string>()
  for (const arg of args) {
    // Early versions of OPA let constants pass.
    if (arg.kind === 'scalar' && p.dialect() === 'v0') continue
    if (arg.kind !== 'var')
      throw refuse(`illegal default rule (arguments cannot contain ${termName(arg)})`, loc)
    if (seen.has(arg.name))
      fail(`illegal default rule (arguments cannot be repeated ${arg.name})`, loc)
    seen.add(arg.name)
  }
}

function parseHead(
  p: Cursor,
  isDefault = false,
): { readonly head: Head; readonly hasContains: boolean } | undefined {
  const loc = locate(p)
  const term = parsePostfix(p, parseVar(p), true)
  const called = term.kind === 'call'
  const target = called ? term.operator : term
  const path = target.kind === 'ref' ? target.path : [target]
  if (path[0]?.kind !== 'var') return undefined
  const base = {
    ref: path,
    args: called ? term.args : undefined,
    key: undefined,
    value: undefined,
    assign: false,
    generatedValue: false,
    loc,
  }
  const name = (): string => path.map(part => (part.kind === 'var' ? part.name : '…')).join('.')
  if (isKeyword(p, 'contains')) {
    const example = (): string => `(e.g., ${name()} contains <VALUE> { ... })`
    if (called)
      unexpected(
        p,
        `the contains keyword can only be used with multi-value rule definitions ${example()}`,
      )
    advance(p)
    if (!beginsValue(p)) unexpected(p, `expected rule key term ${example()}`)
    return { head: { ...base, key: parseInfix(p), loc: until(p, loc) }, hasContains: true }
  }
  if (is(p, 'eq') || is(p, 'assign')) {
    const assign = advance(p).kind === 'assign'
    if (!beginsValue(p)) unexpected(p, missingValue(name(), called, isDefault))
    const value = parseInfix(p)
    return { head: { ...base, value, assign, loc: until(p, loc) }, hasContains: false }
  }
  if (path.length === 2 && !called) return { head: base, hasContains: false }
  const value = scalar(true, loc)
  return { head: { ...base, value, generatedValue: true, loc: until(p, loc) }, hasContains: false }
}

function beginsValue(p: Cursor): boolean {
  const { kind } = current(p)
  return kind !== 'eof' && kind !== '}' && kind !== ')' && kind !== ']'
}

function missingValue(name: string, called: boolean, isDefault: boolean): string {
  if (called) return `expected function value term (e.g., ${name}(...) := <VALUE> { ... })`
  return isDefault
    ? `expected default rule value term (e.g., default ${name} := <VALUE>)`
    : `expected rule value term (e.g., ${name} := <VALUE> { ... })`
}

/**
 * `p[x] { … }` is a partial set, `p[x] if …` an object with the value true. A name of two parts without value or
 * arguments is the only form that asks.
 */
function classify(head: Head, hasIf: boolean): Head {
  if (head.ref.length !== 2 || head.args !== undefined) return head
  if (hasIf) {
    return head.value === undefined
      ? { ...head, value: scalar(true, head.loc), generatedValue: true }
      : head
  }
  if (head.value !== undefined) return head
  return { ...head, key: head.ref[1], ref: head.ref.slice(0, 1) }
}

function parseIfBody(p: Cursor): Body {
  advance(p)
  if (!is(p, '{')) return [parseLiteral(p)]
  if (beginsStatement(p)) return parseBraced(p)
  const { at, wildcards } = p
  const single = attempt(p, () => parseLiteral(p))
  // A set is never false, so `if { x }` is a body and not a set.
  const isSet =
    !(single instanceof RegoError) && single.expr.kind === 'term' && single.expr.term.kind === 'set'
  if (!(single instanceof RegoError) && !isSet) return [single]
  p.at = at
  p.wildcards = wildcards
  return parseBraced(p)
}

/** A keyword after the brace, or a name that gets a value: no set and no object begins so. */
function beginsStatement(p: Cursor): boolean {
  if (hasLogic(p)) return false
  const first = peek(p)
  if (first.kind !== 'identifier') return false
  if (statementWords.has(first.text)) return p.keywords.has(first.text)
  const { kind } = peek(p, 2)
  return kind === 'assign' || kind === 'eq'
}

const statementWords: ReadonlySet<string> = new Set(['some', 'every', 'not'])

function parseBraced(p: Cursor): Body {
  advance(p)
  const body = parseBody(p, '}')
  advance(p)
  return body
}

function parseElses(p: Cursor, head: Head): Rule | undefined {
  if (!isKeyword(p, 'else')) return undefined
  if (head.ref.length > 1 && head.ref.slice(1).some(part => variablesOf(part).size > 0))
    fail('else keyword cannot be used on rules with variables in head', locate(p))
  if (head.key !== undefined) fail('else keyword cannot be used on multi-value rules', locate(p))
  return parseElse(p, head)
}

function parseElse(p: Cursor, head: Head): Rule {
  const loc = locate(p, advance(p))
  const args = head.args?.map(arg => refresh(p, arg))
  let value: Term = scalar(true, loc)
  let assign = false
  const generatedValue = is(p, '{') || isKeyword(p, 'if')
  if (!generatedValue) {
    if (!is(p, 'assign') && !is(p, 'eq')) unexpected(p, 'expected else value term or rule body')
    assign = advance(p).kind === 'assign'
    value = parseInfix(p)
  }
  const own: Head = { ...head, args, value, assign, generatedValue, loc: until(p, loc) }
  const hasIf = isKeyword(p, 'if')
  const generatedBody = !hasIf && !is(p, '{')
  const body = generatedBody ? truth(loc) : parseElseBody(p, hasIf)
  const otherwise = isKeyword(p, 'else') && !generatedBody ? parseElse(p, head) : undefined
  return {
    isDefault: false,
    head: own,
    body,
    generatedBody,
    hasIf,
    hasContains: false,
    otherwise,
    loc: until(p, loc),
  }
}

function parseElseBody(p: Cursor, hasIf: boolean): Body {
  if (hasIf) advance(p)
  if (is(p, '{')) return parseBraced(p)
  if (is(p, 'eof')) unexpected(p, 'rule body expected')
  return [parseLiteral(p)]
}

/** `p { … } { … }`: further bodies under the same head. */
function parseChained(p: Cursor, rule: Rule): readonly Rule[] {
  const rules: Rule[] = []
  while (is(p, '{')) {
    if (rule.otherwise !== undefined) fail('expected else keyword', locate(p))
    const loc = locate(p)
    const args = rule.head.args?.map(arg => refresh(p, arg))
    const body = parseBraced(p)
    const head = { ...rule.head, args, loc }
    rules.push({ ...rule, head, body, otherwise: undefined, loc: until(p, loc) })
  }
  return rules
}

/** A wildcard of the head stands for another variable in each body. */
function refresh(p: Cursor, arg: Term): Term {
  return arg.kind === 'var' && isWildcard(arg.name) ? variable(`$${p.wildcards++}`, arg.loc) : arg
}
