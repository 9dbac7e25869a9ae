import { compareStrings } from './order.ts'
import { type Entry, type JsonObject, RegoObject, type Value } from './value.ts'

/** A member of a plain object: JSON holds no functions, so one that turns up is inherited. */
export function member(object: JsonObject, key: string): Value | undefined {
  const value = object[key]
  if (value === undefined) return undefined
  if (typeof value === 'function' || key === '__proto__') {
    return Object.hasOwn(object, key) ? value : undefined
  }
  return value
}

export function objectGet(object: JsonObject | RegoObject, key: Value): Value | undefined {
  if (object instanceof RegoObject) return object.get(key)
  return typeof key === 'string' ? member(object, key) : undefined
}

export function objectSize(object: JsonObject | RegoObject): number {
  return object instanceof RegoObject ? object.size : Object.keys(object).length
}

/** In no order. */
export function objectKeys(object: JsonObject | RegoObject): readonly Value[] {
  return object instanceof RegoObject
    ? object.entries.map(([key]) => key)
    : Object.keys(object).filter(key => object[key] !== undefined)
}

/** In OPA's order of keys. */
export function objectEntries(object: JsonObject | RegoObject): readonly Entry[] {
  if (object instanceof RegoObject) return object.sorted()
  const entries: Entry[] = []
  for (const key of sortedKeys(object)) {
    const value = object[key]
    if (value !== undefined) entries.push([key, value])
  }
  return entries
}

export function sortedKeys(object: JsonObject): readonly string[] {
  const keys = Object.keys(object)
  for (let i = 1; i < keys.length; i++) {
    if (compareStrings(keys[i - 1] ?? '', keys[i] ?? '') > 0) return keys.sort(compareStrings)
  }
  return keys
}

/** Sets a member even if it is named `__proto__`. */
export function define<T>(object: { [key: string]: T }, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
    return
  }
  object[key] = value
}
