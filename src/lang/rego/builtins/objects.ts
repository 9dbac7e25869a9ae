import { type Machine, spend } from '../eval/machine.ts'
import { isArray, isObject, isSet } from '../value/kind.ts'
import { lookup } from '../value/lookup.ts'
import { objectEntries, objectGet, objectKeys, objectSize } from '../value/object.ts'
import { equal } from '../value/order.ts'
import { type JsonObject, RegoObject, RegoSet, type Value } from '../value/value.ts'
import type { BuiltinFunction } from './builtin.ts'
import { array, object, typeFailure, wrongElement, wrongType } from './operands.ts'

export const objects: Readonly<Record<string, BuiltinFunction>> = {
  'object.get': (_, a, path, fallback) => {
    const start = object(a, 1)
    if (!isArray(path)) return orElse(objectGet(start, path), fallback)
    let at: Value | undefined = start
    for (const key of path) at = at === undefined ? undefined : lookup(at, key)
    return orElse(at, fallback)
  },
  'object.keys': (_, a) => new RegoSet([...objectKeys(object(a, 1))]),
  'object.remove': (m, a, b) => {
    const from = object(a, 1)
    const keys = keySet(b)
    return filterObject(m, from, key => !keys.has(key))
  },
  'object.filter': (m, a, b) => {
    const from = object(a, 1)
    const keys = keySet(b)
    return filterObject(m, from, key => keys.has(key))
  },
  'object.union': (m, a, b) => merge(m, object(a, 1), object(b, 2)),
  'object.union_n': (m, a) => {
    let merged: JsonObject | RegoObject = new RegoObject()
    for (const each of array(a, 1)) {
      if (!isObject(each)) throw wrongElement(1, a, each, 'object')
      merged = merge(m, merged, each)
    }
    return merged
  },
  'object.subset': (_, a, b) => isSubset(a, b),
}

/** Null is a value: `??` would lose it. */
function orElse(value: Value | undefined, fallback: Value): Value {
  return value === undefined ? fallback : value
}

function keySet(value: Value): RegoSet {
  if (isArray(value)) return RegoSet.of(value)
  if (isSet(value)) return value
  if (isObject(value)) return RegoSet.of(objectEntries(value).map(([key]) => key))
  throw wrongType(2, value, 'object', 'set', 'array')
}

function filterObject(
  m: Machine,
  from: JsonObject | RegoObject,
  keeps: (key: Value) => boolean,
): RegoObject {
  spend(m, objectSize(from))
  return RegoObject.of(objectEntries(from).filter(([key]) => keeps(key)))
}

/** The right side wins, except where both sides are objects, which are merged. */
function merge(
  m: Machine,
  left: JsonObject | RegoObject,
  right: JsonObject | RegoObject,
): RegoObject {
  const merged = new RegoObject([...objectEntries(left)])
  spend(m, objectSize(left) + objectSize(right))
  for (const [key, value] of objectEntries(right)) {
    const known = merged.get(key)
    const both = known !== undefined && isObject(known) && isObject(value)
    merged.put(key, both ? merge(m, known, value) : value)
  }
  return merged
}

function isSubset(all: Value, some: Value): boolean {
  if (isObject(all) && isObject(some)) return isSubobject(all, some)
  if (isSet(all) && isSet(some)) return isSubsetOf(all, some)
  if (isArray(all) && isArray(some)) return isRun(all, some)
  if (isArray(all) && isSet(some)) {
    const there = RegoSet.of(all)
    return some.size === 0 ? all.length > 0 : isSubsetOf(there, some)
  }
  throw typeFailure('both arguments object.subset must be of the same type or array and set')
}

function isSubobject(all: JsonObject | RegoObject, some: JsonObject | RegoObject): boolean {
  return objectEntries(some).every(([key, value]) => {
    const other = objectGet(all, key)
    if (other === undefined) return false
    if (equal(other, value)) return true
    if (isObject(other) && isObject(value)) return isSubobject(other, value)
    if (isSet(other) && isSet(value)) return isSubsetOf(other, value)
    return isArray(other) && isArray(value) && isRun(other, value)
  })
}

function isSubsetOf(all: RegoSet, some: RegoSet): boolean {
  for (const member of some.members) if (!all.has(member)) return false
  return true
}

/** Do the items stand in the array one after another? */
function isRun(all: readonly Value[], some: readonly Value[]): boolean {
  for (let start = 0; start + some.length <= all.length; start++)
    if (some.every((item, i) => equal(item, all[start + i] ?? null))) return true
  return false
}
