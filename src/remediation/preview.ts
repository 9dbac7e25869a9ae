import type { Action, Target } from './action.ts'
import { reasonOf } from './aws/open-cloud.ts'
import type { Brief } from './brief.ts'
import type { Call } from './call.ts'
import { choose } from './choose.ts'
import { decide, guided } from './mend.ts'
import type { Outcome } from './outcome.ts'
import type { Tools } from './tools.ts'

/** What an event with the finding would come to, and the exact calls. Nothing is changed or recorded. */
export interface Preview {
  readonly finding: Brief
  readonly action: string | null
  readonly outcome: Outcome
  readonly why: readonly string[]
  readonly calls: readonly Call[]
}

export async function preview(finding: Brief, tools: Tools): Promise<Preview> {
  const request = { id: null, source: null, detailType: null, account: null, region: null }
  const choice = choose({ kind: 'finding', ...request, finding }, tools.registry, tools.settings)
  if ('outcome' in choice) {
    return { finding, action: null, outcome: choice.outcome, why: [choice.why], calls: [] }
  }
  if (choice.action.mode === 'guide') {
    return { finding, action: choice.action.id, ...guided(choice.action), calls: [] }
  }
  try {
    return await looked(finding, choice, tools)
  } catch (error) {
    const why = [reasonOf(error)]
    return { finding, action: choice.action.id, outcome: 'FAILED', why, calls: [] }
  }
}

async function looked(
  finding: Brief,
  { action, target }: { readonly action: Action; readonly target: Target },
  tools: Tools,
): Promise<Preview> {
  const run = { job: '', event: null, finding, action, target, known: null, approval: null }
  const cloud = await tools.cloud(target, action, 'look')
  try {
    const due = await decide(run, cloud, tools)
    const said = { finding, action: action.id, calls: due.plan?.calls ?? [] }
    return 'outcome' in due
      ? { ...said, outcome: due.outcome, why: due.why }
      : { ...said, outcome: 'FIXED', why: [`nothing holds it back in ${due.environment}`] }
  } finally {
    cloud.close()
  }
}
