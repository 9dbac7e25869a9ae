import type { Call } from '../call.ts'
import type { Job } from '../record/job.ts'

/** What people are told of a job, before any channel gives it a form. */
export interface Message {
  readonly title: string
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly why: readonly string[]
  /** The exact calls, one a line. */
  readonly calls: readonly string[]
  /** How to mend the code, where code owns the resource or the check says how. */
  readonly code: string | null
}

export function messageOf(job: Job): Message {
  const { finding, target, environment, outcome, why, offer, plan, decision } = job
  const facts: [string, string][] = [['Job', job.id]]
  if (finding) facts.push(['Check', `${finding.CheckID} (${finding.Severity})`])
  facts.push(['Resource', target?.arn ?? finding?.ResourceId ?? ''])
  if (target) facts.push(['Account', `${target.account} ${target.region}`])
  if (environment !== null) facts.push(['Environment', environment])
  if (job.action !== null) facts.push(['Action', job.action])
  if (decision) facts.push(['Approved by', decision.by])
  if (offer) facts.push(['Decide before', offer.expires])
  const calls = offer?.plan.calls ?? plan?.calls ?? []
  return {
    title: titles[outcome ?? 'QUEUED'],
    facts: facts.filter(([, value]) => value !== ''),
    why,
    calls: calls.map(callLine),
    code: outcome === 'QUEUED' ? (finding?.Terraform ?? null) : null,
  }
}

const titles = {
  FIXED: 'Mended',
  ALREADY_OK: 'Nothing to mend',
  QUEUED: 'A mend waits for you',
  REFUSED: 'Not mended',
  PARTIAL: 'Mended in part: look at it',
  FAILED: 'The mend failed',
} as const

/** `s3:PutPublicAccessBlock {"Bucket":"b"}` */
export function callLine({ service, operation, input }: Call): string {
  return `${service}:${operation} ${JSON.stringify(input)}`
}
