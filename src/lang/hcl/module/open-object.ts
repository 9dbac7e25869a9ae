import type { Type, Value } from '../value.ts'

/**
 * An object that answers for attributes that are not written: a resource has more attributes than its
 * block, and all of them are known only to the provider.
 */
export function openObject(
  entries: Iterable<readonly [string, Value]>,
  missing: (name: string) => Value,
): Value {
  const v = new OpenMap(missing)
  const types: { [name: string]: Type } = Object.create(null)
  for (const [name, value] of entries) {
    v.set(name, value)
    types[name] = value.type
  }
  return { type: ['object', types], v }
}

export function isOpen(value: Value): boolean {
  return value.v instanceof OpenMap
}

class OpenMap extends Map<string, Value> {
  readonly missing: (name: string) => Value
  constructor(missing: (name: string) => Value) {
    super()
    this.missing = missing
  }
  override get(name: string): Value {
    return super.get(name) ?? this.missing(name)
  }
}
