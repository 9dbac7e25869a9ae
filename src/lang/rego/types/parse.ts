import type { Signature, Type } from './type.ts'

/** Reads the notation of `builtins/signatures.ts`: a line a builtin. */
export function parseSignatures(text: string): ReadonlyMap<string, Signature> {
  const table = new Map<string, Signature>()
  for (const line of text.trim().split('\n')) {
    const words = line.trim().split(' ')
    const deprecated = take(words, 'deprecated')
    const relation = take(words, 'relation')
    const [name = '', ...rest] = words
    const arrow = rest.indexOf('->')
    const result = rest[arrow + 1] ?? 'void'
    table.set(name, {
      args: rest.slice(0, arrow).map(parseType),
      result: result === 'void' ? undefined : parseType(result),
      relation,
      deprecated,
    })
  }
  return table
}

function take(words: string[], flag: string): boolean {
  if (words[0] !== flag) return false
  words.shift()
  return true
}

function parseType(text: string): Type {
  const reader = { text, at: 0 }
  return readType(reader)
}

interface Reader {
  readonly text: string
  at: number
}

function readType(r: Reader): Type {
  const c = r.text[r.at]
  if (c === '[') return readArray(r)
  if (c === '<') return readSet(r)
  if (c === '{') return readObject(r)
  if (c === '(') return readUnion(r)
  const word = /^[a-z]+/.exec(r.text.slice(r.at))?.[0] ?? ''
  r.at += word.length
  if (word === 'null' || word === 'boolean' || word === 'number' || word === 'string')
    return { kind: word }
  return { kind: 'any', of: [] }
}

function readArray(r: Reader): Type {
  const items: Type[] = []
  let rest: Type | undefined
  r.at++
  while (!skip(r, ']')) {
    if (skip(r, '...')) rest = readType(r)
    else items.push(readType(r))
    skip(r, ',')
  }
  return { kind: 'array', items, rest }
}

function readSet(r: Reader): Type {
  r.at++
  const of = readType(r)
  skip(r, '>')
  return { kind: 'set', of }
}

function readObject(r: Reader): Type {
  const properties: (readonly [string, Type])[] = []
  let rest: readonly [Type, Type] | undefined
  r.at++
  while (!skip(r, '}')) {
    if (skip(r, '...')) {
      const key = readType(r)
      skip(r, ':')
      rest = [key, readType(r)]
    } else {
      const end = r.text.indexOf(':', r.at)
      const name = r.text.slice(r.at, end)
      r.at = end + 1
      properties.push([name, readType(r)])
    }
    skip(r, ',')
  }
  return { kind: 'object', properties, rest }
}

function readUnion(r: Reader): Type {
  const of: Type[] = []
  r.at++
  while (!skip(r, ')')) {
    of.push(readType(r))
    skip(r, '|')
  }
  const [only] = of
  return of.length === 1 && only !== undefined ? only : { kind: 'any', of }
}

function skip(r: Reader, text: string): boolean {
  if (!r.text.startsWith(text, r.at)) return false
  r.at += text.length
  return true
}
