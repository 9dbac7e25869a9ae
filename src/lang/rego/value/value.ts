import type { Big } from './big.ts'
import { keyOf } from './key.ts'
import { compare, equal, sortValues } from './order.ts'

/**
 * JSON is used as it comes, without conversion: arrays and plain objects of the input are values. Only what JSON
 * cannot say has a class of its own.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | Big
  | readonly Value[]
  | JsonObject
  | RegoObject
  | RegoSet

export interface JsonObject {
  readonly [key: string]: Value
}

export type Entry = readonly [key: Value, value: Value]

/** Up to so many members are compared one by one, which costs less than to file them under keys. */
const few = 8

/** An object made by a policy: its keys may be any value. */
export class RegoObject {
  /** In the order in which they came. */
  readonly entries: Entry[]
  private places: Map<unknown, number> | undefined
  private ordered: readonly Entry[] | undefined

  /** Of entries with different keys. */
  constructor(entries: Entry[] = []) {
    this.entries = entries
  }

  static of(entries: Iterable<Entry>): RegoObject {
    const object = new RegoObject()
    for (const [key, value] of entries) object.put(key, value)
    return object
  }

  get size(): number {
    return this.entries.length
  }

  get(key: Value): Value | undefined {
    const at = this.find(key)
    return at === undefined ? undefined : this.entries[at]?.[1]
  }

  /** Only while the object is being built: values are immutable once handed on. */
  put(key: Value, value: Value): void {
    this.ordered = undefined
    const at = this.find(key)
    if (at !== undefined) {
      this.entries[at] = [key, value]
      return
    }
    this.places?.set(keyOf(key), this.entries.length)
    this.entries.push([key, value])
  }

  sorted(): readonly Entry[] {
    this.ordered ??= [...this.entries].sort((a, b) => compare(a[0], b[0]))
    return this.ordered
  }

  private find(key: Value): number | undefined {
    const { entries } = this
    if (entries.length > few) {
      this.places ??= new Map(entries.map(([each], at) => [keyOf(each), at]))
      return this.places.get(keyOf(key))
    }
    for (let at = 0; at < entries.length; at++) {
      const entry = entries[at]
      if (entry !== undefined && equal(entry[0], key)) return at
    }
    return undefined
  }
}

export class RegoSet {
  /** In the order in which they came. */
  readonly members: Value[]
  private keys: Set<unknown> | undefined
  private ordered: readonly Value[] | undefined

  /** Of members that are all different. */
  constructor(members: Value[] = []) {
    this.members = members
  }

  static of(values: Iterable<Value>): RegoSet {
    const set = new RegoSet()
    for (const value of values) set.add(value)
    return set
  }

  get size(): number {
    return this.members.length
  }

  has(value: Value): boolean {
    const { members } = this
    if (members.length > few) return this.filed().has(keyOf(value))
    for (const member of members) if (equal(member, value)) return true
    return false
  }

  /** Only while the set is being built. */
  add(value: Value): void {
    const { members } = this
    if (members.length > few) {
      const keys = this.filed()
      const { size } = keys
      if (keys.add(keyOf(value)).size === size) return
    } else if (this.has(value)) return
    members.push(value)
    this.ordered = undefined
  }

  sorted(): readonly Value[] {
    this.ordered ??= sortValues([...this.members])
    return this.ordered
  }

  private filed(): Set<unknown> {
    this.keys ??= new Set(this.members.map(keyOf))
    return this.keys
  }
}
