import { RegoError } from '../error.ts'
import { named, type Term } from './ast.ts'
import {
  advance,
  attempt,
  type Cursor,
  current,
  deeper,
  fail,
  is,
  isKeyword,
  locate,
  until,
} from './cursor.ts'
import { parseTerm } from './terms.ts'
import type { TokenKind } from './tokens.ts'

/** The operators by how tightly they bind, the loosest first; all of them bind to the left. */
const levels: ReadonlyMap<TokenKind, number> = new Map(
  (
    [
      ['equal', 'neq', 'lt', 'gt', 'lte', 'gte'],
      ['or'],
      ['and'],
      ['plus', 'minus'],
      ['mul', 'div', 'rem'],
    ] as const
  ).flatMap((kinds, level) => kinds.map(kind => [kind, level] as const)),
)

/** A term with operators, `x in xs` and `k, v in xs` included. */
export function parseInfix(p: Cursor): Term {
  return deeper(p, parseWhole)
}

/** In a list, where a comma separates items: `k, v in xs` needs parentheses. */
export function parseListItem(p: Cursor): Term {
  return deeper(p, parseItem)
}

export function parseListItemFrom(p: Cursor, left: Term): Term {
  return parseMembership(p, parseOperators(p, 0, left), false)
}

function parseWhole(p: Cursor): Term {
  return parseMembership(p, parseOperators(p, 0, parseTerm(p)), true)
}

function parseItem(p: Cursor): Term {
  return parseListItemFrom(p, parseTerm(p))
}

function parseMembership(p: Cursor, first: Term, pairs: boolean): Term {
  let term = first
  if (pairs && is(p, ',')) {
    const { at, wildcards } = p
    const pair = attempt(p, () => parsePairMembership(p, first))
    if (pair === undefined || pair instanceof RegoError) {
      p.at = at
      p.wildcards = wildcards
    } else term = pair
  }
  for (let links = 1; isKeyword(p, 'in'); links++) {
    refuseLong(p, links)
    const operator = named(['internal', 'member_2'], locate(p, advance(p)))
    const right = parseOperators(p, 0, parseTerm(p))
    term = { kind: 'call', operator, args: [term, right], loc: until(p, first.loc) }
  }
  return term
}

function parsePairMembership(p: Cursor, key: Term): Term | undefined {
  advance(p)
  if (!beginsTerm(p)) return undefined
  const value = parseOperators(p, 0, parseTerm(p))
  if (!isKeyword(p, 'in')) return undefined
  const operator = named(['internal', 'member_3'], locate(p, advance(p)))
  const right = parseOperators(p, 0, parseTerm(p))
  return { kind: 'call', operator, args: [key, value, right], loc: until(p, key.loc) }
}

function beginsTerm(p: Cursor): boolean {
  const { kind } = current(p)
  return kind !== ')' && kind !== ']' && kind !== '}' && kind !== 'eof'
}

/** What binds to the left is a tree as deep as the chain is long. */
function refuseLong(p: Cursor, links: number): void {
  if (links > longestChain) fail('max recursion depth exceeded', locate(p))
}

const longestChain = 1_000

/** What follows `first` with operators of this level and of tighter ones. */
function parseOperators(p: Cursor, loosest: number, first: Term): Term {
  let left = first
  let before: number | undefined
  for (let links = 1; ; links++) {
    const level = levels.get(current(p).kind)
    if (level === undefined || level < loosest) return left
    if (level !== before) links = 1
    before = level
    refuseLong(p, links)
    const token = advance(p)
    const operator = named([token.kind], locate(p, token))
    const right = parseOperators(p, level + 1, parseTerm(p))
    left = { kind: 'call', operator, args: [left, right], loc: until(p, left.loc) }
  }
}
