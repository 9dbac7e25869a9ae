import {
  type Alias,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  Parser,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import { convert } from '../convert.ts'
import { object, string, tuple } from '../make.ts'
import type { Value } from '../value.ts'
import { maxDepth } from './json.ts'
import { type CallContext, FunctionError } from './spec.ts'
import { resolvePlain, resolveTagged } from './yaml-scalar.ts'

/** YAML 1.1 as libyaml reads it, one document. */
export function decodeYaml(text: string, context: CallContext): Value {
  // Its parser takes its time.
  context.budget.spend(text.length * 4, 'yamldecode')
  const document = documentOf(text)
  return decode(document.contents, { context, depth: 0, open: new Set(), anchors: new Map() })
}

function documentOf(text: string): Document {
  const tokens = [...new Parser().parse(text)]
  // The composer recurses as deep as the text nests.
  if (depthOf(tokens) > maxDepth) throw invalid('nested too deeply')
  const [document, second] = new Composer({
    version: '1.1',
    schema: 'failsafe',
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
    logLevel: 'silent',
  }).compose(tokens)
  if (document === undefined) throw invalid('there is no document')
  if (second !== undefined) throw invalid('there is more than one document')
  const [error] = document.errors
  if (error !== undefined) throw invalid(error.message)
  const { yaml } = document.directives
  if (yaml.explicit === true && yaml.version !== '1.1') throw invalid('the version is not 1.1')
  return document
}

/** Level by level, so that depth costs no stack. */
function depthOf(tokens: readonly CST.Token[]): number {
  let level: readonly (CST.Token | null | undefined)[] = tokens
  let depth = 0
  for (; level.length > 0 && depth <= maxDepth; depth++) level = level.flatMap(below)
  return depth
}

function below(token: CST.Token | null | undefined): readonly (CST.Token | null | undefined)[] {
  if (token?.type === 'document') return [token.value]
  if (token === null || token === undefined || !('items' in token)) return []
  return token.items.flatMap(item => [item.key, item.value])
}

interface State {
  readonly context: CallContext
  readonly depth: number
  /** Nodes on the way down: an alias to one of them would never end. */
  readonly open: Set<Node>
  /** Filled in the order of the text: an alias means the last anchor before it. */
  readonly anchors: Map<string, Node>
}

function decode(node: unknown, state: State): Value {
  state.context.budget.spend(3, 'yamldecode')
  if (state.depth > maxDepth) throw invalid('nested too deeply')
  if (node === null || node === undefined) return resolvePlain('')
  if (isAlias(node)) return decode(target(node, state), { ...state, depth: state.depth + 1 })
  if (isNode(node) && node.anchor !== undefined) state.anchors.set(node.anchor, node)
  if (isScalar(node)) return scalarOf(node)
  if (!isMap(node) && !isSeq(node)) throw invalid('a node of no kind')
  refuseTag(node.tag, isMap(node) ? 'map' : 'seq')
  if (state.open.has(node)) throw invalid('an anchor refers to itself')
  state.open.add(node)
  const below = { ...state, depth: state.depth + 1 }
  const value = isMap(node)
    ? object(entriesOf(node, below))
    : tuple(node.items.map(item => decode(item, below)))
  state.open.delete(node)
  return value
}

function target(alias: Alias, { anchors }: State): Node {
  const node = anchors.get(alias.source)
  if (node === undefined) throw invalid(`there is no anchor ${alias.source}`)
  return node
}

function scalarOf(node: Scalar): Value {
  const text = typeof node.value === 'string' ? node.value : (node.source ?? '')
  if (node.tag !== undefined && node.tag !== '!') return resolveTagged(text, node.tag)
  if (node.type !== 'PLAIN' || node.tag === '!') return string(text)
  return resolvePlain(text)
}

/** What is merged in comes first, so that a map's own keys win. */
function entriesOf(map: YAMLMap, state: State): (readonly [string, Value])[] {
  const merged: (readonly [string, Value])[] = []
  const own: (readonly [string, Value])[] = []
  for (const pair of map.items) {
    if (isMerge(pair.key)) for (const entry of mergedEntries(pair.value, state)) merged.push(entry)
    else own.push([keyOf(pair.key, state), decode(pair.value, state)])
  }
  return [...merged, ...own]
}

function isMerge(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<'
}

/** Of a sequence of maps the first has precedence. */
function mergedEntries(node: unknown, state: State): (readonly [string, Value])[] {
  const source = isAlias(node) ? target(node, state) : node
  if (isMap(source)) {
    if (state.open.has(source) || state.depth > maxDepth)
      throw invalid('an anchor refers to itself')
    state.context.budget.spend(10 + source.items.length, 'yamldecode')
    state.open.add(source)
    const entries = entriesOf(source, { ...state, depth: state.depth + 1 })
    state.open.delete(source)
    return entries
  }
  if (!isSeq(source)) throw invalid('only maps can be merged')
  return source.items.toReversed().flatMap(item => {
    const inner = isAlias(item) ? target(item, state) : item
    if (!isMap(inner)) throw invalid('only maps can be merged')
    return mergedEntries(inner, state)
  })
}

function keyOf(node: unknown, state: State): string {
  if (isMap(node) || isSeq(node) || isPair(node)) throw invalid('a key must be a string')
  const key = convert(decode(node, state), 'string')
  if (typeof key.v !== 'string') throw invalid('a key must be a string')
  return key.v
}

function refuseTag(tag: string | undefined, kind: 'map' | 'seq'): void {
  if (tag !== undefined && tag !== '!' && tag !== `tag:yaml.org,2002:${kind}`)
    throw invalid(`the tag ${tag} is not supported`)
}

function invalid(why: string): FunctionError {
  return new FunctionError(`not valid YAML: ${why}`, 0)
}
