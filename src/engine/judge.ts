import type { Check, Context, Tunable } from '../check.ts'
import { type Absent, Missing, type Resource } from '../resource.ts'
import { explore, newSession, type Outcome, type Read, type Session } from './explore.ts'
import { whyMaybe } from './instance.ts'
import type { Knowledge } from './knowledge.ts'
import { viewRelated, viewResource } from './view.ts'

export type Answer = 'PASS' | 'FAIL' | 'NOT APPLICABLE'
/** An Absent stands for resources that are named and not in the scan, or whose name is not known. */
export type Related = (
  resource: Resource,
  type: string,
  which?: Which,
) => readonly (Resource | Absent)[]
/** Both ways, by default; those that refer to the resource; or all of the type in its surroundings. */
export type Which = 'linked' | 'inward' | 'all'

/** One check with what it may ask, ready to judge any resource of its types. */
export interface Judge {
  readonly check: Check
  /** On plain attributes, for a resource in which nothing is absent; null where a related one has something absent. */
  plain(resource: Resource): Answer | null
  /** Through the view. */
  traced(resource: Resource): Traced
}

export interface Traced {
  readonly outcome: Outcome<Answer>
  /** In order; what decided stands last. */
  readonly reads: readonly Read[]
  /** Whether the check read what the pieces of a shell fill, and lacks more than what other pieces may be in its lists. */
  readonly readsPieces: boolean
  /** The check's own words for the fault, where it has some and they can be said. */
  fault(): string | null
}

export interface Surroundings {
  readonly now: Date
  readonly knows: Knowledge
  readonly related: Related
  readonly settings?: Readonly<Record<string, Readonly<Record<string, Tunable>>>>
}

export function judgeOf(check: Check, around: Surroundings): Judge {
  const options = { ...check.options, ...around.settings?.[check.id] }
  let current: Resource | null = null
  const given = new Map<object, Resource>()
  const plainly = (type: string, which: Which, of?: object) => {
    const owner = of === undefined ? current : ownerOf(given.get(of))
    if (owner === null) return boundary([])
    const related = around.related(owner, type, which)
    const isWhole = (each: Resource | Absent): each is Resource =>
      'attributes' in each && !each.partial && whyMaybe(each, owner) === null
    if (!related.every(isWhole)) throw needsTrace
    for (const each of related) given.set(each.attributes, each)
    return boundary(related.map(each => each.attributes))
  }
  const plainContext: Mutable<Context> = {
    now: around.now,
    options,
    id: '',
    type: '',
    account: null,
    region: null,
    related: (type, of) => plainly(type, 'linked', of),
    referring: type => plainly(type, 'inward'),
    all: type => plainly(type, 'all'),
    placeOf: of => ownerOf(given.get(of)),
  }
  return {
    check,
    plain(resource) {
      current = resource
      given.clear()
      plainContext.id = resource.id
      plainContext.type = resource.type
      plainContext.account = resource.account
      plainContext.region = resource.region
      try {
        return answer(check, boundary(resource.attributes), plainContext)
      } catch (thrown) {
        // Check-kit may miss something that no attribute lacks: which account the code is for.
        if (thrown === needsTrace || thrown instanceof Missing) return null
        throw thrown
      }
    },
    traced: resource => trace(check, resource, options, around),
  }
}

function trace(
  check: Check,
  resource: Resource,
  options: Context['options'],
  around: Surroundings,
): Traced {
  const session = newSession(around.knows)
  const view = boundary(viewResource(session, resource))
  const others = (type: string, which: Which, of?: object) => {
    const owner = of === undefined ? resource : ownerOf(session.owners.get(of))
    return boundary(viewRelated(session, owner, type, around.related(owner, type, which)))
  }
  const context: Context = {
    now: around.now,
    options,
    id: resource.id,
    type: resource.type,
    account: resource.account,
    region: resource.region,
    related: (type, of) => others(type, 'linked', of),
    referring: type => others(type, 'inward'),
    all: type => others(type, 'all'),
    placeOf: of => ownerOf(session.owners.get(of)),
  }
  const outcome = judged(session, check, view, context)
  const reads = session.reads.slice()
  return {
    outcome,
    reads,
    readsPieces: session.readsPieces && !lacksListsOnly(outcome, around.knows),
    fault() {
      const { fault } = check
      if (typeof fault !== 'function') return fault ?? null
      const said = explore(session, () => fault(view, context))
      return said.decided && typeof said.value === 'string' ? said.value : null
    },
  }
}

function lacksListsOnly(outcome: Outcome<Answer>, knows: Knowledge): boolean {
  return (
    !outcome.decided &&
    outcome.holes.every(
      ({ resource: { shell, type, attributes }, place, absent }) =>
        shell === true &&
        place !== null &&
        attributes[place.key] === absent &&
        knows.kindOf(type, [place.key]) === 'array',
    )
  )
}

/** Where it is not known whether the check applies, a resource that passes it passes either way. */
function judged(
  session: Session,
  check: Check,
  resource: never,
  context: Context,
): Outcome<Answer> {
  const outcome = explore(session, () => answer(check, resource, context))
  if (outcome.decided || !check.when) return outcome
  if (outcome.holes.some(hole => hole.absent.kind === 'pending')) return outcome
  const { reads, readsPieces } = session
  session.reads = []
  if (passes(session, check, resource, context)) return { decided: true, value: 'PASS' }
  session.reads = reads
  session.readsPieces = readsPieces
  return outcome
}

function passes(session: Session, check: Check, resource: never, context: Context): boolean {
  try {
    const outcome = explore(session, () => check.pass(resource, context))
    return outcome.decided && outcome.value
  } catch {
    // `pass` may lean on what `when` asks first.
    return false
  }
}

function ownerOf(resource: Resource | undefined): Resource {
  if (resource === undefined) throw new TypeError('related() of what the context has not given')
  return resource
}

function answer(check: Check, resource: never, context: Context): Answer {
  if (check.when && !check.when(resource, context)) return 'NOT APPLICABLE'
  return check.pass(resource, context) ? 'PASS' : 'FAIL'
}

/** The vocabulary's types end here: what a source made, in the shape that the normaliser gave it. */
function boundary(value: unknown): never {
  return value as never
}

const needsTrace = Symbol('a related resource has something absent')

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
