import { cut, plain, plainLines } from '../../text.ts'
import type { Call } from '../call.ts'
import { callLine } from '../notify/message.ts'
import type { Preview } from '../preview.ts'
import type { Job } from '../record/job.ts'

/** What a plan says in the terminal: the calls exactly, and what holds them back. */
export function previewText({ finding, action, outcome, why, calls }: Preview): string {
  const verdict = outcome === 'FIXED' ? 'would run' : outcome
  const head = `${verdict}  ${action ?? finding.CheckID}  ${finding.ResourceId}`
  return [plain(head), ...why.map(reason => `  ${plain(reason)}`), ...callLines(calls)].join('\n')
}

/** The change of the code that would do the same for good. */
export function proposalLines(
  proposal: { readonly patch: string } | { readonly why: string } | null,
): readonly string[] {
  if (proposal === null) return []
  if ('why' in proposal) return [`  no patch of the code: ${plain(proposal.why)}`]
  if (proposal.patch === '') return ['  the code says so already: apply it']
  return ['  in the code:', plainLines(proposal.patch).trimEnd()]
}

export function callLines(calls: readonly Call[]): readonly string[] {
  return calls.map(call => `  → ${plain(callLine(call))}`)
}

export function jobLine(job: Job): string {
  const { id, state, outcome, action, target, finding, at, why } = job
  const what = outcome === null || state === 'undone' ? state : `${outcome}${note(job)}`
  const where = target?.arn ?? finding?.ResourceId ?? ''
  const line = `${id}  ${at}  ${what.padEnd(18)}  ${action ?? finding?.CheckID ?? ''}  ${where}`
  return plain(`${line}  ${cut(why.join('; '), 200)}`).trimEnd()
}

function note({ state, outcome }: Job): string {
  return outcome === 'QUEUED' && (state === 'approved' || state === 'rejected') ? ` (${state})` : ''
}
