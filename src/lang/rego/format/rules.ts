import type { Body, Head, Module, Rule, Term } from '../syntax/ast.ts'
import { closing, writeBodyBlock, writeLiteral } from './bodies.ts'
import { writeList } from './lists.ts'
import { sliceOf, writeArgument, writeRef, writeTerm } from './terms.ts'
import type { Writer } from './writer.ts'

/** What of a module changes how its rules are written. */
export interface Style {
  readonly isV1: boolean
  readonly ifs: boolean
  readonly contains: boolean
  /** Some name needs more than one step, so that all are written as references. */
  readonly refHeads: boolean
}

export function styleOf({ dialect, imports, rules }: Module): Style {
  const isV1 = dialect !== 'v0'
  const has = (name: string): boolean =>
    imports.some(({ path }) => path[0] === 'future' && (path.length === 2 || path[2] === name))
  const refHeads = rules.some(
    ({ head, hasContains }) => head.ref.length > 2 || (head.ref.length === 2 && hasContains),
  )
  return { isV1, ifs: isV1 || has('if'), contains: isV1 || has('contains'), refHeads }
}

export function writeRules(w: Writer, rules: readonly Rule[], style: Style): void {
  for (const [at, rule] of rules.entries()) {
    const previous = rules[at - 1]
    if (previous !== undefined && !isGrouped(w, previous, rule, style)) w.blank()
    const written = w.before(rule.loc.row)
    if (written !== undefined && rule.loc.row - written > 1) w.blank()
    writeRule(w, rule, style, false)
    w.end(endRowOf(w, rule, style))
  }
}

/** Up to where comments belong to a rule; undefined where its last brace is none for opa. */
function endRowOf(w: Writer, rule: Rule, style: Style): number | undefined {
  if (rule.otherwise !== undefined) return endRowOf(w, rule.otherwise, style)
  const row = w.endRow(rule.loc)
  if (isBodiless(rule) || isInline(w, rule, style)) return row
  return closeRowOf(w, rule) === row ? row : undefined
}

/** Rules on neighbouring rows stay together where each has one condition at most. */
function isGrouped(w: Writer, a: Rule, b: Rule, style: Style): boolean {
  const isNext = b.loc.row === a.loc.row + 1 && w.endRow(a.loc) === a.loc.row
  return isNext && isGroupable(a, style) && isGroupable(b, style)
}

function isGroupable(rule: Rule, style: Style): boolean {
  const { body, head, isDefault, otherwise } = rule
  if (body.length > 1 || isDefault || otherwise !== undefined) return false
  return !isSetBody(rule) && style.ifs && (style.contains || head.key === undefined)
}

function writeRule(w: Writer, rule: Rule, style: Style, isElse: boolean): void {
  if (rule.isDefault) w.write('default ')
  writeHead(w, rule, style, isElse)
  if (isBodiless(rule)) {
    writeElse(w, rule, style, true)
    return
  }
  if (usesIf(rule, style)) w.write(' if')
  if (isInline(w, rule, style)) {
    w.write(' ')
    const [literal] = rule.body
    if (literal !== undefined) writeLiteral(w, literal)
    writeElse(w, rule, style, true)
    return
  }
  w.write(' {')
  const span = bodySpan(w, rule)
  const closeRow = closeRowOf(w, rule)
  writeBodyBlock(w, rule.body, span, w.rowOf(span.offset), closeRow)
  w.write('}')
  writeElse(w, rule, style, false)
}

/**
 * Where opa takes the body to end, which says what becomes of the last comments: at the brace that closes the first one
 * behind the name's brackets, wherever that is. Before all rows where there is none.
 */
function closeRowOf(w: Writer, { head, loc }: Rule): number {
  const text = w.source.slice(loc.offset, loc.end)
  const hasArgs = head.args !== undefined && head.args.length > 0
  const pair = hasArgs ? '()' : head.key === undefined ? undefined : '[]'
  const from = pair === undefined ? 0 : closingBracket(text, pair, 0)
  const close = from === undefined ? undefined : closingBracket(text, '{}', from)
  return close === undefined ? 0 : w.rowOf(loc.offset + close)
}

function closingBracket(text: string, [open, close]: string, from: number): number | undefined {
  let at = text.indexOf(open ?? '', from)
  for (let depth = at < 0 ? 0 : 1; depth > 0; ) {
    at++
    if (at >= text.length) return undefined
    if (text[at] === open) depth++
    else if (text[at] === close) depth--
  }
  return at < 0 ? undefined : at
}

/** From brace to brace, or from `if` on. */
function bodySpan(w: Writer, { body, loc, head }: Rule) {
  const first = body[0]?.loc ?? loc
  const last = body.at(-1)?.loc ?? loc
  const open = w.source.lastIndexOf('{', first.offset - 1)
  const offset = open < head.loc.offset ? first.offset : open
  return { ...loc, row: w.rowOf(offset), offset, end: closing(w, last.end) + 1 }
}

/** A body of nothing but `true` says nothing. */
function isBodiless(rule: Rule): boolean {
  return rule.generatedBody || (isTrue(rule.body) && rule.otherwise === undefined)
}

function isTrue(body: Body): boolean {
  const [only, ...more] = body
  return (
    only !== undefined &&
    more.length === 0 &&
    !only.negated &&
    only.with.length === 0 &&
    only.expr.kind === 'term' &&
    isTrueTerm(only.expr.term)
  )
}

function isTrueTerm(term: Term | undefined): boolean {
  return term?.kind === 'scalar' && term.value === true
}

/** A head without a value has `true`, at the place of something else. */
function isMadeTruth(w: Writer, value: Term): boolean {
  return isTrueTerm(value) && sliceOf(w, value.loc) !== 'true'
}

/** With `if`, what is a set in old Rego would become an object. */
function usesIf({ head, hasContains }: Rule, { ifs, contains }: Style): boolean {
  return ifs && (head.key === undefined || contains || hasContains)
}

function isInline(w: Writer, rule: Rule, style: Style): boolean {
  const [only, ...more] = rule.body
  if (!usesIf(rule, style) || only === undefined || more.length > 0) return false
  return !isSetBody(rule) && only.loc.row === w.endRow(rule.head.loc)
}

/** Without braces around it, a set would be a body. */
function isSetBody({ body: [only, ...more] }: Rule): boolean {
  if (only === undefined || more.length > 0 || only.negated) return false
  return only.expr.kind === 'term' && only.expr.term.kind === 'set'
}

function writeHead(w: Writer, rule: Rule, style: Style, isElse: boolean): void {
  const { head } = rule
  if (isElse) w.write('else')
  else {
    writeName(w, head, rule, style)
    if (head.args !== undefined && head.args.length > 0) writeArguments(w, head, head.args)
    if (head.key !== undefined) {
      if (style.contains || rule.hasContains) {
        w.write(' contains ')
        writeTerm(w, head.key)
      } else {
        w.write('[')
        writeKey(w, head.key)
        w.write(']')
      }
    }
  }
  if (head.value === undefined) return
  const isMade = head.generatedValue || isMadeTruth(w, head.value)
  const isImplied = isMade && (rule.generatedBody || !isBodiless(rule))
  if (isImplied || (!isBodiless(rule) && isTrueTerm(head.value))) return
  w.write(style.isV1 || head.assign ? ' := ' : ' = ')
  if (isMade) w.write('true')
  else writeTerm(w, head.value)
}

function writeName(w: Writer, head: Head, _rule: Rule, style: Style): void {
  const [first, second] = head.ref
  if (style.refHeads || head.ref.length !== 2 || first === undefined || second === undefined) {
    writeRef(w, head.ref)
    return
  }
  writeTerm(w, first)
  w.write('[')
  writeKey(w, second)
  w.write(']')
}

/** A name after a dot goes into brackets as text. */
function writeKey(w: Writer, key: Term): void {
  if (key.kind === 'scalar' && typeof key.value === 'string') w.write(JSON.stringify(key.value))
  else writeTerm(w, key)
}

function writeArguments(w: Writer, head: Head, args: readonly Term[]): void {
  const name = head.ref.at(-1)
  const from = name?.loc.end ?? head.loc.offset
  const last = args.at(-1)
  const end = w.source.indexOf(')', last?.loc.end ?? from)
  writeList(
    w,
    '(',
    args.map(arg => arg.loc),
    at => {
      const arg = args[at]
      if (arg !== undefined) writeArgument(w, arg)
    },
    ')',
    { ...head.loc, row: w.rowOf(from), offset: from, end: end + 1 },
  )
}

function writeElse(w: Writer, rule: Rule, style: Style, isAlone: boolean): void {
  const { otherwise } = rule
  if (otherwise === undefined) return
  const span = bodySpan(w, rule)
  const closeRow = isAlone ? w.endRow(rule.body.at(-1)?.loc ?? rule.head.loc) : w.endRow(span)
  const comment = w.peek()
  if (!isAlone && isBehind(w, rule, otherwise) && !w.isLeft(closeRow)) w.write(' ')
  else {
    w.end(closeRow)
    w.blank()
    const written = comment && w.before(otherwise.loc.row)
    if (written !== undefined && otherwise.loc.row - written > 1) w.blank()
  }
  writeRule(w, otherwise, style, true)
}

/** `} else`, with the brace on a row of its own. */
function isBehind(w: Writer, { loc }: Rule, otherwise: Rule): boolean {
  const { row, offset } = otherwise.loc
  const before = w.source.slice(w.source.lastIndexOf('\n', offset - 1) + 1, offset)
  return row > loc.row && before.trim() !== ''
}
