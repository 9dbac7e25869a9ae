import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Job } from '../record/job.ts'

/** What an approval is an approval of. */
export interface Grant {
  readonly job: string
  readonly finding: string
  readonly action: string
  readonly plan: string
  readonly resource: string
  readonly environment: string
  /** Seconds since 1970. */
  readonly expires: number
  /** Of the offer: gone from the record once somebody has decided. */
  readonly nonce: string
}

/** Signing keys by their ids; the first signs, all verify, so that keys can be rotated. */
export type Keys = ReadonlyMap<string, string>

/** A token for the job's offer; null where it offers nothing. */
export function tokenFor(job: Job, keys: Keys): string | null {
  const { offer, finding, action, target, environment } = job
  if (job.state !== 'queued' || !offer || !finding || action === null || !target) return null
  return sign(
    {
      job: job.id,
      finding: finding.Fingerprint,
      action,
      plan: offer.plan.hash,
      resource: target.arn,
      environment: environment ?? '',
      expires: Math.floor(Date.parse(offer.expires) / 1000),
      nonce: offer.nonce,
    },
    keys,
  )
}

/** The job that a token is for: only to look up what to hold it against. */
export function jobOf(token: string): string | null {
  return shape.exec(token)?.groups?.job ?? null
}

const shape = /^v1\.(?<kid>[\w-]{1,32})\.(?<job>[0-9a-f]{20})\.[\w-]{43}$/

/**
 * Whether the token is the one for the offer as the record has it now. One for another plan, resource, environment or time,
 * and one that was used, are other texts: so it carries the job's id and the signature, and nothing to be believed.
 */
export function isValid(token: string, job: Job, keys: Keys, now: Date): boolean {
  const kid = shape.exec(token)?.groups?.kid ?? ''
  const key = keys.get(kid)
  if (key === undefined || !job.offer || now.getTime() >= Date.parse(job.offer.expires))
    return false
  const wanted = tokenFor(job, new Map([[kid, key]]))
  if (wanted === null) return false
  const [a, b] = [Buffer.from(token), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function sign(grant: Grant, keys: Keys): string {
  const [first] = keys
  if (!first) throw new Error('there is no key to sign approvals with')
  const [kid, key] = first
  const { job, finding, action, plan, resource, environment, expires, nonce } = grant
  const text = ['v1', kid, job, finding, action, plan, resource, environment, expires, nonce]
  const mac = createHmac('sha256', key).update(JSON.stringify(text)).digest('base64url')
  return `v1.${kid}.${job}.${mac}`
}
