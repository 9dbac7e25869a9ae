/** A value as JSON text in pieces: an account's input is larger than one string may be. */
export function* jsonChunks(value: unknown, depth = 3): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    yield JSON.stringify(value) ?? 'null'
    return
  }
  const isArray = Array.isArray(value)
  let separator = isArray ? '[' : '{'
  for (const key of Object.keys(value)) {
    const member: unknown = Reflect.get(value, key)
    // What is unknown is left out, as in what policies read here.
    if (member === undefined && !isArray) continue
    yield isArray ? separator : `${separator}${JSON.stringify(key)}:`
    yield* jsonChunks(member, depth - 1)
    separator = ','
  }
  if (separator !== ',') yield separator
  yield isArray ? ']' : '}'
}
