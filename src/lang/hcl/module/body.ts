import type { Attribute, Block, Body } from '../ast.ts'
import { limitSummary } from '../hcl-error.ts'
import { isUnknown, number, object, string, tuple, unknown } from '../make.ts'
import { mark } from '../marks.ts'
import { openObject } from '../open-entries.ts'
import { extend, type Scope } from '../scope.ts'
import { Unknown, type Value } from '../value.ts'
import type { ParsedFile } from './files.ts'
import type { Lazy } from './lazy.ts'
import { problemAt } from './problem.ts'
import { evaluateIn, type Run } from './run.ts'

/** A block's body with values: attributes are evaluated when they are asked for, and once. */
export interface EvaluatedBody {
  readonly attributes: ReadonlyMap<string, EvaluatedAttribute>
  /** Written order; `dynamic` blocks stand expanded where they are written. */
  blocks(): readonly EvaluatedBlock[]
}

export interface EvaluatedAttribute {
  readonly attribute: Attribute
  readonly file: ParsedFile
  readonly scope: Scope
  value(): Value
}

export interface EvaluatedBlock {
  readonly type: string
  /** The block as it is written; for a `dynamic` one its `content`. */
  readonly block: Block
  readonly file: ParsedFile
  readonly labels: readonly string[]
  readonly body: EvaluatedBody
  /** What a `dynamic` block goes through, and the name that it gives to each. */
  readonly over?: {
    readonly attribute: Attribute
    readonly iterator: string
    readonly scope: Scope
  }
  /** Set where a `dynamic` block makes a number of blocks that is not known: this stands for all of them. */
  readonly unknown?: Unknown
}

/** Blocks that one `dynamic` may make. */
const mostBlocks = 20_000

/** In which file an attribute or block stands: an override file may have brought it. */
export type FileOf = (node: Attribute | Block) => ParsedFile

export function evaluateBody(body: Body, scope: Scope, fileOf: FileOf, run: Run): EvaluatedBody {
  const attributes = new Map<string, EvaluatedAttribute>()
  for (const [name, attribute] of body.attributes)
    attributes.set(name, evaluatedAttribute(attribute, fileOf(attribute), scope, run))
  if (body.blocks.length === 0) return { attributes, blocks: noBlocks }
  const blocks = run.lazy(
    () => body.blocks.flatMap(block => evaluateBlock(block, scope, fileOf(block), run)),
    () => [],
  )
  return { attributes, blocks: () => blocks.get() }
}

const noBlocks = (): readonly EvaluatedBlock[] => []

function evaluatedAttribute(
  attribute: Attribute,
  file: ParsedFile,
  scope: Scope,
  run: Run,
): EvaluatedAttribute {
  let lazy: Lazy<Value> | undefined
  return {
    attribute,
    file,
    scope,
    value() {
      lazy ??= run.lazy(
        () => evaluateIn(attribute.expr, scope, file, run),
        () => selfReference(attribute, file, run),
      )
      return lazy.get()
    },
  }
}

function selfReference(attribute: Attribute, file: ParsedFile, run: Run): Value {
  const detail = `"${attribute.name}" needs its own value.`
  run.log.add(problemAt('invalid', file, attribute.range, 'Cycle', detail))
  return unknown('dynamic', `${attribute.name} refers to itself`)
}

function evaluateBlock(
  block: Block,
  scope: Scope,
  file: ParsedFile,
  run: Run,
): readonly EvaluatedBlock[] {
  if (block.type === 'dynamic') return expandDynamic(block, scope, file, run)
  const body = evaluateBody(block.body, scope, () => file, run)
  return [{ type: block.type, block, file, labels: block.labels, body }]
}

function expandDynamic(
  dynamic: Block,
  scope: Scope,
  file: ParsedFile,
  run: Run,
): readonly EvaluatedBlock[] {
  const type = dynamic.labels[0] ?? ''
  const over = dynamic.body.attributes.get('for_each')
  const content = dynamic.body.blocks.find(block => block.type === 'content')
  if (over === undefined || content === undefined) {
    const missing = over === undefined ? 'for_each argument' : 'content block'
    const detail = `A dynamic block must have a ${missing}.`
    run.log.add(problemAt('invalid', file, dynamic.header, 'Invalid dynamic block', detail))
    return []
  }
  const iterator = iteratorName(dynamic) ?? type
  const each = (key: Value, value: Value, why?: Unknown): EvaluatedBlock => {
    const names = new Map([
      [
        iterator,
        object([
          ['key', key],
          ['value', value],
        ]),
      ],
    ])
    const body = evaluateBody(content.body, extend(scope, names), () => file, run)
    const through = { attribute: over, iterator, scope }
    const made = { type, block: content, file, labels: [], body, over: through }
    return why === undefined ? made : { ...made, unknown: why }
  }
  const collection = evaluateIn(over.expr, scope, file, run)
  const complain = (detail: string) =>
    run.log.add(
      problemAt('invalid', file, over.expr.range, 'Invalid dynamic for_each value', detail),
    )
  if (isUnknown(collection)) {
    const known = collection.v.items?.filter(item => !isUnknown(item)) ?? []
    const index = unknown('dynamic', collection.v.reason)
    return [...known.map(item => each(index, item)), unknownBlocks(collection, each)]
  }
  if (collection.v === null) {
    complain('Cannot use a null value in for_each.')
    return []
  }
  const elements = elementsOf(collection)
  if (elements === null) {
    const detail =
      'Cannot use a value of this type in for_each. An iterable collection is required.'
    complain(detail)
    return [unknownBlocks(unknown('dynamic', `for_each of dynamic "${type}" is invalid`), each)]
  }
  if (elements.length > mostBlocks) {
    const detail = `${elements.length} blocks of type "${type}" are more than the ${mostBlocks} that are allowed.`
    run.log.add(problemAt('limit', file, over.expr.range, limitSummary, detail))
    return [unknownBlocks(unknown('dynamic', detail), each)]
  }
  run.budget.spend(elements.length, `dynamic "${type}"`)
  return elements.map(([key, value]) => each(key, value))
}

function unknownBlocks(
  collection: Value,
  each: (key: Value, value: Value, why: Unknown) => EvaluatedBlock,
): EvaluatedBlock {
  const why = collection.v instanceof Unknown ? collection.v : new Unknown('for_each is not known')
  const element = unknown('dynamic', why.reason, collection.marks)
  return each(element, element, why)
}

function iteratorName(dynamic: Block): string | undefined {
  const expr = dynamic.body.attributes.get('iterator')?.expr
  if (expr?.kind === 'variable') return expr.name
  if (expr?.kind === 'literal' && typeof expr.value === 'string') return expr.value
  return undefined
}

/** Keys and values as `for` sees them; null where the value is no collection. */
function elementsOf(collection: Value): readonly (readonly [Value, Value])[] | null {
  const { v, type, marks } = collection
  if (v instanceof Map)
    return [...v].map(([key, value]) => [string(key), mark(value, marks)] as const)
  if (!isItems(v)) return null
  const isSet = typeof type !== 'string' && type[0] === 'set'
  return v.map((item, i) => {
    const value = mark(item, marks)
    return [isSet ? value : number(i), value] as const
  })
}

function isItems(v: Value['v']): v is readonly Value[] {
  return Array.isArray(v)
}

/** The body as a value, blocks as tuples: what a reference to it sees. */
function bodyValue(body: EvaluatedBody, missing: (name: string) => Value): Value {
  return openObject(bodyEntries(body, missing), missing)
}

export function* bodyEntries(
  body: EvaluatedBody,
  missing: (name: string) => Value,
  except: ReadonlySet<string> = new Set(),
): Generator<readonly [string, Value]> {
  for (const [name, attribute] of body.attributes) {
    if (!except.has(name)) yield [name, attribute.value()]
  }
  for (const type of new Set(body.blocks().map(block => block.type))) {
    const value = except.has(type) ? undefined : blocksValue(body, type, missing)
    if (value !== undefined) yield [type, value]
  }
}

export function blocksValue(
  body: EvaluatedBody,
  type: string,
  missing: (name: string) => Value,
): Value | undefined {
  const blocks = body.blocks().filter(block => block.type === type)
  if (blocks.length === 0) return undefined
  const open = blocks.find(block => block.unknown !== undefined)
  if (open?.unknown !== undefined) return unknown('dynamic', open.unknown)
  return tuple(
    blocks.map((block, i) => bodyValue(block.body, name => missing(`${type}[${i}].${name}`))),
  )
}
