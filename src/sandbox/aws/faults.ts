import type { State } from './state.ts'
import { ApiError } from './wire/errors.ts'
import type { Service, ServiceName } from './wire/service.ts'

/** Something that goes wrong on purpose: where, at which of the matching calls, and what. */
export interface Fault {
  readonly service?: ServiceName
  readonly operation?: string
  readonly region?: string
  /** Narrows by the decoded input, such as one bucket's name. */
  readonly when?: (input: Readonly<Record<string, unknown>>) => boolean
  /** Counted from 1 over the calls that match the rest; left out: every one. */
  readonly nth?: number | ((n: number) => boolean)
  readonly fault: FaultKind
}

export type FaultKind =
  /** Errors in the service's own words. */
  | 'throttle'
  | 'denied'
  | 'scp-denied'
  | 'internal-error'
  | 'unavailable'
  | 'expired-token'
  | 'region-closed'
  | 'clock-skew'
  /** Faults of the way there. */
  | 'reset'
  | 'hang'
  | 'drip'
  | 'empty'
  | 'html'
  | 'truncated'
  | 'no-request-id'
  /** A paged answer whose next token is the one that asked for it. */
  | 'repeat-token'
  | { readonly code: string; readonly status: number; readonly message?: string }
  | { readonly body: string; readonly status?: number }

export interface Occasion {
  readonly service: Service
  readonly operation: string
  readonly region: string
  readonly input: Readonly<Record<string, unknown>>
}

/** Counts the matching calls of each fault: the first that is due is the call's fault. */
export function faultScript(
  faults: readonly Fault[],
): (occasion: Occasion) => FaultKind | undefined {
  const counts = new Map<Fault, number>()
  return occasion => {
    let due: FaultKind | undefined
    for (const fault of faults) {
      if (!matches(fault, occasion)) continue
      const n = (counts.get(fault) ?? 0) + 1
      counts.set(fault, n)
      const { nth } = fault
      if (nth === undefined || nth === n || (typeof nth === 'function' && nth(n))) {
        due ??= fault.fault
      }
    }
    return due
  }
}

function matches(fault: Fault, { service, operation, region, input }: Occasion): boolean {
  return (
    (fault.service ?? service.name) === service.name &&
    (fault.operation ?? operation) === operation &&
    (fault.region ?? region) === region &&
    (fault.when === undefined || fault.when(input))
  )
}

/** The error that the service itself would answer, each protocol with its own code and status. */
export function serviceError(
  kind: FaultKind,
  { service, operation }: Occasion,
  state: State,
): ApiError | undefined {
  if (typeof kind === 'object') {
    return 'code' in kind ? new ApiError(kind.code, kind.status, kind.message ?? '') : undefined
  }
  const row = Object.hasOwn(codes, kind) ? codes[kind as keyof typeof codes] : undefined
  if (!row) return undefined
  const [code, status] = row[dialect(service)]
  // The clock of a caller is set by the date of the answer, so that one is off too.
  const headers = kind === 'clock-skew' ? { date: new Date(Date.now() + hour).toUTCString() } : {}
  return new ApiError(code, status, message(kind, service, operation, state), headers)
}

const hour = 3_600_000

type Dialect = 's3' | 'ec2' | 'query' | 'json' | 'rest-json'

function dialect(service: Service): Dialect {
  if (service.protocol === 'rest-xml') return 's3'
  if (service.protocol === 'ec2' || service.protocol === 'query') return service.protocol
  return service.protocol === 'rest-json' ? 'rest-json' : 'json'
}

const codes = {
  throttle: {
    s3: ['SlowDown', 503],
    ec2: ['RequestLimitExceeded', 503],
    query: ['Throttling', 400],
    json: ['ThrottlingException', 400],
    'rest-json': ['TooManyRequestsException', 429],
  },
  denied: {
    s3: ['AccessDenied', 403],
    ec2: ['UnauthorizedOperation', 403],
    query: ['AccessDenied', 403],
    json: ['AccessDeniedException', 400],
    'rest-json': ['AccessDeniedException', 403],
  },
  'scp-denied': {
    s3: ['AccessDenied', 403],
    ec2: ['UnauthorizedOperation', 403],
    query: ['AccessDenied', 403],
    json: ['AccessDeniedException', 400],
    'rest-json': ['AccessDeniedException', 403],
  },
  'internal-error': {
    s3: ['InternalError', 500],
    ec2: ['InternalError', 500],
    query: ['InternalFailure', 500],
    json: ['InternalServerError', 500],
    'rest-json': ['InternalServerException', 500],
  },
  unavailable: {
    s3: ['ServiceUnavailable', 503],
    ec2: ['Unavailable', 503],
    query: ['ServiceUnavailable', 503],
    json: ['ServiceUnavailableException', 503],
    'rest-json': ['ServiceUnavailableException', 503],
  },
  'expired-token': {
    s3: ['ExpiredToken', 400],
    ec2: ['RequestExpired', 400],
    query: ['ExpiredToken', 403],
    json: ['ExpiredTokenException', 400],
    'rest-json': ['ExpiredTokenException', 403],
  },
  'region-closed': {
    s3: ['InvalidAccessKeyId', 403],
    ec2: ['AuthFailure', 401],
    query: ['InvalidClientTokenId', 403],
    json: ['UnrecognizedClientException', 400],
    'rest-json': ['UnrecognizedClientException', 403],
  },
  'clock-skew': {
    s3: ['RequestTimeTooSkewed', 403],
    ec2: ['RequestExpired', 400],
    query: ['SignatureDoesNotMatch', 403],
    json: ['InvalidSignatureException', 400],
    'rest-json': ['InvalidSignatureException', 403],
  },
} as const satisfies Partial<
  Record<Extract<FaultKind, string>, Record<Dialect, readonly [code: string, status: number]>>
>

function message(kind: string, service: Service, operation: string, state: State): string {
  switch (kind) {
    case 'throttle':
      return 'Rate exceeded'
    case 'denied':
      return `User: ${state.caller.Arn} is not authorized to perform: ${permission(service.name, operation)} because no identity-based policy allows the ${permission(service.name, operation)} action`
    case 'scp-denied':
      return `User: ${state.caller.Arn} is not authorized to perform: ${permission(service.name, operation)} with an explicit deny in a service control policy`
    case 'expired-token':
      return 'The security token included in the request is expired'
    case 'region-closed':
      return 'The security token included in the request is invalid.'
    case 'clock-skew':
      return 'Signature expired: the difference between the request time and the current time is too large.'
    default:
      return 'We encountered an internal error. Please try again.'
  }
}

/** S3 names some permissions unlike the operation that needs them. */
function permission(service: ServiceName, operation: string): string {
  const prefix = service === 's3control' ? 's3' : service
  const name = permissions.get(`${service}:${operation}`) ?? operation
  return `${prefix}:${name}`
}

const permissions = new Map([
  ['s3:ListBuckets', 'ListAllMyBuckets'],
  ['s3:HeadBucket', 'ListBucket'],
  ['s3:ListObjectsV2', 'ListBucket'],
  ['s3:GetPublicAccessBlock', 'GetBucketPublicAccessBlock'],
  ['s3:PutPublicAccessBlock', 'PutBucketPublicAccessBlock'],
  ['s3:DeletePublicAccessBlock', 'PutBucketPublicAccessBlock'],
  ['s3:GetBucketEncryption', 'GetEncryptionConfiguration'],
  ['s3:PutBucketEncryption', 'PutEncryptionConfiguration'],
  ['s3:GetBucketLifecycleConfiguration', 'GetLifecycleConfiguration'],
  ['s3:PutBucketLifecycleConfiguration', 'PutLifecycleConfiguration'],
  ['s3:GetBucketReplication', 'GetReplicationConfiguration'],
  ['s3:GetObjectLockConfiguration', 'GetBucketObjectLockConfiguration'],
  ['s3:GetBucketCors', 'GetBucketCORS'],
  ['s3:GetBucketNotificationConfiguration', 'GetBucketNotification'],
  ['s3:GetBucketAccelerateConfiguration', 'GetAccelerateConfiguration'],
  ['s3control:GetPublicAccessBlock', 'GetAccountPublicAccessBlock'],
  ['s3control:PutPublicAccessBlock', 'PutAccountPublicAccessBlock'],
  ['s3control:DeletePublicAccessBlock', 'PutAccountPublicAccessBlock'],
])
