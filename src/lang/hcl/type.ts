import type { Type } from './value.ts'

export function isSameType(left: Type, right: Type): boolean {
  if (left === right) return true
  if (typeof left === 'string' || typeof right === 'string') return false
  if (left[0] === 'tuple') {
    return (
      right[0] === 'tuple' &&
      left[1].length === right[1].length &&
      left[1].every((type, at) => isSameType(type, right[1][at] ?? 'dynamic'))
    )
  }
  if (left[0] === 'object') {
    if (right[0] !== 'object') return false
    const names = Object.keys(left[1])
    return (
      names.length === Object.keys(right[1]).length &&
      names.every(name => {
        const a = left[1][name]
        const b = right[1][name]
        return a !== undefined && b !== undefined && isSameType(a, b)
      })
    )
  }
  return left[0] === right[0] && isSameType(left[1], elementOf(right) ?? 'dynamic')
}

/** The element type of a list, set or map. */
export function elementOf(type: Type): Type | undefined {
  if (typeof type === 'string' || type[0] === 'tuple' || type[0] === 'object') return undefined
  return type[1]
}

/** `string`, `list`, `object` …: the kind without what is inside. */
export function kindOf(type: Type): string {
  return typeof type === 'string' ? type : type[0]
}

/** The type as a person reads it in an error: `list of string`, `object`. */
export function typeName(type: Type): string {
  if (type === 'dynamic') return 'dynamic'
  if (typeof type === 'string') return type
  if (type[0] === 'tuple' || type[0] === 'object') return type[0]
  return type[1] === 'dynamic'
    ? `${type[0]} of any single type`
    : `${type[0]} of ${typeName(type[1])}`
}

/** An object type from its attributes, with a null prototype and the names in order. */
export function objectType(attributes: Iterable<readonly [string, Type]>): Type {
  const types: { [name: string]: Type } = Object.create(null)
  for (const [name, type] of attributes) types[name] = type
  return ['object', types]
}
