import { Absent, type Plain } from '../resource.ts'
import { coerce } from './coerce.ts'
import type { Fields } from './plain.ts'
import type { Schema, TypeStatement } from './statement.ts'

/** A type's or a block's attributes, compiled once. */
export interface Plan {
  /** Every attribute left out, in schema order: the copies of it have one hidden class. */
  readonly template: Fields
  readonly byName: ReadonlyMap<string, Field>
}

export interface Field {
  readonly name: string
  /** Dotted, without indexes. */
  readonly path: string
  readonly shape: Shape
  /** Nobody can set it: the provider makes it up. */
  readonly computed: boolean
  /** Whether a value always stands here: given, by default, or as an Absent. */
  readonly always: boolean
  /** What an attribute that is left out comes to; one object shared by every resource. */
  readonly absent: Plain
  /** What an attribute that is null comes to. */
  readonly nothing: Plain
}

export type Shape =
  | { readonly kind: 'value'; readonly of: Scalar; readonly wrap: string }
  | { readonly kind: 'block'; readonly many: boolean; readonly map: boolean; readonly plan: Plan }

/** String, number, boolean, anything, policy document. */
export type Scalar = 's' | 'n' | 'b' | 'a' | 'p'

/**
 * In code what is left out is what the provider creates. Live, a collector leaves out what it has not read, and
 * says null where it has read that there is nothing.
 */
export type Mode = 'code' | 'live'

export function compile(schema: Schema, statement: TypeStatement, mode: Mode): Plan {
  return block(schema, { statement, mode, prefix: '' })
}

interface Within {
  readonly statement: TypeStatement
  readonly mode: Mode
  readonly prefix: string
}

function block(schema: Schema, within: Within): Plan {
  const fields = Object.entries(schema)
    .filter(([name]) => name !== '$')
    .map(([name, entry]) => field(name, entry, within))
  return { template: template(fields), byName: new Map(fields.map(each => [each.name, each])) }
}

/** Parsed, because V8 makes a slow dictionary of an object that grows key by key. */
function template(fields: readonly Field[]): Fields {
  const names = Object.fromEntries(fields.map(({ name }) => [name, null]))
  const result = JSON.parse(JSON.stringify(names)) as { [name: string]: Plain }
  for (const { name, absent } of fields) result[name] = absent
  return result
}

function field(name: string, entry: string | Schema, within: Within): Field {
  const path = `${within.prefix}${name}`
  const notation = typeof entry === 'string' ? entry : String(entry.$).replace(/^\w+:/, '')
  const [tag = '', flags = ''] = notation.split(':')
  const shape: Shape =
    typeof entry === 'string'
      ? { kind: 'value', of: scalar(tag.at(-1)), wrap: tag.slice(0, -1) }
      : {
          kind: 'block',
          many: tag === 'list' || tag === 'set',
          map: tag === 'map',
          plan: block(entry, { ...within, prefix: `${path}.` }),
        }
  const computed = isComputed(path, flags)
  const bare = { name, path, shape, computed, always: false, absent: undefined, nothing: undefined }
  const stated = within.statement.absent?.[path]
  const isStated = stated !== undefined
  const given = isStated && stated !== null ? coerce(bare, stated) : undefined
  const nothing = isStated ? given : zero(shape)
  const unset = isStated ? given : (open(path, flags, shape) ?? nothing)
  if (within.mode === 'code')
    return { ...bare, absent: unset, nothing: unset, always: unset !== undefined }
  const absent = within.prefix === '' ? new Absent('unresolved', `${path} was not read`) : nothing
  return { ...bare, absent, nothing, always: unset !== undefined }
}

/** Why nobody knows before the apply what an attribute that is not set will be; nothing where that is known. */
function open(path: string, flags: string, shape: Shape): Absent | undefined {
  if (isComputed(path, flags)) return new Absent('unresolved', `${path} is known only after apply`)
  if (flags.includes('c'))
    return new Absent('unresolved', `${path} is not set, and the provider decides`)
  const isBlocks = shape.kind === 'block' && shape.many
  return flags.includes('r') && !isBlocks
    ? new Absent('unresolved', `${path} is not set`)
    : undefined
}

function isComputed(path: string, flags: string): boolean {
  return flags === 'c' || path === 'id'
}

/** The provider's zero value; where it says otherwise, the service's file does. */
function zero(shape: Shape): Plain {
  if (shape.kind === 'block') return shape.many ? none : shape.map ? empty : undefined
  if (shape.wrap !== '') return shape.wrap.startsWith('{') ? empty : none
  return shape.of === 'b' ? false : undefined
}

const none: Plain = Object.freeze([])
const empty: Plain = Object.freeze({})

function scalar(letter: string | undefined): Scalar {
  return letter === 'n' || letter === 'b' || letter === 'p' || letter === 's' ? letter : 'a'
}
