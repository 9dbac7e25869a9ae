import { cryptoModule } from '../../packages.ts'
import { isInteger, toBigInt } from '../value/big.ts'
import { toBytes } from '../value/bytes.ts'
import { isObject } from '../value/kind.ts'
import { objectEntries, objectGet } from '../value/object.ts'
import { compareStrings } from '../value/order.ts'
import { termText } from '../value/text.ts'
import { type JsonObject, RegoObject, RegoSet, type Value } from '../value/value.ts'
import { writeJson } from '../value/write-json.ts'
import { type BuiltinFunction, failure } from './builtin.ts'
import { hashBytes } from './crypto/hash.ts'
import { number, object, typeFailure, wrongType } from './operands.ts'
import { maxNanos, toCivil, utc } from './time/civil.ts'
import { formatTime } from './time/layout.ts'
import { parseUrl } from './url.ts'

export const aws: Readonly<Record<string, BuiltinFunction>> = {
  'providers.aws.sign_req': (_, a, b, c) => signRequest(object(a, 1), object(b, 2), c),
}

type Fields = JsonObject | RegoObject

const configKeys = ['aws_access_key', 'aws_region', 'aws_secret_access_key', 'aws_service']

const requestKeys: ReadonlySet<unknown> = new Set(
  (
    'method url body enable_redirect force_json_decode force_yaml_decode headers raw_body ' +
    'tls_use_system_certs tls_ca_cert tls_ca_cert_file tls_ca_cert_env_variable tls_client_cert ' +
    'tls_client_cert_file tls_client_cert_env_variable tls_client_key tls_client_key_file ' +
    'tls_client_key_env_variable tls_insecure_skip_verify tls_server_name timeout cache ' +
    'force_cache force_cache_duration_seconds raise_error caching_mode max_retry_attempts ' +
    'cache_ignored_headers'
  ).split(' '),
)

function signRequest(request: Fields, config: Fields, time: Value): Value {
  checkKeys(config, configKeys, 'AWS config', 2)
  const given = number(time, 3)
  const nanos = isInteger(given) ? toBigInt(given) : undefined
  if (nanos === undefined || nanos < 0n || nanos > maxNanos)
    throw typeFailure('operand 3 could not convert time_ns value into a unix timestamp')
  const unknown = objectEntries(request).flatMap(([key]) => (requestKeys.has(key) ? [] : [key]))
  if (unknown.length > 0) {
    const names = termText(RegoSet.of(unknown))
    throw typeFailure(`operand 1 invalid request parameters(s): ${names}`)
  }
  checkKeys(request, ['method', 'url'], 'request', 1)
  const headers = objectGet(request, 'headers') ?? {}
  if (!isObject(headers)) throw wrongType(0, headers, 'object')
  const signed = RegoObject.of(objectEntries(request))
  signed.put('headers', signHeaders(request, config, headers, nanos))
  return signed
}

/** All of the keys have to be there, and to be text. */
function checkKeys(fields: Fields, keys: readonly string[], what: string, operand: number): void {
  const missing = keys.filter(key => objectGet(fields, key) === undefined)
  const wrong = keys.filter(key => typeof objectGet(fields, key) !== 'string')
  const list = missing.length > 0 ? missing : wrong
  if (list.length === 0) return
  const problem = missing.length > 0 ? 'missing' : 'invalid values for'
  throw typeFailure(
    `operand ${operand} ${problem} required ${what} parameters(s): ${termText(RegoSet.of(list))}`,
  )
}

function text(fields: Fields, key: string): string {
  const value = objectGet(fields, key)
  return typeof value === 'string' ? value : ''
}

/** Signature Version 4. */
function signHeaders(request: Fields, config: Fields, headers: Fields, nanos: bigint): Value {
  const url = parseUrl(text(request, 'url'))
  if (url === undefined) throw failure(`parse "${text(request, 'url')}": invalid URL`)
  const civil = toCivil(nanos, utc)
  const [date, moment] = [formatTime(civil, '20060102'), formatTime(civil, '20060102T150405Z')]
  const [service, region] = [text(config, 'aws_service'), text(config, 'aws_region')]
  const content = contentHash(request, config)
  const added = new Map([
    ['host', url.host],
    ['x-amz-date', moment],
  ])
  if (service === 's3' || service === 'glacier') added.set('x-amz-content-sha256', content)
  const session = text(config, 'aws_session_token')
  if (session !== '') added.set('x-amz-security-token', session)
  const signing = new Map(added)
  const own: (readonly [string, string])[] = objectEntries(headers).map(([name, value]) => [
    typeof name === 'string' ? name : '',
    typeof value === 'string' ? value : '',
  ])
  for (const [name, value] of own)
    if (!ignored.has(name.toLowerCase())) signing.set(name.toLowerCase(), value)
  const names = [...signing.keys()].sort(compareStrings)
  const path = url.rawPath || encodeURI(url.path)
  const canonical = [
    text(request, 'method'),
    path,
    url.query,
    ...names.map(name => `${name}:${signing.get(name)}`),
    '',
    names.join(';'),
    content,
  ].join('\n')
  const scope = `${date}/${region}/${service}/aws4_request`
  const hash = hashBytes('sha256', toBytes(canonical)).toString('hex')
  let key: Buffer = toBytes(`AWS4${text(config, 'aws_secret_access_key')}`)
  for (const part of [date, region, service, 'aws4_request']) key = hmac(key, part)
  const signature = hmac(key, ['AWS4-HMAC-SHA256', moment, scope, hash].join('\n')).toString('hex')
  const authorization =
    `AWS4-HMAC-SHA256 Credential=${text(config, 'aws_access_key')}/${scope},` +
    `SignedHeaders=${names.join(';')},Signature=${signature}`
  return RegoObject.of([...own, ['Authorization', authorization], ...added])
}

/** Headers that proxies change. */
const ignored: ReadonlySet<string> = new Set(['authorization', 'user-agent', 'x-amzn-trace-id'])

function hmac(key: Buffer, message: string): Buffer {
  return cryptoModule().createHmac('sha256', key).update(toBytes(message)).digest()
}

function contentHash(request: Fields, config: Fields): string {
  const disabled = objectGet(config, 'disable_payload_signing')
  if (disabled !== undefined && typeof disabled !== 'boolean')
    throw typeFailure("operand 2 invalid value for 'disable_payload_signing' in AWS config")
  if (disabled === true) return 'UNSIGNED-PAYLOAD'
  const raw = objectGet(request, 'raw_body')
  const body = objectGet(request, 'body')
  const bytes =
    raw !== undefined ? text(request, 'raw_body') : body === undefined ? '' : writeJson(body)
  return hashBytes('sha256', toBytes(bytes)).toString('hex')
}
