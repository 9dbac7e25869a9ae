import { nearest } from '../engine/nearest.ts'
import { UserError } from '../errors.ts'
import {
  type Compliance,
  complianceOf,
  complianceOfAll,
  type FrameworkCard,
  type FrameworkFile,
  frameworkCards,
} from '../frameworks/framework.ts'

export interface ComplianceRequest {
  /** Only checks of these frameworks; empty: all checks. */
  readonly frameworks: readonly string[]
  /** Whether a report shows which requirements a finding is about. */
  readonly shown: boolean
}

export interface Asked {
  /** What the frameworks ask; undefined: nothing is left out. */
  readonly within?: readonly string[]
  /** Of the frameworks that were asked for, else of all. */
  readonly byCheck?: Compliance
}

/** Loads the frameworks that are asked for; all of them only where a report shows them, none for anything else. */
export async function readCompliance({ frameworks, shown }: ComplianceRequest): Promise<Asked> {
  if (frameworks.length === 0) return shown ? { byCheck: await complianceOfAll() } : {}
  const cards = await Promise.all(frameworks.map(findFramework))
  const files = await Promise.all(
    cards.map(
      async ({ id, load }): Promise<[string, FrameworkFile]> => [id, (await load()).default],
    ),
  )
  const byCheck = complianceOf(new Map(files))
  return { within: [...byCheck.keys()], byCheck }
}

/** The framework of that name, which may lack its end where only one goes on so: `cis_2.0`. */
export async function findFramework(name: string): Promise<FrameworkCard> {
  const cards = await frameworkCards()
  const lower = name.toLowerCase()
  const exact = cards.find(card => card.id === lower)
  const begun = cards.filter(card => lower !== '' && card.id.startsWith(lower))
  const found = exact ?? (begun.length === 1 ? begun[0] : undefined)
  if (found) return found
  throw new UserError(
    `unknown framework '${name}'${hint(name, begun, cards)} (batten compliance list)`,
  )
}

function hint(
  name: string,
  begun: readonly FrameworkCard[],
  cards: readonly FrameworkCard[],
): string {
  if (begun.length > 1) return `; it may be ${begun.map(card => card.id).join(', ')}`
  const near = nearest(
    name,
    cards.map(card => card.id),
  )
  return near === null ? '' : `; did you mean '${near}'?`
}
