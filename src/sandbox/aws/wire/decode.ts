import { JsonCodec, XmlShapeDeserializer } from '@aws-sdk/core/protocols'
import { NormalizedSchema } from '@smithy/core/schema'
import { readForm } from './form.ts'
import type { Incoming } from './incoming.ts'
import { matchRest, readBindings } from './rest.ts'
import type { Operation, Service } from './service.ts'
import { jsonSettings, xmlSettings } from './settings.ts'

export interface Decoded {
  readonly operation: Operation
  readonly input: unknown
}

/** Which operation a request asks for, and with what; undefined: none that is known here. */
export async function decode(service: Service, request: Incoming): Promise<Decoded | undefined> {
  switch (service.protocol) {
    case 'query':
    case 'ec2': {
      const form = new URLSearchParams(request.body.toString('utf8'))
      const operation = named(service, form.get('Action') ?? '')
      if (!operation) return undefined
      const schema = NormalizedSchema.of(operation.schema[4])
      return { operation, input: readForm(schema, form, service.protocol === 'ec2') }
    }
    case 'json-1.0':
    case 'json-1.1': {
      const target = request.headers['x-amz-target']
      const operation = named(
        service,
        String(target ?? '')
          .split('.')
          .at(-1) ?? '',
      )
      if (!operation) return undefined
      return { operation, input: await readJson(service, operation, request.body) }
    }
    default:
      return decodeRest(service, request)
  }
}

/** The name that a request gives its operation, known here or not. */
export function operationName(service: Service, request: Incoming): string {
  if (service.protocol === 'query' || service.protocol === 'ec2') {
    return new URLSearchParams(request.body.toString('utf8')).get('Action') ?? ''
  }
  const target = request.headers['x-amz-target']
  return typeof target === 'string'
    ? (target.split('.').at(-1) ?? '')
    : `${request.method} ${request.path}`
}

function named(service: Service, name: string): Operation | undefined {
  return service.operations.find(one => one.schema[2] === name)
}

async function readJson(service: Service, operation: Operation, body: Buffer): Promise<unknown> {
  const schema = NormalizedSchema.of(operation.schema[4])
  if (schema.isUnitSchema() || body.length === 0) return {}
  return new JsonCodec(jsonSettings(service)).createDeserializer().read(schema, body.toString())
}

async function decodeRest(service: Service, request: Incoming): Promise<Decoded | undefined> {
  const { path, bucket } = service.name === 's3' ? splitBucket(request) : { path: request.path }
  const match = matchRest(service.operations, request, path, bucket)
  if (!match) return undefined
  const schema = NormalizedSchema.of(match.operation.schema[4])
  const bound = readBindings(schema, request, match.labels)
  const input = { ...(await readBody(service, schema, request)), ...Object.fromEntries(bound) }
  return { operation: match.operation, input }
}

/** Path style is `/bucket/key`, virtual-host style `bucket.host`. */
function splitBucket(request: Incoming): { path: string; bucket: string | undefined } {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  const virtual = /^(.+)\.(?:localhost|127\.0\.0\.1)$/.exec(host)?.[1]
  if (virtual) return { bucket: virtual, path: request.path }
  const [, first = '', ...rest] = request.path.split('/')
  return first === ''
    ? { bucket: undefined, path: '/' }
    : { bucket: decodeURIComponent(first), path: `/${rest.join('/')}` }
}

async function readBody(
  service: Service,
  schema: NormalizedSchema,
  { body }: Incoming,
): Promise<object> {
  if (!schema.isStructSchema() || body.length === 0) return {}
  const payload = [...schema.structIterator()].find(([, one]) => one.getMergedTraits().httpPayload)
  if (payload) {
    const [name, member] = payload
    if (member.isStringSchema()) return { [name]: body.toString('utf8') }
    if (member.isBlobSchema()) return { [name]: new Uint8Array(body) }
    return { [name]: await deserialise(service, member, body) }
  }
  const whole = await deserialise(service, schema, body)
  return typeof whole === 'object' && whole !== null ? whole : {}
}

async function deserialise(
  service: Service,
  schema: NormalizedSchema,
  body: Buffer,
): Promise<unknown> {
  if (service.protocol === 'rest-xml') {
    return new XmlShapeDeserializer(xmlSettings(service)).read(schema, new Uint8Array(body))
  }
  return new JsonCodec(jsonSettings(service)).createDeserializer().read(schema, body.toString())
}
