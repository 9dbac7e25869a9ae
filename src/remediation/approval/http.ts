/** A request as API Gateway's HTTP API and Lambda's function URLs hand it over (payload 2.0). */
export interface HttpRequest {
  readonly method: string
  readonly path: string
  /** Names in small letters. */
  readonly headers: ReadonlyMap<string, string>
  readonly cookies: ReadonlyMap<string, string>
  /** As it was sent: a signature is over these bytes. */
  readonly body: string
  /** Who the gateway's authorizer says it is; null where it says nothing. */
  readonly identity: string | null
}

export interface HttpResponse {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
  readonly body: string
}

export const largestBody = 64 * 1024

export function readHttp(event: unknown): HttpRequest {
  const context = at(event, 'requestContext')
  const http = at(context, 'http')
  const raw = text(at(event, 'body'))
  const body = at(event, 'isBase64Encoded') === true ? Buffer.from(raw, 'base64').toString() : raw
  return {
    method: text(at(http, 'method')),
    path: text(at(event, 'rawPath')) || '/',
    headers: new Map(
      Object.entries(at(event, 'headers') ?? {}).map(([name, value]) => [
        name.toLowerCase(),
        text(value),
      ]),
    ),
    cookies: cookiesOf(at(event, 'cookies')),
    body,
    identity: identityOf(at(context, 'authorizer')),
  }
}

/** A JWT's e-mail address (or subject), or the ARN of who signed the request for IAM. */
function identityOf(authorizer: unknown): string | null {
  const claims = at(at(authorizer, 'jwt'), 'claims')
  const email = text(at(claims, 'email'))
  // An address that the provider did not check is anybody's claim.
  if (email !== '' && String(at(claims, 'email_verified')) === 'true') return email
  const subject = text(at(claims, 'sub'))
  // Where people choose their subject, it could be made to look like the identity of another kind.
  if (subject !== '' && !/@|^arn:|^[UW][A-Z0-9]+$/.test(subject)) return subject
  return text(at(at(authorizer, 'iam'), 'userArn')) || null
}

function cookiesOf(value: unknown): ReadonlyMap<string, string> {
  const pairs = Array.isArray(value) ? value.map(text) : []
  return new Map(
    pairs.map(pair => {
      const cut = pair.indexOf('=')
      return [pair.slice(0, cut).trim(), pair.slice(cut + 1).trim()]
    }),
  )
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? new Map(Object.entries(value)).get(name)
    : undefined
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function reply(
  statusCode: number,
  body: string,
  more: { readonly type?: string; readonly cookies?: readonly string[] } = {},
): HttpResponse {
  return {
    statusCode,
    headers: {
      'content-type': more.type ?? 'text/plain; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    },
    ...(more.cookies ? { cookies: more.cookies } : {}),
    body,
  }
}
