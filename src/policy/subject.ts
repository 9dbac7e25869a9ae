import type { Value } from '../lang/rego/index.ts'
import type { Path, Resource } from '../resource.ts'
import { lastWritten } from './attribute-paths.ts'
import type { Denial } from './denial.ts'
import { ownerOf, type Spot, spotOf } from './link.ts'
import type { Scope } from './scope.ts'

/** The resource that a denial is about, and where in it. */
export interface Subject {
  readonly resource: Resource
  readonly spot: Spot
}

/**
 * What the rule's object names, else what its message names among what the rule has bound, else what it has bound first,
 * else what its message names among what it has looked at.
 */
export function subjectOf(
  denial: Denial,
  variables: Iterable<Value>,
  { scope, looked, latest, attributes }: Seen & Named,
): Subject | null {
  const bound: Bound[] = []
  const texts: string[] = []
  const numbers: number[] = []
  for (const value of variables) {
    const found = ownerOf(value)
    if (found !== null) bound.push({ ...found, value })
    else if (typeof value === 'string') texts.push(value)
    else if (typeof value === 'number') numbers.push(value)
  }
  const owners = [...new Set(bound.map(({ owner }) => owner))]
  const resource =
    named(denial, { owners, looked, scope }) ??
    mentionedOf(owners, denial, scope) ??
    owners[0] ??
    calledOneOf(texts, { scope, looked, latest }) ??
    numberedOneOf(numbers, { scope, latest }) ??
    mentioned(denial.message ?? '', looked, scope)
  if (resource === null || resource === undefined) return null
  return { resource, spot: spotIn(resource, denial.path, bound, attributes) }
}

interface Seen {
  readonly scope: Scope
  readonly looked: ReadonlySet<Resource>
  /** The last of each type that was looked at. */
  readonly latest: ReadonlyMap<string, Resource>
}

interface Named {
  /** What the rule names of resources. */
  readonly attributes: readonly Path[]
}

interface Bound {
  readonly owner: Resource
  readonly depth: number
  readonly value: Value
}

/** By the rule's own word: an address, an id, or a name in the input. */
function named(
  { resource: word, resourceType }: Denial,
  {
    owners,
    looked,
    scope,
  }: { owners: readonly Resource[]; looked: ReadonlySet<Resource>; scope: Scope },
): Resource | null {
  if (word === null) return null
  const own = owners.find(owner => isCalled(owner, word, scope))
  if (own !== undefined) return own
  const all = scope.named(word).filter(({ type }) => resourceType === null || type === resourceType)
  return all.find(each => looked.has(each)) ?? all[0] ?? null
}

function isCalled(resource: Resource, word: string, scope: Scope): boolean {
  return (
    resource.id === word ||
    resource.origin.address === word ||
    resource.name === word ||
    scope.nameOf(resource) === word
  )
}

/** Of several that are bound, the one of which the message speaks. */
function mentionedOf(
  owners: readonly Resource[],
  { message }: Denial,
  scope: Scope,
): Resource | undefined {
  if (owners.length < 2 || message === null) return undefined
  const words = new Set(wordsIn(message))
  return owners.find(owner =>
    [owner.id, owner.name, scope.nameOf(owner)].some(name => words.has(name)),
  )
}

/** A variable that is the name of a resource in hand, else of the only one so called that was looked at. */
function calledOneOf(
  texts: readonly string[],
  { scope, looked, latest }: Seen,
): Resource | undefined {
  for (const text of texts) {
    const found = scope.named(text).filter(each => looked.has(each))
    const inHand = found.filter(each => latest.get(each.type) === each)
    if (inHand.length === 1) return inHand[0]
    if (found.length === 1) return found[0]
  }
  return undefined
}

/** An index into `input.resources` of the one in hand. */
function numberedOneOf(
  numbers: readonly number[],
  { scope, latest }: Pick<Seen, 'scope' | 'latest'>,
): Resource | undefined {
  const found = numbers.flatMap(number => scope.resources[number] ?? [])
  return found.find(each => latest.get(each.type) === each)
}

/** The longest name in the message that one resource that was looked at has, or one at all. */
function mentioned(
  message: string,
  looked: ReadonlySet<Resource>,
  scope: Scope,
): Resource | undefined {
  for (const word of wordsIn(message)) {
    const all = scope.named(word)
    const seen = all.filter(each => looked.has(each))
    const only = seen.length > 0 ? seen : all
    if (only.length === 1) return only[0]
  }
  return undefined
}

/** What stands in quotes, then every word, the longest first. */
function wordsIn(message: string): readonly string[] {
  const text = message.slice(0, 2000)
  const quoted = [...text.matchAll(/'([^']+)'|"([^"]+)"|`([^`]+)`/g)].map(
    ([, a, b, c]) => a ?? b ?? c ?? '',
  )
  const words = text.split(/[\s,;()'"`]+/).flatMap(word => {
    const bare = word.replace(/[.:!?]+$/, '')
    return bare === '' ? [] : bare === word ? [word] : [word, bare]
  })
  return [...quoted, ...words.sort((a, b) => b.length - a.length)]
}

/** The path that the rule gives, else the deepest part of the resource that it has bound, else what it names. */
function spotIn(
  resource: Resource,
  path: string | null,
  bound: readonly Bound[],
  attributes: readonly Path[],
): Spot {
  const form = resource.origin.declared === undefined ? 'normal' : 'declared'
  if (path !== null) return { resource, path: stepsOf(path), form }
  let best: Bound | null = null
  for (const each of bound)
    if (each.owner === resource && each.depth > (best?.depth ?? 0)) best = each
  const own: Spot = { resource, path: lastWritten(resource, attributes), form }
  return (best && spotOf(best.value)) ?? own
}

/** `ingress[0].cidr_blocks` */
function stepsOf(path: string): Path {
  return path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map(step => (/^\d+$/.test(step) ? Number(step) : step))
}
