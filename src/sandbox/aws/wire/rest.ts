import { NormalizedSchema } from '@smithy/core/schema'
import type { Incoming } from './incoming.ts'
import { scalar } from './scalar.ts'
import type { Operation } from './service.ts'

/** What the REST protocols say outside of a body: the operation by method, path and query, and values in all of them and in headers. */
export interface RestMatch {
  readonly operation: Operation
  readonly labels: ReadonlyMap<string, string>
}

/** Of all operations whose pattern fits, the one that asks for the most of the query string. */
export function matchRest(
  operations: readonly Operation[],
  request: Incoming,
  path: string,
  bucket: string | undefined,
): RestMatch | undefined {
  let best: { match: RestMatch; weight: number } | undefined
  for (const operation of operations) {
    const [method, template] = httpTrait(operation)
    if (method !== request.method) continue
    const [pattern = '', staticQuery = ''] = template.split('?')
    const wanted = [...new URLSearchParams(staticQuery)].filter(([name]) => name !== 'x-id')
    if (!wanted.every(([name, value]) => request.query.get(name) === value)) continue
    if (inPath(operation, pattern, bucket)) continue
    const labels = matchPath(pattern, path)
    if (!labels) continue
    const weight = wanted.length * 1000 + pattern.replace(/\{[^}]*\}/g, '').length
    if (!best || weight > best.weight) best = { match: { operation, labels }, weight }
  }
  if (best && bucket !== undefined) {
    return { ...best.match, labels: new Map([...best.match.labels, ['Bucket', bucket]]) }
  }
  return best?.match
}

/** S3 only: an operation on a bucket never answers the root, nor the other way round. */
function inPath(operation: Operation, pattern: string, bucket: string | undefined): boolean {
  const schema = NormalizedSchema.of(operation.schema[4])
  if (!schema.isStructSchema() || pattern.includes('{Bucket}')) return false
  const takesBucket = [...schema.structIterator()].some(
    ([name, member]) => name === 'Bucket' && member.getMergedTraits().httpLabel,
  )
  return takesBucket !== (bucket !== undefined)
}

function httpTrait(operation: Operation): readonly [method: string, path: string] {
  const { http } = NormalizedSchema.of(operation.schema).getMergedTraits()
  return http ? [http[0], http[1]] : ['', '']
}

function matchPath(pattern: string, path: string): ReadonlyMap<string, string> | undefined {
  const wanted = steps(pattern)
  const given = steps(path)
  const labels = new Map<string, string>()
  for (const [index, step] of wanted.entries()) {
    const label = /^\{(\w+)(\+?)\}$/.exec(step)
    const rest = given.slice(index)
    if (!label?.[1]) {
      if (given[index] !== step) return undefined
      continue
    }
    const text = label[2] ? rest.join('/') : (rest[0] ?? '')
    if (text === '') return undefined
    labels.set(label[1], decode(text))
    if (label[2]) return labels
  }
  return wanted.length === given.length ? labels : undefined
}

/** Clients do not agree on a slash at the end. */
function steps(path: string): readonly string[] {
  return path
    .replace(/(.)\/$/, '$1')
    .split('/')
    .slice(1)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The members that are bound to the path, the query and the headers. */
export function readBindings(
  schema: NormalizedSchema,
  request: Incoming,
  labels: ReadonlyMap<string, string>,
): readonly (readonly [string, unknown])[] {
  if (!schema.isStructSchema()) return []
  const found: [string, unknown][] = []
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits()
    if (traits.httpLabel && labels.has(name)) {
      found.push([name, scalar(member, labels.get(name) ?? '')])
    }
    if (traits.httpQuery && request.query.has(traits.httpQuery)) {
      const all = request.query.getAll(traits.httpQuery)
      const value = member.isListSchema()
        ? all.map(one => scalar(member.getValueSchema(), one))
        : scalar(member, all[0] ?? '')
      found.push([name, value])
    }
    const header = traits.httpHeader && request.headers[traits.httpHeader.toLowerCase()]
    if (typeof header === 'string') found.push([name, scalar(member, header)])
  }
  return found
}
