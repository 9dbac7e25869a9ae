import { weigh } from './bulk.ts'
import { entriesLike } from './open-entries.ts'
import { isEntries, isItems, type Marks, type Value } from './value.ts'

/** What holds of both holds of what is made of them. */
export function joinMarks(left: Marks | undefined, right: Marks | undefined): Marks | undefined {
  if (right === undefined || left === right) return left
  if (left === undefined) return right
  const from = union(left.from, right.from)
  const via = union(left.via, right.via)
  if (
    from === left.from &&
    via === left.via &&
    (left.sensitive === true || right.sensitive !== true)
  ) {
    return left
  }
  return {
    ...(left.sensitive === true || right.sensitive === true ? { sensitive: true } : {}),
    ...(from === undefined ? {} : { from }),
    ...(via === undefined ? {} : { via }),
  }
}

/** The same value, with those marks added at the top. */
export function mark(value: Value, marks: Marks | undefined): Value {
  const joined = joinMarks(value.marks, marks)
  return joined === value.marks || joined === undefined ? value : { ...value, marks: joined }
}

/** The marks of the value and of everything inside it. */
export function deepMarks(value: Value): Marks | undefined {
  if (!isItems(value.v) && !isEntries(value.v)) return value.marks
  const found: Found = { sensitive: false, from: new Set(), via: new Set() }
  let only: Marks | undefined
  let isMixed = false
  const seen = new Set<Value>()
  const visit = (at: Value): void => {
    if (at.marks !== undefined && at.marks !== only) {
      isMixed ||= only !== undefined
      only = at.marks
      note(found, at.marks)
    }
    if ((!isItems(at.v) && !isEntries(at.v)) || seen.has(at)) return
    seen.add(at)
    for (const item of children(at)) visit(item)
  }
  visit(value)
  return isMixed ? marksOf(found) : only
}

interface Found {
  sensitive: boolean
  readonly from: Set<string>
  readonly via: Set<string>
}

function note(found: Found, marks: Marks): void {
  found.sensitive ||= marks.sensitive === true
  for (const name of marks.from ?? []) found.from.add(name)
  for (const name of marks.via ?? []) found.via.add(name)
}

function marksOf(found: Found): Marks {
  return {
    ...(found.sensitive ? { sensitive: true } : {}),
    ...(found.from.size === 0 ? {} : { from: [...found.from] }),
    ...(found.via.size === 0 ? {} : { via: [...found.via] }),
  }
}

/** The same value without a mark at any depth. */
export function withoutMarks(value: Value): Value {
  return deepMarks(value) === undefined ? value : stripped(value, new Map())
}

/** Parts that are shared stay shared. */
function stripped(value: Value, done: Map<Value, Value>): Value {
  const { type, v } = value
  if (!isItems(v) && !isEntries(v)) return bare(value, v)
  const known = done.get(value)
  if (known !== undefined) return known
  const clean: Value = isItems(v)
    ? { type, v: weigh(v.map(item => stripped(item, done))) }
    : {
        type,
        v: weigh(
          entriesLike(
            v,
            [...v].map(([name, item]) => [name, stripped(item, done)]),
          ),
        ),
      }
  done.set(value, clean)
  return clean
}

/** What a test leaves on a result that it chose: secrecy and the way, but no link to what was tested. */
export function asTest(marks: Marks | undefined): Marks | undefined {
  if (marks?.from === undefined) return marks
  const { from: _, ...rest } = marks
  return rest.sensitive === undefined && rest.via === undefined ? undefined : rest
}

/** The values directly inside a collection; none for anything else. */
export function children(value: Value): Iterable<Value> {
  if (isItems(value.v)) return value.v
  if (isEntries(value.v)) return value.v.values()
  return []
}

function bare(value: Value, v: Value['v']): Value {
  return value.marks === undefined ? value : { type: value.type, v }
}

function union(
  left: readonly string[] | undefined,
  right: readonly string[] | undefined,
): readonly string[] | undefined {
  if (right === undefined || left === right) return left
  if (left === undefined) return right
  const more = right.filter(name => !left.includes(name))
  return more.length === 0 ? left : [...left, ...more]
}
