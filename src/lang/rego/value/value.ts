import type { Big } from './big.ts'
import { keyOf } from './key.ts'
import { compare, sortValues } from './order.ts'

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

/** An object made by a policy: its keys may be any value. */
export class RegoObject {
  readonly entries: Map<unknown, Entry>
  private ordered: readonly Entry[] | undefined

  constructor(entries: Map<unknown, Entry> = new Map()) {
    this.entries = entries
  }

  static of(entries: Iterable<Entry>): RegoObject {
    const object = new RegoObject()
    for (const [key, value] of entries) object.put(key, value)
    return object
  }

  get(key: Value): Value | undefined {
    return this.entries.get(keyOf(key))?.[1]
  }

  /** Only while the object is being built: values are immutable once handed on. */
  put(key: Value, value: Value): void {
    this.entries.set(keyOf(key), [key, value])
    this.ordered = undefined
  }

  sorted(): readonly Entry[] {
    this.ordered ??= [...this.entries.values()].sort((a, b) => compare(a[0], b[0]))
    return this.ordered
  }
}

export class RegoSet {
  readonly members: Map<unknown, Value>
  private ordered: readonly Value[] | undefined

  constructor(members: Map<unknown, Value> = new Map()) {
    this.members = members
  }

  static of(values: Iterable<Value>): RegoSet {
    const set = new RegoSet()
    for (const value of values) set.add(value)
    return set
  }

  has(value: Value): boolean {
    return this.members.has(keyOf(value))
  }

  get size(): number {
    return this.members.size
  }

  /** Only while the set is being built. */
  add(value: Value): void {
    const key = keyOf(value)
    if (this.members.has(key)) return
    this.members.set(key, value)
    this.ordered = undefined
  }

  sorted(): readonly Value[] {
    this.ordered ??= sortValues([...this.members.values()])
    return this.ordered
  }
}
