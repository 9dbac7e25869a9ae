import { objectType } from './type.ts'
import type { Value } from './value.ts'

/**
 * The entries of an object that answers for attributes that are not written: a resource has more of them
 * than its block, and only the provider knows those. What is listed is what is written.
 */
export class OpenEntries extends Map<string, Value> {
  readonly missing: (name: string) => Value

  constructor(entries: Iterable<readonly [string, Value]>, missing: (name: string) => Value) {
    // Map's own constructor would call `set` before `missing` is there.
    super()
    this.missing = missing
    for (const [name, value] of entries) this.set(name, value)
  }

  override get(name: string): Value {
    return super.get(name) ?? this.missing(name)
  }
}

/** Other entries in the place of these, as open as they are. */
export function entriesLike(
  model: ReadonlyMap<string, Value>,
  entries: Iterable<readonly [string, Value]>,
): ReadonlyMap<string, Value> {
  return model instanceof OpenEntries ? new OpenEntries(entries, model.missing) : new Map(entries)
}

export function openObject(
  entries: Iterable<readonly [string, Value]>,
  missing: (name: string) => Value,
): Value {
  const v = new OpenEntries(entries, missing)
  return { type: objectType([...v].map(([name, value]) => [name, value.type])), v }
}
