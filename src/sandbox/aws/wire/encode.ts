import { JsonCodec, XmlShapeSerializer } from '@aws-sdk/core/protocols'
import { NormalizedSchema } from '@smithy/core/schema'
import { declaration } from './errors.ts'
import { type Operation, RawBody, type Service } from './service.ts'
import { jsonSettings, xmlSettings } from './settings.ts'

export interface Encoded {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export function encode(
  service: Service,
  operation: Operation,
  output: unknown,
  requestId: string,
): Encoded {
  const name = operation.schema[2]
  if (output instanceof RawBody) return { status: 200, headers: xml, body: output.text }
  const schema = NormalizedSchema.of(operation.schema[5])
  const value = typeof output === 'object' && output !== null ? output : {}
  switch (service.protocol) {
    case 'ec2':
      return {
        status: 200,
        headers: xml,
        body: `${declaration}<${name}Response xmlns="${service.xmlNamespace}"><requestId>${requestId}</requestId>${members(service, schema, value)}</${name}Response>`,
      }
    case 'query':
      return {
        status: 200,
        headers: xml,
        body: `${declaration}<${name}Response xmlns="${service.xmlNamespace}"><${name}Result>${members(service, schema, value)}</${name}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
      }
    case 'json-1.0':
    case 'json-1.1': {
      const type = `application/x-amz-json-${service.protocol.slice(5)}`
      return { status: 200, headers: { 'content-type': type }, body: json(service, schema, value) }
    }
    default:
      return encodeRest(service, operation, schema, value)
  }
}

const xml = { 'content-type': 'text/xml;charset=UTF-8' }

function json(service: Service, schema: NormalizedSchema, value: object): string {
  if (schema.isUnitSchema()) return ''
  const serializer = new JsonCodec(jsonSettings(service)).createSerializer()
  serializer.write(schema, value)
  return serializer.flush()
}

/** The members of the output without the element around them, which is the protocol's own. */
function members(service: Service, schema: NormalizedSchema, value: object): string {
  if (schema.isUnitSchema()) return ''
  const serializer = new XmlShapeSerializer({ ...xmlSettings(service), xmlNamespace: '' })
  serializer.write(schema, value)
  const text = String(serializer.flush())
  const open = text.indexOf('>') + 1
  const close = text.lastIndexOf('</')
  return close < open ? '' : text.slice(open, close)
}

function encodeRest(
  service: Service,
  operation: Operation,
  schema: NormalizedSchema,
  value: object,
): Encoded {
  const { http } = NormalizedSchema.of(operation.schema).getMergedTraits()
  const status = http?.[2] ?? 200
  if (!schema.isStructSchema()) return { status, headers: {}, body: '' }
  const headers: Record<string, string> = {}
  const inBody: [string, unknown][] = []
  const given = new Map<string, unknown>(Object.entries(value))
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits()
    const one = given.get(name)
    if (one === undefined || one === null) continue
    if (traits.httpPayload) return payload(service, member, one, status, headers)
    if (traits.httpHeader) headers[traits.httpHeader] = String(one)
    else inBody.push([name, one])
  }
  const body = Object.fromEntries(inBody)
  if (service.protocol === 'rest-json') {
    return {
      status,
      headers: { ...headers, 'content-type': 'application/json' },
      body: json(service, schema, body),
    }
  }
  const hasBody = [...schema.structIterator()].some(([, one]) => !isBound(one))
  if (!hasBody) return { status, headers, body: '' }
  const serializer = new XmlShapeSerializer(xmlSettings(service))
  serializer.write(schema, body)
  return {
    status,
    headers: { ...headers, 'content-type': 'application/xml' },
    body: declaration + String(serializer.flush()),
  }
}

function isBound(member: NormalizedSchema): boolean {
  const traits = member.getMergedTraits()
  return traits.httpHeader !== undefined || traits.httpPayload !== undefined
}

function payload(
  service: Service,
  member: NormalizedSchema,
  value: unknown,
  status: number,
  headers: Readonly<Record<string, string>>,
): Encoded {
  if (typeof value === 'string') {
    return { status, headers: { ...headers, 'content-type': 'text/plain' }, body: value }
  }
  const serializer = new XmlShapeSerializer(xmlSettings(service))
  serializer.write(member, value)
  return {
    status,
    headers: { ...headers, 'content-type': 'application/xml' },
    body: declaration + String(serializer.flush()),
  }
}
