import { RegoError } from '../error.ts'
import { parseNumber } from '../value/big.ts'
import { type Loc, named, type Pair, ref, scalar, type Term, variable } from './ast.ts'
import {
  advance,
  attempt,
  type Cursor,
  current,
  deeper,
  fail,
  is,
  isAnyKeyword,
  isKeywordRef,
  locate,
  peek,
  unexpected,
  until,
} from './cursor.ts'
import { parseInfix, parseListItem, parseListItemFrom } from './infix.ts'
import { parseBody, parseTemplateExpr } from './literals.ts'
import { isCall } from './logic.ts'

/** A term without operators: a scalar, a variable, a reference, a call or a composite. */
export function parseTerm(p: Cursor): Term {
  const start = p.at
  if (start === p.keywordAt) return deeper(p, parseReference)
  const seen = p.terms.get(start)
  if (seen !== undefined) {
    p.at = seen.at
    p.wildcards = seen.wildcards
    if (seen.term instanceof RegoError) throw seen.term
    return seen.term as Term
  }
  try {
    const term = deeper(p, parseReference)
    p.terms.set(start, { term, at: p.at, wildcards: p.wildcards })
    return term
  } catch (error) {
    if (error instanceof RegoError)
      p.terms.set(start, { term: error, at: p.at, wildcards: p.wildcards })
    throw error
  }
}

function parseReference(p: Cursor): Term {
  return parsePostfix(p, parsePrimary(p))
}

function parsePrimary(p: Cursor): Term {
  const token = current(p)
  switch (token.kind) {
    case 'minus':
      return peek(p).kind === 'identifier' ? parseNegation(p) : parseNumeral(p)
    case 'number':
    case '.':
      return parseNumeral(p)
    case 'string':
      advance(p)
      return scalar(token.text, locate(p, token))
    case 'template-string-part':
    case 'template-string-end':
      return parseTemplate(p)
    case '[':
      return parseArray(p)
    case '{':
      return parseBraces(p)
    case '(':
      return parseParens(p)
    case 'identifier':
      return parseWord(p)
    default:
      return unexpected(p)
  }
}

function parseWord(p: Cursor): Term {
  const token = current(p)
  const loc = locate(p, token)
  if (p.at === p.keywordAt && isKeywordRef(p)) return parseVar(p)
  if (token.text === 'null' || token.text === 'true' || token.text === 'false') {
    advance(p)
    return scalar(token.text === 'null' ? null : token.text === 'true', loc)
  }
  const isFunction = (token.text === 'and' || token.text === 'or') && isCall(p)
  if (isAnyKeyword(p, token) && token.text !== 'contains' && !isFunction) unexpected(p)
  return parseVar(p)
}

/** Any name, keyword or not; each `_` is a variable of its own. */
export function parseVar(p: Cursor): Term {
  const token = advance(p)
  return variable(token.text === '_' ? `$${p.wildcards++}` : token.text, locate(p, token))
}

/** `-x.y` is `0 - x.y`. */
function parseNegation(p: Cursor): Term {
  const loc = locate(p, advance(p))
  const zero = scalar(0, loc)
  const operand = parsePostfix(p, parseWord(p))
  return {
    kind: 'call',
    operator: named(['minus'], loc),
    args: [zero, operand],
    loc: until(p, loc),
  }
}

function parseNumeral(p: Cursor): Term {
  const first = current(p)
  let prefix = ''
  if (is(p, 'minus')) {
    prefix = '-'
    advance(p)
    if (!is(p, 'number') && !is(p, '.')) unexpected(p, 'expected number')
  }
  if (is(p, '.')) {
    prefix += '0.'
    advance(p)
    if (!is(p, 'number')) unexpected(p, 'expected number')
  } else if (/^0\d/.test(current(p).text)) {
    unexpected(p, 'expected number without leading zero')
  }
  const value = parseNumber(prefix + current(p).text)
  if (value === undefined) fail('number too big', locate(p))
  advance(p)
  return scalar(value, until(p, locate(p, first)))
}

/** Members, indexes and calls that follow without white space. */
export function parsePostfix(p: Cursor, head: Term, spaced = false): Term {
  let term = head
  let path: Term[] = [head]
  let space = spaced
  for (;;) {
    const token = current(p)
    const follows = token.kind === '.' || token.kind === '[' || token.kind === '('
    if (!follows || (token.space && !space)) break
    space = false
    if (head.kind === 'scalar' || head.kind === 'template')
      fail(`illegal ref (head cannot be ${scalarName(head)})`, head.loc)
    if (token.kind === '(') {
      term = parseCall(p, path, head.loc)
      path = [term]
      if (term.kind !== 'call') return term
      continue
    }
    path.push(token.kind === '.' ? parseMember(p) : parseIndex(p))
    term = ref(path, until(p, head.loc))
  }
  const isRoot = term.kind === 'var' && (term.name === 'input' || term.name === 'data')
  return isRoot ? ref([term], term.loc) : term
}

function scalarName(term: Term): string {
  if (term.kind !== 'scalar') return 'templatestring'
  if (term.value === null) return 'null'
  return typeof term.value === 'object' ? 'number' : typeof term.value
}

function parseMember(p: Cursor): Term {
  const dot = advance(p)
  const token = current(p)
  if (token.space) {
    const atEnd = p.text[dot.end] === '\n'
    const place = atEnd ? { row: dot.row + 1, col: 0 } : { col: dot.col + 1 }
    fail('unexpected whitespace token: expected identifier', { ...locate(p, dot), ...place })
  }
  if (token.kind !== 'identifier') unexpected(p, 'expected identifier')
  advance(p)
  return scalar(token.text, locate(p, token))
}

function parseIndex(p: Cursor): Term {
  advance(p)
  const index = parseInfix(p)
  if (!is(p, ']')) unexpected(p, 'expected [')
  advance(p)
  return index
}

function parseCall(p: Cursor, operator: readonly Term[], loc: Loc): Term {
  advance(p)
  const args = parseList(p, ')', [])
  const whole = until(p, loc)
  const [first] = operator
  const isSet =
    args.length === 0 && operator.length === 1 && first?.kind === 'var' && first.name === 'set'
  if (isSet) return { kind: 'set', items: [], loc: whole }
  return { kind: 'call', operator: ref(operator, until(p, loc)), args, loc: whole }
}

function parseParens(p: Cursor): Term {
  advance(p)
  const term = parseInfix(p)
  if (!is(p, ')')) fail('non-terminated expression', locate(p))
  advance(p)
  return term
}

function parseArray(p: Cursor): Term {
  const loc = locate(p, advance(p))
  if (closes(p, ']')) return { kind: 'array', items: [], loc: until(p, loc) }
  const mayComprehend = !skipComma(p)
  const head = parseTerm(p)
  const body = mayComprehend && is(p, 'or') ? parseComprehensionBody(p, ']') : undefined
  if (body !== undefined)
    return { kind: 'comprehension', shape: 'array', key: undefined, head, body, loc: until(p, loc) }
  const items = parseList(p, ']', [parseListItemFrom(p, head)])
  return { kind: 'array', items, loc: until(p, loc) }
}

/** `{`: an object, a set or a comprehension of either. */
function parseBraces(p: Cursor): Term {
  const loc = locate(p, advance(p))
  if (closes(p, '}')) return { kind: 'object', entries: [], loc: until(p, loc) }
  const mayComprehend = !skipComma(p)
  const head = parseTerm(p)
  if (mayComprehend && is(p, 'or')) {
    const body = parseComprehensionBody(p, '}')
    if (body !== undefined)
      return { kind: 'comprehension', shape: 'set', key: undefined, head, body, loc: until(p, loc) }
  }
  const first = is(p, ':') ? head : parseListItemFrom(p, head)
  if (is(p, ':')) return parseObject(p, first, mayComprehend, loc)
  if (!is(p, '}') && !is(p, ',')) unexpected(p, 'non-terminated set')
  const items = parseList(p, '}', [first])
  return { kind: 'set', items, loc: until(p, loc) }
}

function parseObject(p: Cursor, key: Term, mayComprehend: boolean, loc: Loc): Term {
  advance(p)
  const head = parseTerm(p)
  if (mayComprehend && is(p, 'or')) {
    const body = attempt(p, () => parseComprehensionBody(p, '}'))
    if (body !== undefined && !(body instanceof RegoError))
      return { kind: 'comprehension', shape: 'object', key, head, body, loc: until(p, loc) }
  }
  const value = parseListItemFrom(p, head)
  if (!is(p, '}') && !is(p, ',')) unexpected(p, 'non-terminated object')
  return parsePairs(p, [[key, value]], loc)
}

/** After the first pair. */
function parsePairs(p: Cursor, entries: Pair[], loc: Loc): Term {
  while (!closes(p, '}')) {
    if (!is(p, ',')) unexpected(p, 'expected "," or "}"')
    advance(p)
    if (closes(p, '}')) break
    const name = parseListItem(p)
    if (!is(p, ':')) unexpected(p, 'expected ":"')
    advance(p)
    entries.push([name, parseListItem(p)])
  }
  return { kind: 'object', entries, loc: until(p, loc) }
}

/**
 * After `head |`: a body up to the closing bracket. Undefined where it turns out that `|` was the operator of a
 * list's first item, which the comma after it tells.
 */
function parseComprehensionBody(p: Cursor, close: ']' | '}') {
  const { at, wildcards } = p
  let failedAt = at
  const body = attempt(p, () => {
    advance(p)
    try {
      const parsed = parseBody(p, close)
      advance(p)
      return parsed
    } finally {
      failedAt = p.at
    }
  })
  if (!(body instanceof RegoError)) return body
  if (p.tokens[failedAt]?.kind !== ',') throw body
  p.at = at
  p.wildcards = wildcards
  return undefined
}

/** Further items up to the closing bracket, which is consumed. */
function parseList(p: Cursor, close: ')' | ']' | '}', items: Term[]): readonly Term[] {
  if (items.length === 0) {
    if (closes(p, close)) return items
    items.push(parseListItem(p))
  }
  while (!closes(p, close)) {
    if (!is(p, ',')) unexpected(p, `expected "," or "${close}"`)
    advance(p)
    if (closes(p, close)) break
    items.push(parseListItem(p))
  }
  return items
}

function closes(p: Cursor, close: ')' | ']' | '}'): boolean {
  if (!is(p, close)) return false
  advance(p)
  return true
}

/** `[, x]` is tolerated. */
function skipComma(p: Cursor): boolean {
  if (!is(p, ',')) return false
  advance(p)
  return true
}

function parseTemplate(p: Cursor): Term {
  const first = current(p)
  const parts: (string | ReturnType<typeof parseTemplateExpr>)[] = []
  for (;;) {
    const token = advance(p)
    if (token.kind !== 'template-string-part' && token.kind !== 'template-string-end')
      unexpected(p, '', token)
    if (token.text !== '') parts.push(token.text)
    if (token.kind === 'template-string-end') break
    parts.push(parseTemplateExpr(p))
    if (!is(p, '}')) fail('expected } to end template string expression', locate(p))
    advance(p)
  }
  return { kind: 'template', multiline: first.raw, parts, loc: until(p, locate(p, first)) }
}
