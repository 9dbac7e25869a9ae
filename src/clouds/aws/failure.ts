/** Why a call came to nothing, in the classes that a scan treats differently. */
export type FailureKind =
  | 'denied'
  | 'gone'
  | 'throttled'
  | 'expired'
  | 'refused'
  | 'unavailable'
  | 'unreachable'
  | 'implausible'
  | 'interrupted'
  | 'other'

export interface Failure {
  readonly kind: FailureKind
  /** AWS's code, or the name of the error. */
  readonly code: string
  /** One line. */
  readonly message: string
}

/** An answer that cannot come from AWS: a sign-in page, nothing at all, a page that was seen before. */
export class Implausible extends Error {
  override readonly name = 'Implausible'
}

/** Sorts what an SDK client threw. */
export function failureOf(error: unknown): Failure {
  const code = codeOf(error)
  const message = messageOf(error)
  return { kind: kindOf(code, error, message), code, message }
}

export function codeOf(error: unknown): string {
  const { Code, name, code } = fields(error)
  const text = [Code, name, code].find(each => typeof each === 'string' && each !== 'Error')
  return typeof text === 'string' ? text : 'Error'
}

function kindOf(code: string, error: unknown, message: string): FailureKind {
  const status = statusOf(error)
  if (error instanceof Implausible) return 'implausible'
  // A page of somebody else's, where JSON was expected.
  if (error instanceof SyntaxError && (status === undefined || status < 500)) return 'implausible'
  for (const [kind, pattern] of byCode) if (pattern.test(code)) return kind
  if (status === 429) return 'throttled'
  if (status === 403 || status === 401) return 'denied'
  if (status !== undefined && status >= 500) return 'unreachable'
  // The parsers' own errors: an answer that breaks off, or that is something else.
  if (/Deserialization error|Unexpected|JSON|XML|unclosed|not closed/i.test(message))
    return 'implausible'
  return 'other'
}

/** The first that matches; codes of several services mean the same. */
const byCode: readonly (readonly [FailureKind, RegExp])[] = [
  ['interrupted', /^AbortError$/],
  ['expired', /^(ExpiredToken(Exception)?|TokenRefreshRequired|RequestExpired)$/],
  [
    'throttled',
    /Throttl|TooManyRequests|RequestLimitExceeded|^SlowDown$|BandwidthLimitExceeded|PriorRequestNotComplete|ProvisionedThroughputExceeded/,
  ],
  [
    'refused',
    /^(InvalidClientTokenId|UnrecognizedClientException|AuthFailure|SignatureDoesNotMatch|InvalidAccessKeyId|IncompleteSignature|InvalidSignatureException|RequestTimeTooSkewed|InvalidToken|MissingAuthenticationToken(Exception)?|RequestInTheFuture)$/,
  ],
  ['unavailable', /^(OptInRequired|SubscriptionRequiredException|InvalidAction|UnknownEndpoint)$/],
  [
    'denied',
    /AccessDenied|UnauthorizedOperation|UnauthorizedAccess|AuthorizationError|^Forbidden$|AllAccessDisabled|NotAuthorized/,
  ],
  // Not every 404: a policy that is not there is a fact of a bucket that is.
  [
    'gone',
    /^(NoSuchBucket|NoSuchEntity|NoSuchEntityException|Invalid\w+\.NotFound|DB\w+NotFound(Fault)?|NotFoundException|TrailNotFoundException)$/,
  ],
  [
    'unreachable',
    /^(TimeoutError|RequestTimeout(Exception)?|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_TLS\w*|ERR_SSL\w*|\w*CERT\w*|InternalError|InternalFailure|InternalServerError|ServiceUnavailable\w*|Unavailable|KMSInternalException|aborted)$/,
  ],
]

function messageOf(error: unknown): string {
  const { message } = fields(error)
  const text = typeof message === 'string' && message !== '' ? message : codeOf(error)
  // The SDK repeats the whole command of a `credential_process` that failed: a password may stand in it.
  const said = text
    .replace(/Command failed: .*/s, 'its credential_process failed')
    .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '(hidden)')
  return (said.split('\n')[0] ?? '').slice(0, 300)
}

function statusOf(error: unknown): number | undefined {
  const { $metadata } = fields(error)
  const { httpStatusCode } = fields($metadata)
  return typeof httpStatusCode === 'number' ? httpStatusCode : undefined
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...named(value) } : {}
}

/** `name` and `message` of an error are not its own properties. */
function named(value: object): Readonly<Record<string, unknown>> {
  return value instanceof Error
    ? { ...value, name: value.name, message: value.message }
    : Object.fromEntries(Object.entries(value))
}
