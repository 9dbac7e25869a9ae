import { type Machine, spend } from '../eval/machine.ts'
import { isArray, isObject, isSet, kindOf } from '../value/kind.ts'
import { lookup } from '../value/lookup.ts'
import { objectEntries, objectGet, objectSize } from '../value/object.ts'
import { equal } from '../value/order.ts'
import { RegoObject, RegoSet, type Value } from '../value/value.ts'
import { failure } from './builtin.ts'
import { parsePath } from './json-path.ts'

/** JSON Patch (RFC 6902), for sets and non-string keys too. */
export function applyPatch(m: Machine, target: Value, patches: readonly Value[]): Value {
  let value: Value | undefined = target
  for (const patch of patches) {
    if (!isObject(patch)) {
      const reason =
        'must be an array of JSON-Patch objects, but at least one element is not an object'
      throw failure(reason)
    }
    value = applyOne(m, value, patch)
  }
  return value ?? null
}

type Patch = Parameters<typeof objectGet>[0]

function applyOne(m: Machine, value: Value | undefined, patch: Patch): Value | undefined {
  const target = objectGet(patch, 'path')
  if (target === undefined) throw failure("missing required attribute 'path'")
  const op = objectGet(patch, 'op')
  if (op === undefined) throw failure("missing required attribute 'op'")
  if (typeof op !== 'string')
    throw failure(`attribute 'op' must be a string but found: ${kindOf(op)}`)
  const path = parsePath(target)
  switch (op) {
    case 'add':
      return insert(m, value, path, required(patch, 'value'))
    case 'remove':
      return erase(m, value, path)
    case 'replace': {
      const without = erase(m, value, path)
      return insert(m, without, path, required(patch, 'value'))
    }
    case 'move': {
      const from = parsePath(required(patch, 'from'))
      const moved = find(value, from)
      return insert(m, erase(m, value, from), path, moved)
    }
    case 'copy':
      return insert(m, value, path, find(value, parsePath(required(patch, 'from'))))
    case 'test': {
      const found = find(value, path)
      if (!equal(found, required(patch, 'value')))
        throw failure('value from EditTree != patch value')
      return value
    }
    default:
      throw failure(`unrecognized op: '${op}'`)
  }
}

function required(patch: Patch, name: string): Value {
  const value = objectGet(patch, name)
  if (value === undefined) throw failure(`missing required attribute '${name}'`)
  return value
}

function find(value: Value | undefined, path: readonly Value[]): Value {
  let at = value
  for (const key of path) at = at === undefined ? undefined : lookup(at, arrayIndex(at, key) ?? key)
  if (at === undefined) throw noSuchPath(path)
  return at
}

function noSuchPath(path: readonly Value[]) {
  return failure(`path ${path.map(String).join('/')} does not exist`)
}

/** In an array, a key is a number, or text of digits. */
function arrayIndex(value: Value, key: Value): number | undefined {
  if (!isArray(value)) return undefined
  if (typeof key === 'number') return Number.isInteger(key) ? key : -1
  if (typeof key !== 'string' || !/^(?:0|[1-9]\d*)$/.test(key)) return -1
  return Number(key)
}

/** A copy of `value` in which `change` has replaced what is at the path's last but one step. */
function edit(
  m: Machine,
  value: Value | undefined,
  path: readonly Value[],
  change: (parent: Value, key: Value) => Value,
): Value {
  const [key, ...rest] = path
  if (value === undefined || key === undefined) throw noSuchPath(path)
  if (rest.length === 0) return change(value, key)
  if (isArray(value)) {
    const index = arrayIndex(value, key) ?? -1
    const item = value[index]
    if (item === undefined) throw noSuchPath(path)
    spend(m, value.length)
    return value.with(index, edit(m, item, rest, change))
  }
  const item = lookup(value, key)
  if (item === undefined) throw noSuchPath(path)
  if (isSet(value)) {
    const changed = edit(m, item, rest, change)
    return RegoSet.of([...value.sorted().filter(each => !equal(each, item)), changed])
  }
  if (!isObject(value)) throw noSuchPath(path)
  const copy = copyObject(m, value)
  copy.put(key, edit(m, item, rest, change))
  return copy
}

function copyObject(m: Machine, value: Patch): RegoObject {
  spend(m, objectSize(value))
  return RegoObject.of(objectEntries(value))
}

function insert(
  m: Machine,
  value: Value | undefined,
  path: readonly Value[],
  added: Value,
): Value | undefined {
  if (path.length === 0) return added
  return edit(m, value, path, (parent, key) => {
    if (isArray(parent)) {
      const index = key === '-' ? parent.length : (arrayIndex(parent, key) ?? -1)
      if (index < 0 || index > parent.length) throw noSuchPath(path)
      spend(m, parent.length)
      return [...parent.slice(0, index), added, ...parent.slice(index)]
    }
    if (isSet(parent)) {
      if (!equal(key, added)) throw failure('set key does not match value')
      return RegoSet.of([...parent.sorted(), added])
    }
    if (!isObject(parent)) throw noSuchPath(path)
    const copy = copyObject(m, parent)
    copy.put(key, added)
    return copy
  })
}

function erase(m: Machine, value: Value | undefined, path: readonly Value[]): Value | undefined {
  if (path.length === 0) return undefined
  return edit(m, value, path, (parent, key) => {
    if (isArray(parent)) {
      const index = arrayIndex(parent, key) ?? -1
      if (parent[index] === undefined) throw noSuchPath(path)
      spend(m, parent.length)
      return parent.filter((_, i) => i !== index)
    }
    if (lookup(parent, key) === undefined) throw noSuchPath(path)
    if (isSet(parent)) return RegoSet.of(parent.sorted().filter(each => !equal(each, key)))
    if (!isObject(parent)) throw noSuchPath(path)
    spend(m, objectSize(parent))
    return RegoObject.of(objectEntries(parent).filter(([name]) => !equal(name, key)))
  })
}
