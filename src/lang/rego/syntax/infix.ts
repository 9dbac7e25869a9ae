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

/** From the loosest to the tightest; all of them bind to the left. */
const levels: readonly (readonly TokenKind[])[] = [
  ['equal', 'neq', 'lt', 'gt', 'lte', 'gte'],
  ['or'],
  ['and'],
  ['plus', 'minus'],
  ['mul', 'div', 'rem'],
]

/** A term with operators, `x in xs` and `k, v in xs` included. */
export function parseInfix(p: Cursor): Term {
  return deeper(p, () => parseMembership(p, parseLevel(p, 0, undefined), true))
}

/** In a list, where a comma separates items: `k, v in xs` needs parentheses. */
export function parseListItem(p: Cursor): Term {
  return deeper(p, () => parseMembership(p, parseLevel(p, 0, undefined), false))
}

export function parseListItemFrom(p: Cursor, left: Term): Term {
  return parseMembership(p, parseLevel(p, 0, left), false)
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
    const right = parseLevel(p, 0, undefined)
    term = { kind: 'call', operator, args: [term, right], loc: until(p, first.loc) }
  }
  return term
}

function parsePairMembership(p: Cursor, key: Term): Term | undefined {
  advance(p)
  if (!beginsTerm(p)) return undefined
  const value = parseLevel(p, 0, undefined)
  if (!isKeyword(p, 'in')) return undefined
  const operator = named(['internal', 'member_3'], locate(p, advance(p)))
  const right = parseLevel(p, 0, undefined)
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

function parseLevel(p: Cursor, level: number, first: Term | undefined): Term {
  const kinds = levels[level]
  if (kinds === undefined) return first ?? parseTerm(p)
  let left = parseLevel(p, level + 1, first)
  for (let links = 1; kinds.includes(current(p).kind); links++) {
    refuseLong(p, links)
    const token = advance(p)
    const operator = named([token.kind], locate(p, token))
    const right = parseLevel(p, level + 1, undefined)
    left = { kind: 'call', operator, args: [left, right], loc: until(p, left.loc) }
  }
  return left
}
