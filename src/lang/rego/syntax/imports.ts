import type { Import, Term } from './ast.ts'
import {
  advance,
  type Cursor,
  current,
  fail,
  is,
  isAnyKeyword,
  isKeyword,
  locate,
  unexpected,
  until,
} from './cursor.ts'
import { parsePostfix, parseTerm, parseVar } from './terms.ts'
import { futureKeywords, keywordsV0, logicKeywords } from './tokens.ts'
import { termName } from './walk.ts'

export function parseImport(p: Cursor, version: 'v0' | 'v1'): Import {
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

export function isReserved(name: string, version: 'v0' | 'v1'): boolean {
  return keywordsV0.includes(name) || (version === 'v1' && futureKeywords.includes(name))
}

type Place = ReturnType<typeof locate>

/** `rego.v1` brings the keywords of v1 into a v0 module, `rego.v2` the others as well. */
function importRego(
  p: Cursor,
  path: readonly string[],
  alias: string | undefined,
  where: Place,
): void {
  const [, version] = path
  if (path.length !== 2 || (version !== 'v1' && version !== 'v2'))
    fail(`invalid import \`${path.join('.')}\`, must be one of: \`rego.v1\`, \`rego.v2\``, where)
  if (p.dialect() === 'v0' && alias !== undefined) fail('`rego` imports cannot be aliased', where)
  addKeywords(p, version === 'v1' ? futureKeywords : allKeywords)
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
  if (path.length > 3 || (word !== undefined && !allKeywords.includes(word)))
    fail(`unexpected keyword, must be one of [${allKeywords.toSorted().join(' ')}]`, where)
  addKeywords(p, word === undefined ? allKeywords : [word])
}

const allKeywords: readonly string[] = [...futureKeywords, ...logicKeywords]

function addKeywords(p: Cursor, words: readonly string[]): void {
  for (const word of words) p.keywords.add(word)
  if (words.includes('every')) p.keywords.add('in')
  if (words.includes('not')) p.notBodies = true
  p.terms.clear()
}

export function isRegoVersion({ path }: Import): boolean {
  return path.length === 2 && path[0] === 'rego' && (path[1] === 'v1' || path[1] === 'v2')
}

export function namesOf(term: Term): readonly string[] {
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
