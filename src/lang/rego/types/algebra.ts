import { canonical } from '../value/key.ts'
import { isNumber } from '../value/kind.ts'
import { compare, equal } from '../value/order.ts'
import type { Value } from '../value/value.ts'
import { aNumber, anything, type ObjectType, type Property, type Type } from './type.ts'

type Maybe = Type | undefined

export function isAnything(type: Type): boolean {
  return type.kind === 'any' && type.of.length === 0
}

/** Either of two types. */
export function or(a: Maybe, b: Maybe): Maybe {
  if (a === undefined) return b
  if (b === undefined) return a
  if (a.kind === 'function' || b.kind === 'function') {
    if (a.kind !== 'function' || b.kind !== 'function' || a.args.length !== b.args.length)
      return undefined
    const args = a.args.map((arg, i) => or(arg, b.args[i]))
    return { kind: 'function', args, result: or(a.result, b.result) }
  }
  const members = [...membersOf(a), ...membersOf(b)]
  if (isAnything(a) || isAnything(b)) return anything
  const unique = new Map(members.map(type => [show(type), type]))
  const [only] = unique.values()
  if (unique.size === 1 && only !== undefined) return only
  const of = [...unique.values()].sort((x, y) => rank(x) - rank(y))
  return { kind: 'any', of }
}

function membersOf(type: Type): readonly Type[] {
  return type.kind === 'any' ? type.of : [type]
}

function rank({ kind }: Type): number {
  return ['null', 'boolean', 'number', 'string', 'array', 'object', 'set', 'any'].indexOf(kind)
}

/** What may index a value of the type; undefined where nothing may. */
export function keysOf(type: Maybe): Maybe {
  switch (type?.kind) {
    case 'array':
      return aNumber
    case 'object': {
      const keys = type.properties.map(([key]) => typeOfValue(key))
      return [...keys, type.rest?.[0]].reduce(or, undefined)
    }
    case 'set':
      return type.of
    case 'any':
      return isAnything(type) ? anything : type.of.map(keysOf).reduce(or, undefined)
    default:
      return undefined
  }
}

/** What the members of a value of the type are. */
export function valuesOf(type: Maybe): Maybe {
  switch (type?.kind) {
    case 'array':
      return or(type.items.reduce(or, undefined), type.rest)
    case 'object':
      return [...type.properties.map(([, value]) => value), type.rest?.[1]].reduce(or, undefined)
    case 'set':
      return type.of
    case 'any':
      return isAnything(type) ? anything : type.of.map(valuesOf).reduce(or, undefined)
    default:
      return undefined
  }
}

/** The member with a constant key. */
export function select(type: Maybe, key: Value): Maybe {
  switch (type?.kind) {
    case 'array':
      if (!isNumber(key) || typeof key !== 'number') return undefined
      return key >= 0 && key < type.items.length ? type.items[key] : type.rest
    case 'object': {
      const own = type.properties.find(([name]) => equal(name, key))
      if (own !== undefined) return own[1]
      const fits = type.rest !== undefined && unifies(type.rest[0], typeOfValue(key))
      return fits ? type.rest?.[1] : undefined
    }
    case 'set': {
      const own = typeOfValue(key)
      return unifies(type.of, own) ? own : undefined
    }
    case 'any':
      return isAnything(type)
        ? anything
        : type.of.map(member => select(member, key)).reduce(or, undefined)
    default:
      return undefined
  }
}

function typeOfValue(value: Value): Type {
  if (value === null) return { kind: 'null' }
  if (typeof value === 'string' || typeof value === 'boolean')
    return { kind: typeof value as 'string' }
  if (isNumber(value)) return aNumber
  return anything
}

/** A collection that has no members: it may be gone through, but nothing can be taken from it. */
export function isEmpty(type: Type): boolean {
  switch (type.kind) {
    case 'array':
      return type.items.length === 0 && type.rest === undefined
    case 'object':
      return type.properties.length === 0 && type.rest === undefined
    case 'set':
      return type.of === undefined
    default:
      return false
  }
}

/** Is a part of the type unknown? */
export function isUnknown(type: Maybe): boolean {
  switch (type?.kind) {
    case undefined:
      return true
    case 'array':
      return type.items.some(isUnknown) || (type.rest !== undefined && isUnknown(type.rest))
    case 'object':
      return (
        type.properties.some(([, value]) => isUnknown(value)) ||
        (type.rest?.some(isUnknown) ?? false)
      )
    case 'set':
      return isUnknown(type.of)
    case 'function':
      return type.args.some(isUnknown) || isUnknown(type.result)
    default:
      return false
  }
}

/** Can a value have both types? */
export function unifies(a: Maybe, b: Maybe): boolean {
  if (a === undefined || b === undefined) return false
  if (a.kind === 'any' && unifiesAny(a.of, b)) return true
  if (b.kind === 'any' && unifiesAny(b.of, a)) return true
  if (a.kind === 'any' || b.kind === 'any' || a.kind !== b.kind) return false
  if (a.kind === 'array' && b.kind === 'array') {
    const fits = (x: typeof a, y: typeof a): boolean =>
      x.items.every((item, i) => unifies(item, select(y, i)))
    if (!fits(a, b) || !fits(b, a)) return false
    return a.rest === undefined || b.rest === undefined || unifies(a.rest, b.rest)
  }
  if (a.kind === 'object' && b.kind === 'object') return unifiesObjects(a, b)
  // The empty set is one of every set type.
  if (a.kind === 'set' && b.kind === 'set')
    return a.of === undefined || b.of === undefined || unifies(a.of, b.of)
  if (a.kind === 'function' && b.kind === 'function')
    return a.args.length === b.args.length && a.args.every((arg, i) => unifies(arg, b.args[i]))
  return true
}

function unifiesAny(of: readonly Type[], other: Type): boolean {
  if (other.kind === 'function') return false
  return of.length === 0 || of.some(member => unifies(member, other))
}

function unifiesObjects(a: ObjectType, b: ObjectType): boolean {
  const isOpen = a.rest !== undefined || b.rest !== undefined
  const fits = (x: ObjectType, y: ObjectType): boolean =>
    x.properties.every(([key, type]) => {
      const other = select(y, key)
      return other === undefined ? isOpen : unifies(type, other)
    })
  if (!fits(a, b) || !fits(b, a)) return false
  const [left, right] = [a.rest?.[1], b.rest?.[1]]
  return left === undefined || right === undefined || unifies(left, right)
}

/** As OPA prints types: `array<number, string>[any]`. */
export function show(type: Maybe): string {
  if (type === undefined) return '???'
  const known = shown.get(type)
  if (known !== undefined) return known
  const text = write(type)
  shown.set(type, text)
  return text
}

/** Types do not change, and those of an input are large. */
const shown = new WeakMap<Type, string>()

function write(type: Type): string {
  switch (type.kind) {
    case 'array': {
      const items = type.items.length === 0 ? '' : `<${type.items.map(show).join(', ')}>`
      const rest = type.rest === undefined ? '' : `[${show(type.rest)}]`
      return `array${items}${rest}`
    }
    case 'object': {
      const properties = sorted(type.properties).map(
        ([key, value]) => `${showKey(key)}: ${show(value)}`,
      )
      const own = properties.length === 0 ? '' : `<${properties.join(', ')}>`
      const rest = type.rest === undefined ? '' : `[${type.rest.map(show).join(': ')}]`
      return `object${own}${rest}`
    }
    case 'set':
      return `set[${show(type.of)}]`
    case 'any':
      return isAnything(type) ? 'any' : `any<${type.of.map(show).join(', ')}>`
    case 'function':
      return `(${type.args.map(show).join(', ')}) => ${show(type.result)}`
    default:
      return type.kind
  }
}

function showKey(key: Value): string {
  return typeof key === 'string' ? key : canonical(key)
}

function sorted(properties: readonly Property[]): readonly Property[] {
  return [...properties].sort(([a], [b]) => compare(a, b))
}
