import { UserError } from '../errors.ts'
import {
  type Compliance,
  complianceOf,
  complianceOfAll,
  type FrameworkCard,
  type FrameworkFile,
  frameworkCards,
} from '../frameworks/framework.ts'
import { nearest } from '../nearest.ts'

export interface ComplianceRequest {
  /** Only checks of these frameworks; empty: all checks. */
  readonly frameworks: readonly string[]
  /** Whether a report shows which requirements a finding is about. */
  readonly shown: boolean
}

export interface Asked {
  /** Ids of the frameworks that were asked for. */
  readonly ids: readonly string[]
  /** What the frameworks ask; undefined: nothing is left out. */
  readonly within?: readonly string[]
  /** Of the frameworks that were asked for, else of all. */
  readonly byCheck?: Compliance
}

/**
 * Loads the frameworks that are asked for; all of them only where a report shows them, none for anything else. `own` are
 * those that only the user's policies know.
 */
export async function readCompliance(
  { frameworks, shown }: ComplianceRequest,
  own: readonly string[] = [],
): Promise<Asked> {
  if (frameworks.length === 0)
    return { ids: [], ...(shown && { byCheck: await complianceOfAll() }) }
  const names = frameworks.map(name => name.toLowerCase())
  const ofPolicies = names.filter(name => own.includes(name))
  const cards = await Promise.all(
    names.filter(name => !own.includes(name)).map(name => findFramework(name, own)),
  )
  const files = await Promise.all(
    cards.map(
      async ({ id, load }): Promise<[string, FrameworkFile]> => [id, (await load()).default],
    ),
  )
  const byCheck = complianceOf(new Map(files))
  return {
    ids: [...cards.map(({ id }) => id), ...ofPolicies],
    within: [...byCheck.keys()],
    byCheck,
  }
}

/** The framework of that name, which may lack its end where only one goes on so: `cis_2.0`. */
export async function findFramework(
  name: string,
  own: readonly string[] = [],
): Promise<FrameworkCard> {
  const cards = await frameworkCards()
  const lower = name.toLowerCase()
  const exact = cards.find(card => card.id === lower)
  const begun = cards.filter(card => lower !== '' && card.id.startsWith(lower))
  const found = exact ?? (begun.length === 1 ? begun[0] : undefined)
  if (found) return found
  throw new UserError(
    `unknown framework '${name}'${hint(name, begun, [...cards.map(card => card.id), ...own])} (batten compliance list)`,
  )
}

function hint(name: string, begun: readonly FrameworkCard[], known: readonly string[]): string {
  if (begun.length > 1) return `; it may be ${begun.map(card => card.id).join(', ')}`
  const near = nearest(name, known)
  return near === null ? '' : `; did you mean '${near}'?`
}
