import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { failureOf } from '../../clouds/aws/failure.ts'
import {
  type Operation,
  openSession,
  type Patience,
  type Service,
  type Session,
} from '../../clouds/aws/session.ts'
import { type Gap, UserError } from '../../errors.ts'
import type { Place } from './row.ts'

/** Whose accounts to scan, as the user said it. */
export interface AwsTarget {
  readonly profile?: string | undefined
  /** One account a role; none: the account that the credentials belong to. */
  readonly roles: readonly string[]
  readonly externalId?: string | undefined
  /** Empty: every region that the account has enabled. */
  readonly regions: readonly string[]
  /** How long to wait for an answer, and how often to ask again; the usual where left out. */
  readonly patience?: Patience
}

/** An account that answers. */
export interface Account {
  readonly id: string
  readonly partition: string
  /** Where calls go that belong to no region. */
  readonly home: string
  /** The caller, as AWS sees it. */
  readonly arn: string
  place(region: string): Place
  close(): void
}

const sts: Service = { name: 'sts', client: config => new STSClient(config) }

/** Opens the account of a role, or of the credentials themselves; what cannot be opened is a gap, or the user's mistake. */
export async function openAccount(
  target: AwsTarget,
  role: string | undefined,
  signal: AbortSignal,
): Promise<Account | Gap> {
  const region = target.regions[0] ?? (await configuredRegion(target.profile)) ?? 'us-east-1'
  const { profile, externalId, patience } = target
  let session: Session
  try {
    session = await openSession({
      profile,
      externalId,
      role,
      region,
      signal,
      ...(patience && { patience }),
    })
    const { Account: id = '', Arn: arn = '' } = await session.call(
      sts,
      region,
      GetCallerIdentityCommand,
      {},
    )
    if (!/^\d{12}$/.test(id)) throw new UserError('sts:GetCallerIdentity named no account')
    return accountOf(session, { id, arn, home: region })
  } catch (error) {
    return refusal(error, role, profile)
  }
}

function accountOf(
  session: Session,
  { id, arn, home }: { id: string; arn: string; home: string },
): Account {
  const partition = arn.split(':')[1] ?? 'aws'
  const places = new Map<string, Place>()
  function place(region: string): Place {
    const known = places.get(region)
    if (known) return known
    const made: Place = {
      account: id,
      partition,
      region,
      call: <Input, Output>(service: Service, operation: Operation<Input, Output>, input: Input) =>
        session.call(service, region, operation, input),
      in: place,
    }
    places.set(region, made)
    return made
  }
  return { id, partition, arn, home, place, close: session.close }
}

async function configuredRegion(profile: string | undefined): Promise<string | null> {
  try {
    return await new STSClient(profile === undefined ? {} : { profile }).config.region()
  } catch {
    return null
  }
}

/** Without credentials that work there is nothing to scan; a role that is not to be had leaves out its account. */
function refusal(error: unknown, role: string | undefined, profile: string | undefined): Gap {
  if (error instanceof UserError) throw error
  const { kind, code, message } = failureOf(error)
  if (code === 'CredentialsProviderError' || code === 'TokenProviderError')
    throw new UserError(
      profile === undefined
        ? `no AWS credentials: ${message}; set AWS_PROFILE or AWS_ACCESS_KEY_ID, or name a --profile`
        : `no AWS credentials for the profile '${profile}': ${message}`,
    )
  const whom = role === undefined ? 'the AWS credentials' : `the role ${role}`
  if (role === undefined && (kind === 'expired' || kind === 'refused'))
    throw new UserError(`AWS does not accept ${whom}: ${message}`)
  if (role !== undefined && kind !== 'unreachable')
    return {
      kind: 'permissions',
      subject: role,
      reason: `sts:AssumeRole was refused, so its account is not scanned: ${message}`,
    }
  return {
    kind: 'calls',
    subject: 'sts:GetCallerIdentity',
    reason: `${whom} could not be tried: ${code}: ${message}`,
  }
}
