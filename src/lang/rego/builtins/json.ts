import { type Machine, spend } from '../eval/machine.ts'
import { isArray, isObject, isSet } from '../value/kind.ts'
import { objectEntries, objectGet } from '../value/object.ts'
import { JsonError, readJson } from '../value/read-json.ts'
import { RegoObject, RegoSet, type Value } from '../value/value.ts'
import { writeJson } from '../value/write-json.ts'
import { type BuiltinFunction, failure } from './builtin.ts'
import { applyPatch } from './json-patch.ts'
import { parsePath } from './json-path.ts'
import { array, members, object, string, typeFailure, wrongType } from './operands.ts'

export const json: Readonly<Record<string, BuiltinFunction>> = {
  'json.marshal': (m, a) => made(m, writeJson(a)),
  'json.marshal_with_options': (m, a, b) => made(m, marshalWith(a, b)),
  'json.unmarshal': (m, a) => {
    const text = string(a, 1)
    spend(m, text.length)
    const value = readJson(text)
    if (value instanceof JsonError) throw failure(value.reason)
    return value
  },
  'json.is_valid': (_, a) => typeof a === 'string' && !(readJson(a) instanceof JsonError),
  'json.filter': (_, a, b) => filter(object(a, 1), pathTree(b)),
  'json.remove': (_, a, b) => remove(object(a, 1), pathTree(b)),
  'json.patch': (m, a, b) => applyPatch(m, a, array(b, 2)),
}

function made(m: Machine, text: string): string {
  spend(m, text.length)
  return text
}

function marshalWith(value: Value, options: Value): string {
  let prefix = ''
  let indent = '\t'
  let implied = false
  let pretty: boolean | undefined
  for (const [key, option] of objectEntries(object(options, 2))) {
    const text = typeof option === 'string' ? option : undefined
    if (key === 'pretty') {
      if (typeof option !== 'boolean') throw typeFailure(`operand 2 key ${key} failed cast to bool`)
      pretty = option
    } else if (key === 'prefix' || key === 'indent') {
      if (text === undefined) throw typeFailure(`operand 2 key ${key} failed cast to string`)
      implied = true
      if (key === 'prefix') prefix = text
      else indent = text
    } else {
      const shown = typeof key === 'string' ? JSON.stringify(key) : writeJson(key)
      throw typeFailure(`operand 2 object contained unknown key ${shown}`)
    }
  }
  if (!(pretty ?? implied)) return writeJson(value)
  return prefix + writeJson(value, { prefix, indent })
}

/** Paths as a tree: what ends in null is a whole value. */
function pathTree(paths: Value): RegoObject {
  if (!isArray(paths) && !isSet(paths)) throw wrongType(2, paths, 'set', 'array')
  const root = new RegoObject()
  for (const each of members(paths, 2)) {
    const path = parsePath(each)
    let at: RegoObject | undefined = path.length === 0 ? undefined : root
    for (const [i, key] of path.entries()) {
      if (at === undefined) break
      const known: Value | undefined = at.get(key)
      if (i === path.length - 1) at.put(key, null)
      else if (known instanceof RegoObject) at = known
      else if (known === undefined) {
        const next: RegoObject = new RegoObject()
        at.put(key, next)
        at = next
      } else at = undefined
    }
  }
  return root
}

/** What the paths lead to, and nothing else. */
function filter(value: Value, tree: Value | undefined): Value | undefined {
  if (tree === null || tree === undefined || !isObject(tree)) return value
  if (isObject(value)) {
    const kept = new RegoObject()
    for (const [key, member] of objectEntries(value)) {
      const below = objectGet(tree, key)
      if (below === undefined) continue
      const inner = filter(member, below)
      if (inner !== undefined) kept.put(key, inner)
    }
    return kept
  }
  if (isArray(value)) {
    return value.flatMap((item, i) => {
      const below = objectGet(tree, String(i))
      const inner = below === undefined ? undefined : filter(item, below)
      return inner === undefined ? [] : [inner]
    })
  }
  if (value instanceof RegoSet) {
    return RegoSet.of(
      value.sorted().flatMap(item => {
        const below = objectGet(tree, item)
        const inner = below === undefined ? undefined : filter(item, below)
        return inner === undefined ? [] : [inner]
      }),
    )
  }
  return value
}

/** Everything but what the paths lead to; undefined for a value that a path ends at. */
function remove(value: Value, tree: Value | undefined): Value | undefined {
  if (tree === null) return undefined
  if (tree === undefined || !isObject(tree)) return value
  const below = (key: Value): Value | undefined => objectGet(tree, key)
  if (isObject(value)) {
    const kept = new RegoObject()
    for (const [key, member] of objectEntries(value)) {
      const inner = remove(member, below(key))
      if (inner !== undefined) kept.put(key, inner)
    }
    return kept
  }
  if (isArray(value)) {
    return value.flatMap((item, i) => {
      const inner = remove(item, below(String(i)))
      return inner === undefined ? [] : [inner]
    })
  }
  if (value instanceof RegoSet) {
    const kept = value.sorted().flatMap(item => {
      const inner = remove(item, below(item))
      return inner === undefined ? [] : [inner]
    })
    return RegoSet.of(kept)
  }
  return value
}
