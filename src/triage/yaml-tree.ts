import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  Parser,
  parseDocument,
  type YAMLMap,
} from 'yaml'
import { UserError } from '../errors.ts'
import { nestsTooDeep } from '../lang/yaml/nesting.ts'

/** A YAML file read key by key, so that each mistake has its place and an alias bomb has no time to grow. */
export interface YamlTree {
  readonly root: Node | null
  /** The entries of a mapping; `what` names it in messages. Unknown and repeated keys are mistakes. */
  map(node: unknown, what: string, keys?: readonly string[]): readonly Entry[]
  /** A list of texts. */
  texts(node: unknown, what: string): readonly Text[]
  text(node: unknown, what: string): Text
  fail(node: unknown, message: string): never
}

export interface Entry {
  readonly key: Text
  readonly value: unknown
}

export interface Text {
  readonly text: string
  readonly line: number
  readonly node: unknown
}

const largestFile = 5_000_000
const mostValues = 200_000
const mergeKey = '<<'

/** Scalars stay the text that was written: an account id keeps its leading zero. */
export function readYaml(source: string, file: string): YamlTree {
  if (source.length > largestFile) throw new UserError(`${file}: larger than 5 MB`)
  const lines = new LineCounter()
  const document = parsed(source, file, lines)
  let visited = 0

  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  const offsetOf = (node: unknown): number =>
    (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) && node.range
      ? node.range[0]
      : 0
  const fail = (node: unknown, message: string): never => {
    throw new UserError(`${at(offsetOf(node))}: ${message}`)
  }
  const count = (node: unknown): void => {
    if (++visited > mostValues) fail(node, `expands to more than ${mostValues} values`)
  }
  const resolved = (node: unknown): unknown => {
    count(node)
    return isAlias(node) ? target(node) : node
  }
  const target = (alias: Alias): Node => {
    const node = alias.resolve(document)
    if (node === undefined) return fail(alias, `no anchor is called '${alias.source}'`)
    return node
  }
  const text = (node: unknown, what: string): Text => {
    const value = resolved(node)
    if (!isScalar(value) || typeof value.value !== 'string') {
      return fail(node, `${what} must be a text`)
    }
    return { text: value.value, line: lines.linePos(offsetOf(node)).line, node }
  }
  const ownEntries = (map: YAMLMap, what: string): readonly Entry[] =>
    map.items.map((pair: Pair) => ({ key: text(pair.key, `a key of ${what}`), value: pair.value }))
  /** What a `<<` brings in stands behind the mapping's own keys. */
  const withMerged = (map: YAMLMap, what: string): readonly Entry[] => {
    const own = ownEntries(map, what)
    const keys = new Set(own.map(({ key }) => key.text))
    const merged = own
      .filter(({ key }) => key.text === mergeKey)
      .flatMap(({ value }) => (isSeq(value) ? value.items : [value]))
      .flatMap(part => {
        const source = resolved(part)
        return isMap(source) ? ownEntries(source, what) : fail(part, '<< must name a mapping')
      })
      .filter(({ key }) => {
        const isNew = key.text !== mergeKey && !keys.has(key.text)
        keys.add(key.text)
        return isNew
      })
    return [...own.filter(({ key }) => key.text !== mergeKey), ...merged]
  }

  return {
    root: document.contents,
    fail,
    text,
    map(node, what, keys) {
      const value = resolved(node)
      if (!isMap(value)) return fail(node ?? document.contents, `${what} must be a mapping`)
      const first = new Map<string, number>()
      for (const { key } of ownEntries(value, what)) {
        const before = first.get(key.text)
        if (before !== undefined && key.text !== mergeKey) {
          fail(key.node, `'${key.text}' stands twice in ${what}, first in line ${before}`)
        }
        first.set(key.text, key.line)
      }
      const entries = withMerged(value, what)
      for (const { key } of entries) {
        if (keys && !keys.includes(key.text)) {
          fail(key.node, `${what} has no key '${key.text}'; its keys are ${keys.join(', ')}`)
        }
      }
      return entries
    },
    texts(node, what) {
      const value = resolved(node)
      if (!isSeq(value)) return fail(node, `${what} must be a list`)
      return value.items.map(item => text(item, `an item of ${what}`))
    },
  }
}

function parsed(source: string, file: string, lineCounter: LineCounter) {
  if (nestsTooDeep(new Parser().parse(source))) throw new UserError(`${file}: nested too deeply`)
  const document = parseDocument(source, {
    lineCounter,
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
  })
  const [error] = document.errors
  if (error === undefined) return document
  const { line, col } = lineCounter.linePos(error.pos[0])
  throw new UserError(`${file}:${line}:${col}: ${error.message.split('\n', 1)[0]}`)
}
