import type { Action, Target } from './action.ts'
import type { Brief } from './brief.ts'
import type { Request } from './event.ts'
import type { Outcome } from './outcome.ts'
import type { Registry } from './registry.ts'
import type { Settings } from './settings.ts'

/** What is to be done about a finding: an action on a target, or nothing, and why. */
export type Choice =
  | { readonly action: Action; readonly target: Target }
  | { readonly outcome: Extract<Outcome, 'QUEUED' | 'REFUSED'>; readonly why: string }

type FindingRequest = Extract<Request, { readonly kind: 'finding' }>

/** Looks at the event alone: nothing is asked of a cloud for what it refuses. */
export function choose(request: FindingRequest, registry: Registry, settings: Settings): Choice {
  const { finding } = request
  const why = unfit(request, settings)
  if (why !== null) return { outcome: 'REFUSED', why }
  const action = registry.find(finding.CheckID)
  if (!action) return { outcome: 'QUEUED', why: `no action mends ${finding.CheckID}` }
  const target = targetOf(action, finding, request.region)
  if ('outcome' in target) return target
  const elsewhere = foreign(request, target, settings)
  return elsewhere === null ? { action, target } : { outcome: 'REFUSED', why: elsewhere }
}

function unfit({ source, detailType, finding }: FindingRequest, settings: Settings): string | null {
  const { Status, Muted, Source } = finding
  const { detailTypes } = settings
  if (source !== null && !isOurs(source, settings)) return `events of ${source} are not taken`
  if (detailType !== null && detailTypes.length > 0 && !detailTypes.includes(detailType)) {
    return `events of the kind ${detailType} are not taken`
  }
  if (Status !== 'FAIL') return `the finding's status is ${Status}: only FAIL is mended`
  if (Muted) return 'the finding is muted'
  if (isCode.has(Source)) return 'the finding is about code: batten fix mends it'
  return null
}

const isCode = new Set(['terraform', 'plan', 'cloudformation'])

function isOurs(source: string, { sources }: Settings): boolean {
  return sources.length > 0 ? sources.includes(source) : !source.startsWith('aws.')
}

type Ending = Extract<Choice, { readonly outcome: unknown }>

/** The target, or why the finding names none. */
function targetOf(action: Action, finding: Brief, eventRegion: string | null): Target | Ending {
  const { arnPartition, arnRegion, arnAccount } = partsOf(finding.ResourceId)
  const account = arnAccount || (finding.AccountId ?? '')
  if (!/^\d{12}$/.test(account)) return refused('the finding names no account')
  if (finding.AccountId !== null && finding.AccountId !== account) {
    return refused(
      `the resource is in the account ${account}, the finding says ${finding.AccountId}`,
    )
  }
  const said = isRegion(finding.Region) ? finding.Region : null
  if (arnRegion !== '' && said !== null && arnRegion !== said) {
    return refused(`the resource is in ${arnRegion}, the finding says ${said}`)
  }
  const region = arnRegion || said || eventRegion || 'us-east-1'
  if (!isRegion(region)) return refused(`${JSON.stringify(region)} is no region`)
  const partition = arnPartition ?? partitionOf(region)
  const name = action.arn ? action.arn.exec(finding.ResourceId)?.groups?.name : account
  if (name === undefined) {
    return { outcome: 'QUEUED', why: `${action.id} does not work on ${finding.ResourceId}` }
  }
  return { partition, account, region, arn: finding.ResourceId, name }
}

/** Of an ARN, or of the settings of an account or a region: `123456789012/us-east-1`, `arn:aws:s3:::account/123456789012`. */
function partsOf(id: string) {
  if (!id.startsWith('arn:')) {
    const [, arnAccount = '', arnRegion = ''] = /^(\d{12})(?:\/([\w-]+))?$/.exec(id) ?? []
    return { arnPartition: undefined, arnRegion, arnAccount }
  }
  const [, arnPartition, , arnRegion = '', arnAccount = '', rest = ''] = id.split(':')
  const [, named = ''] = /^account\/(\d{12})$/.exec(rest) ?? []
  return { arnPartition, arnRegion, arnAccount: arnAccount || named }
}

function refused(why: string): Ending {
  return { outcome: 'REFUSED', why }
}

/** The name goes into host names: nothing but a region may pass. */
function isRegion(text: string | null): text is string {
  return text !== null && /^[a-z]{2}(?:-[a-z]{2,10}){1,3}-\d{1,2}$/.test(text)
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}

/** An event speaks of its own account and region, unless its account is one that scans others. */
function foreign(
  { account, region, finding }: FindingRequest,
  target: Target,
  { reporters }: Settings,
): string | null {
  if (account !== null && reporters.includes(account)) return null
  if (account !== null && account !== target.account) {
    return `the event comes from the account ${account}, the resource is in ${target.account}`
  }
  const named = partsOf(finding.ResourceId).arnRegion
  if (region !== null && named !== '' && region !== named) {
    return `the event comes from ${region}, the resource is in ${named}`
  }
  return null
}
