import { type Policy, RegoError, Trace } from '../lang/rego/index.ts'
import type { Resource } from '../resource.ts'
import { type Denial, denialsOf } from './denial.ts'
import type { PolicyRule } from './rule.ts'
import { isStandIn, type Scope } from './scope.ts'
import { type Subject, subjectOf } from './subject.ts'
import type { Note } from './values.ts'

/** What one rule found in one scope. */
export interface Judgement {
  readonly rule: PolicyRule
  readonly scope: Scope
  /** Resources that it looked at. */
  readonly looked: ReadonlySet<Resource>
  readonly violations: readonly Violation[]
  /** Of which it read something that is not known. */
  readonly unknown: ReadonlyMap<Resource, readonly Note[]>
  /** Why it could not be evaluated. */
  readonly error: RegoError | null
}

export interface Violation {
  readonly denial: Denial
  /** Null where nothing tells which resource it is about. */
  readonly subject: Subject | null
}

export interface JudgeOptions {
  readonly policy: Policy
  readonly data: object
  readonly now: Date
  readonly budget?: {
    readonly steps?: number
    readonly memory?: number
    readonly violations?: number
  }
}

/** Runs a rule over a scope. */
export function judge(rule: PolicyRule, scope: Scope, options: JudgeOptions): Judgement {
  const looked = new Set<Resource>()
  const latest = new Map<string, Resource>()
  const unknown = new Map<Resource, Note[]>()
  const violations = new Map<string, Violation>()
  const most = options.budget?.violations ?? mostViolations
  let mistake: RegoError | null = null

  const touch = (note: Note): void => {
    if (isStandIn(note.resource)) looked.add(note.resource)
    noteOf(unknown, note.resource, note)
    // What a rule reads of one resource may decide about those that it has in hand.
    for (const [type, resource] of latest)
      if (type !== note.resource.type) noteOf(unknown, resource, note)
  }
  const trace: Trace = new Trace({
    onUnknown: note => touch(note as Note),
    onMade(made) {
      if (!isPrefix(rule.path, made.path)) return
      const denials = denialsOf(made, rule.path.length)
      if (typeof denials === 'string') {
        mistake ??= new RegoError('eval_type_error', `${rule.path.at(-1)} ${denials}`, made.rule)
        return
      }
      for (const denial of denials) {
        const subject = subjectOf(denial, made.variables().values(), {
          scope,
          looked,
          latest,
          attributes: rule.attributes.get(`${made.rule.file}:${made.rule.row}`) ?? [],
        })
        const key = JSON.stringify([denial, subject?.resource.id, subject?.resource.type])
        if (!violations.has(key)) violations.set(key, { denial, subject })
        if (violations.size > most)
          throw new RegoError(
            'eval_budget_error',
            `${rule.path.at(-1)} denies more than ${most} times`,
            made.rule,
          )
      }
    },
  })
  scope.listener = {
    look(resource) {
      looked.add(resource)
      latest.set(resource.type, resource)
    },
    touch: note => {
      if (isOf(rule, note)) trace.unknown(note)
    },
  }
  const error = run(rule, scope, trace, options)
  return {
    rule,
    scope,
    looked,
    violations: [...violations.values()],
    unknown,
    error: error ?? mistake,
  }
}

/** A list of all resources may lack some that the rule is not about. */
function isOf({ types, isOpen }: PolicyRule, { resource }: Note): boolean {
  return isOpen || !isStandIn(resource) || types.includes(resource.type)
}

/** Each is a finding, and none of them is part of what the evaluation may hold. */
const mostViolations = 250_000

function run(
  { path }: PolicyRule,
  { input }: Scope,
  trace: Trace,
  { policy, data, now, budget }: JudgeOptions,
): RegoError | null {
  const query = `x = data${path.map(part => `[${JSON.stringify(part)}]`).join('')}`
  try {
    policy.query(query, {
      input,
      data,
      trace,
      now: BigInt(now.getTime()) * 1_000_000n,
      ...(budget && { budget }),
    })
    return null
  } catch (error) {
    if (error instanceof RegoError) return error
    throw error
  }
}

function isPrefix(prefix: readonly string[], path: readonly unknown[]): boolean {
  return prefix.every((part, at) => part === path[at])
}

function noteOf(unknown: Map<Resource, Note[]>, resource: Resource, note: Note): void {
  const notes = unknown.get(resource)
  if (notes === undefined) unknown.set(resource, [note])
  else if (notes.length < mostNotes && !notes.includes(note)) notes.push(note)
}

const mostNotes = 5
