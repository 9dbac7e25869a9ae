import type { Judgement, Note, PolicyRule, Violation } from '../policy/index.ts'
import type { Resource } from '../resource.ts'
import { code } from './verdicts.ts'

/** The verdicts of one policy rule: a byte a resource, and what there is to say of those that do not pass. */
export interface RuleVerdicts {
  readonly rule: PolicyRule
  readonly codes: Uint8Array
  readonly violations: ReadonlyMap<number, readonly Violation[]>
  readonly unknown: ReadonlyMap<number, readonly Note[]>
  /** Denials that name no resource, and scopes in which it broke. */
  readonly loose: readonly Loose[]
}

export interface Loose {
  readonly scope: Judgement['scope']
  readonly violation: Violation | null
  readonly error: Judgement['error']
  /** What of the scope itself is not known. */
  readonly notes: readonly Note[]
}

/** What the rules found in all scopes, by the index of the resource. */
export function verdictsOf(
  judgements: Iterable<Judgement>,
  resources: readonly Resource[],
): readonly RuleVerdicts[] {
  const indexes = new Map(resources.map((resource, index) => [resource, index]))
  const byRule = new Map<PolicyRule, Building>()
  for (const judgement of judgements) {
    const { rule } = judgement
    const building = byRule.get(rule) ?? {
      rule,
      codes: new Uint8Array(resources.length),
      violations: new Map(),
      unknown: new Map(),
      loose: [],
    }
    byRule.set(rule, building)
    add(building, judgement, indexes)
  }
  return [...byRule.values()]
}

interface Building extends RuleVerdicts {
  readonly violations: Map<number, Violation[]>
  readonly unknown: Map<number, readonly Note[]>
  readonly loose: Loose[]
}

function add(
  { codes, violations, unknown, loose }: Building,
  judgement: Judgement,
  indexes: ReadonlyMap<Resource, number>,
): void {
  const { scope, error } = judgement
  const vague = judgement.violations.filter(({ subject }) => subject === null)
  for (const violation of vague) loose.push({ scope, violation, error: null, notes: [] })
  if (error !== null) loose.push({ scope, violation: null, error, notes: [] })
  const own = judgement.unknown.get(scope.self) ?? []
  if (own.length > 0 && !indexes.has(scope.self))
    loose.push({ scope, violation: null, error: null, notes: own })
  // A denial of nobody knows what, or a rule that broke, leaves nobody innocent.
  if (vague.length === 0 && error === null)
    for (const resource of judgement.looked) codes[indexes.get(resource) ?? -1] = code.PASS
  for (const [resource, notes] of judgement.unknown) {
    const index = indexes.get(resource)
    const isTouched = judgement.looked.has(resource) || resource === scope.self
    if (index === undefined || !isTouched) continue
    // Of a resource that is not in the scan there is nothing to say but what its pieces do.
    if (isFoldedShell(resource) && notes.every(isBeside)) {
      codes[index] = notJudged
      continue
    }
    codes[index] = code.UNKNOWN
    unknown.set(index, notes)
  }
  for (const violation of judgement.violations) {
    const index = violation.subject && indexes.get(violation.subject.resource)
    if (index === null || index === undefined) continue
    codes[index] = code.FAIL
    const group = violations.get(index)
    if (group === undefined) violations.set(index, [violation])
    else group.push(violation)
  }
}

const notJudged = 0

function isFoldedShell({ shell, parts }: Resource): boolean {
  return shell === true && parts !== undefined
}

/** What of a shell no piece fills. */
function isBeside({ resource, path }: Note): boolean {
  if (!isFoldedShell(resource)) return false
  return !resource.parts?.some(({ at }) => at.every((key, depth) => key === (path[depth] ?? key)))
}
