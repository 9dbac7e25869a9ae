import { Absent, Missing, type Path, type Resource } from '../resource.ts'
import type { Knowledge } from './knowledge.ts'

/** A place in a resource as a linked list: reads are many, and few of them are ever looked at. */
export interface Place {
  readonly parent: Place | null
  readonly key: string | number
}

/** One thing that a decision needs and that is not there. */
export interface Hole {
  readonly resource: Resource
  readonly place: Place | null
  readonly absent: Absent
}

/** What a check read: the raw material of evidence. */
export interface Read {
  readonly resource: Resource
  readonly place: Place | null
  /** An array of which no element decided. */
  readonly whole?: true
}

/** The signal with the places that the knowledge is missing from. */
export class Stop extends Missing {
  readonly holes: readonly Hole[]
  constructor(holes: readonly Hole[]) {
    super(holes[0]?.absent ?? new Absent('unresolved', 'unknown'))
    this.holes = holes
  }
}

export type Outcome<T> =
  | { readonly decided: true; readonly value: T }
  | { readonly decided: false; readonly holes: readonly Hole[] }

/** The state of one judgement. */
export interface Session {
  readonly knows: Knowledge
  reads: Read[]
  /** Where partly known text was handed out, so that a reader's signal can be placed. */
  readonly handed: Map<Absent, Hole>
  /** Whose view it is. */
  readonly owners: WeakMap<object, Resource>
  /** Whether something was read that stands in a shell: what its pieces fill. */
  readsPieces: boolean
  frame: Frame | null
  reruns: number
}

interface Frame {
  readonly parent: Frame | null
  /** The choices of this run; a longer run appends to it. */
  readonly script: number[]
  forks: Fork[]
  /** How many reads there were when the last choice was made. */
  lastForkAt: number
}

interface Fork {
  readonly key: string | null
  readonly count: number
  readonly choice: number
  readonly holes: readonly Hole[]
}

/** Unknown answers that one decision may try every way. */
const maxForks = 4
/** Second and further runs in one judgement, after which nothing more is tried: hostile input asks for many. */
const maxReruns = 5_000

export function newSession(knows: Knowledge): Session {
  return {
    knows,
    reads: [],
    handed: new Map(),
    owners: new WeakMap(),
    readsPieces: false,
    frame: null,
    reruns: 0,
  }
}

/** Runs a decision under every combination of its unknown answers: decided where all of them agree. */
export function explore<T>(session: Session, run: () => T): Outcome<T> {
  const frame: Frame = { parent: session.frame, script: [], forks: [], lastForkAt: -1 }
  const mark = session.reads.length
  let first: { readonly value: T; readonly reads: readonly Read[]; readonly known: boolean } | null
  first = null
  for (;;) {
    session.reads.length = mark
    const result = attempt(session, frame, run)
    if (result instanceof Stop) return { decided: false, holes: needed(frame, result.holes) }
    if (frame.forks.length === 0) return { decided: true, value: result.value }
    if (first !== null && !Object.is(first.value, result.value)) {
      return { decided: false, holes: needed(frame, []) }
    }
    // What was read after the last assumption is better evidence than what the assumption itself led to.
    const known = session.reads.length > frame.lastForkAt
    if (first === null || (known && !first.known)) {
      first = { value: result.value, reads: session.reads.slice(mark), known }
    }
    session.reruns++
    if (!advance(frame)) {
      session.reads.length = mark
      for (const read of first.reads) session.reads.push(read)
      return { decided: true, value: first.value }
    }
  }
}

/**
 * An answer out of `count` for something unknown; the engine comes back for the others.
 * With a key the same question has the same answer everywhere in the run.
 */
export function choose(
  session: Session,
  key: string | null,
  count: number,
  holes: readonly Hole[],
): number {
  const frame = session.frame
  const earlier = key === null ? undefined : answered(frame, key)
  if (earlier !== undefined) return earlier
  if (!frame || frame.forks.length >= maxForks || session.reruns > maxReruns) throw new Stop(holes)
  const choice = frame.script[frame.forks.length] ?? 0
  frame.script[frame.forks.length] = choice
  frame.forks.push({ key, count, choice, holes })
  frame.lastForkAt = session.reads.length
  return choice
}

function attempt<T>(session: Session, frame: Frame, run: () => T): Stop | { readonly value: T } {
  frame.forks = []
  frame.lastForkAt = -1
  session.frame = frame
  try {
    return { value: run() }
  } catch (thrown) {
    if (!(thrown instanceof Missing)) throw thrown
    return thrown instanceof Stop ? thrown : new Stop([placed(session, thrown.absent)])
  } finally {
    session.frame = frame.parent
  }
}

/** The next combination, as an odometer counts; false after the last. */
function advance(frame: Frame): boolean {
  const { script, forks } = frame
  script.length = forks.length
  for (let at = forks.length - 1; at >= 0; at--) {
    const fork = forks[at]
    if (fork && fork.choice + 1 < fork.count) {
      script[at] = fork.choice + 1
      return true
    }
    script.length = at
  }
  return false
}

/** In the order of reading, up to the first that can be collected: what comes after may not be read once that is known. */
function needed(frame: Frame, stopped: readonly Hole[]): readonly Hole[] {
  const groups = [...frame.forks.map(fork => fork.holes), stopped]
  const pending = groups.findIndex(group => group.some(hole => hole.absent.kind === 'pending'))
  return groups.slice(0, pending < 0 ? groups.length : pending + 1).flat()
}

function answered(from: Frame | null, key: string): number | undefined {
  for (let frame = from; frame; frame = frame.parent) {
    const fork = frame.forks.find(each => each.key === key)
    if (fork) return fork.choice
  }
  return undefined
}

function placed(session: Session, absent: Absent): Hole {
  const handed = session.handed.get(absent)
  if (handed) return handed
  const last = session.reads.at(-1)
  if (!last) throw new TypeError(`Missing of a value that no resource holds: ${absent.reason}`)
  return { resource: last.resource, place: last.place, absent }
}

export function pathOf(place: Place | null): Path {
  const path: (string | number)[] = []
  for (let at = place; at; at = at.parent) path.push(at.key)
  return path.reverse()
}
