import { define } from '../value/object.ts'

type Plain = string | boolean | readonly string[] | { readonly [key: string]: Plain }

/**
 * What a YAML mapping says whose values are plain words, lists of them or mappings of such values: what METADATA
 * mostly is. Undefined where there is anything else, mistakes included: that is left to a parser of all of YAML.
 */
export function readSimpleBlock(lines: readonly string[]): ReadonlyMap<string, Plain> | undefined {
  const end = lines.findLastIndex(line => line !== '') + 1
  const reader: Reader = { lines: lines.slice(0, end), at: 0 }
  const entries = readMapping(reader, '')
  if (entries === undefined || reader.at < end) return undefined
  return new Map(entries)
}

interface Reader {
  readonly lines: readonly string[]
  at: number
}

type Entry = readonly [key: string, value: Plain]

const entryLine = /^( *)([A-Za-z_][\w-]{0,99}):(?: +(\S.*))?$/
const itemLine = /^( *)- (\S.*)$/
/** A letter first, so that it is no number and no other syntax; printable, without `: ` and ` #`. */
const plainText = /^[A-Za-z](?:[!-9;-~]|:(?=[!-~])| +(?=[!"$-~]))*$/
const otherWords = /^(?:null|true|false)$/i

/** The entries that are indented so, up to one that is indented less. */
function readMapping(reader: Reader, indent: string): readonly Entry[] | undefined {
  const entries: Entry[] = []
  const seen = new Set<string>()
  for (let line = reader.lines[reader.at]; line !== undefined; line = reader.lines[reader.at]) {
    const [, own = '', key = '', text] = entryLine.exec(line) ?? []
    if (key === '' || own.length > indent.length) return undefined
    if (own.length < indent.length) break
    if (otherWords.test(key) || seen.has(key)) return undefined
    seen.add(key)
    reader.at++
    const value = text === undefined ? readBelow(reader, indent) : readText(text)
    if (value === undefined) return undefined
    entries.push([key, value])
  }
  return entries
}

function readText(text: string): string | boolean | undefined {
  if (text === 'true' || text === 'false') return text === 'true'
  return plainText.test(text) && !otherWords.test(text) ? text : undefined
}

/** What follows a key without a text: a list, or a mapping that is indented further. */
function readBelow(reader: Reader, indent: string): Plain | undefined {
  const line = reader.lines[reader.at] ?? ''
  if (itemLine.test(line)) return readList(reader, indent)
  const own = /^ */.exec(line)?.[0] ?? ''
  const entries = own.length > indent.length ? readMapping(reader, own) : undefined
  if (entries === undefined) return undefined
  const object: { [key: string]: Plain } = {}
  for (const [key, value] of entries) define(object, key, value)
  return object
}

function readList(reader: Reader, indent: string): readonly string[] | undefined {
  const items: string[] = []
  let column: number | undefined
  for (let line = reader.lines[reader.at]; line !== undefined; line = reader.lines[reader.at]) {
    const [, own = '', text = ''] = itemLine.exec(line) ?? []
    if (text === '') break
    column ??= own.length
    const item = readText(text)
    if (typeof item !== 'string' || own.length !== column || column < indent.length)
      return undefined
    items.push(item)
    reader.at++
  }
  return items
}
