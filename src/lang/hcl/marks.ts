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
  let marks = value.marks
  for (const item of children(value)) marks = joinMarks(marks, deepMarks(item))
  return marks
}

/** The same value without a mark at any depth. */
export function withoutMarks(value: Value): Value {
  const { v } = value
  if (isItems(v)) {
    const items = v.map(withoutMarks)
    const isSame = items.every((item, at) => item === v[at])
    return isSame ? bare(value, v) : { type: value.type, v: items }
  }
  if (isEntries(v)) {
    const entries = new Map<string, Value>()
    let isSame = true
    for (const [name, item] of v) {
      const clean = withoutMarks(item)
      if (clean !== item) isSame = false
      entries.set(name, clean)
    }
    return isSame ? bare(value, v) : { type: value.type, v: entries }
  }
  return bare(value, v)
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
