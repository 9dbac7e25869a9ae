import { aNumber, anything, aString, type Property, type Type } from '../lang/rego/types/type.ts'
import type { Tables } from '../vocabulary/load.ts'
import type { Schema } from '../vocabulary/statement.ts'

/** What OPA's type checker is told of the input: the attributes of the types that the vocabulary describes. */
export function inputType(tables: Tables): Type {
  const types = [...tables.types].map(
    ([type, { schema }]): Property => [type, named(fields(schema))],
  )
  return closed([
    ['account_tags', mapOf(aString)],
    ['resource', { kind: 'object', properties: types, rest: [aString, mapOf(anything)] }],
    ['resources', listOf(element)],
  ])
}

const aBoolean: Type = { kind: 'boolean' }

const element: Type = closed([
  ['id', aString],
  ['type', aString],
  ['name', aString],
  ['account', aString],
  ['region', aString],
  ['address', aString],
  ['file', aString],
  ['line', aNumber],
  ['unknown', listOf(aString)],
  ['values', anything],
])

function closed(properties: readonly Property[]): Type {
  return { kind: 'object', properties, rest: undefined }
}

function named(type: Type): Type {
  return mapOf(type)
}

function mapOf(type: Type): Type {
  return { kind: 'object', properties: [], rest: [aString, type] }
}

function listOf(type: Type): Type {
  return { kind: 'array', items: [], rest: type }
}

/** A block: its attributes and blocks, and nothing else. */
function fields(schema: Schema): Type {
  const names = Object.keys(schema).filter(name => name !== '$')
  return closed(names.map((name): Property => [name, typeOf(schema[name])]))
}

function typeOf(entry: string | Schema | undefined): Type {
  if (entry === undefined) return anything
  if (typeof entry === 'string') return valueType(entry.split(':')[0] ?? '')
  const [kind, cardinality = ''] = String(entry.$).split(':')
  const one = fields(entry)
  if (cardinality === 'map') return mapOf(one)
  return kind === 'attr' && cardinality === 'single' ? one : listOf(one)
}

/** `[s`: a list of strings; `p`: a policy, which is text in the input. */
function valueType(tag: string): Type {
  const inner = (): Type => valueType(tag.slice(1))
  if (tag.startsWith('[') || tag.startsWith('<')) return listOf(inner())
  if (tag.startsWith('{')) return mapOf(inner())
  if (tag === 's' || tag === 'p') return aString
  if (tag === 'n') return aNumber
  return tag === 'b' ? aBoolean : anything
}
