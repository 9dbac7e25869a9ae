import { failure } from '../builtin.ts'

/** One element of DER. */
export interface Der {
  /** Class, constructed bit and number, as in the encoding. */
  readonly tag: number
  readonly body: Buffer
  /** The whole element. */
  readonly raw: Buffer
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const

function malformed(reason = 'malformed element') {
  return failure(`asn1: structure error: ${reason}`)
}

/** The elements that follow one another in `data`. */
export function readAll(data: Buffer): readonly Der[] {
  const found: Der[] = []
  for (let at = 0; at < data.length; ) {
    const element = readAt(data, at)
    found.push(element)
    at += element.raw.length
  }
  return found
}

function readAt(data: Buffer, start: number): Der {
  const tag = data[start]
  const first = data[start + 1]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw malformed()
  let length = first
  let at = start + 2
  if (first >= 0x80) {
    const count = first & 0x7f
    if (count === 0 || count > 4 || at + count > data.length) throw malformed('length')
    length = data.readUIntBE(at, count)
    at += count
  }
  const end = at + length
  if (end > data.length) throw malformed('data truncated')
  return { tag, body: data.subarray(at, end), raw: data.subarray(start, end) }
}

export function children(element: Der | undefined, tag?: number): readonly Der[] {
  if (element === undefined || (tag !== undefined && element.tag !== tag)) throw malformed()
  return readAll(element.body)
}

export function expect(element: Der | undefined, tag: number): Der {
  if (element?.tag !== tag) throw malformed("tags don't match")
  return element
}

export function readOid({ body }: Der): readonly number[] {
  const parts: number[] = []
  let value = 0
  for (const byte of body) {
    value = value * 128 + (byte & 0x7f)
    if ((byte & 0x80) !== 0) continue
    if (parts.length === 0) parts.push(Math.min(Math.floor(value / 40), 2))
    parts.push(parts.length === 1 ? value - (parts[0] ?? 0) * 40 : value)
    value = 0
  }
  return parts
}

export function oidText(element: Der): string {
  return readOid(element).join('.')
}

export function readInteger({ body }: Der): bigint {
  if (body.length === 0) throw malformed('integer')
  const value = BigInt(`0x${body.toString('hex')}`)
  return ((body[0] ?? 0) & 0x80) === 0 ? value : value - (1n << BigInt(body.length * 8))
}

/** The bytes of a bit string, without the count of unused bits. */
export function readBits({ body }: Der): Buffer {
  if (body.length === 0) throw malformed('bit string')
  return body.subarray(1)
}

/** Text in any of the string types. */
export function readText({ tag, body }: Der): string {
  if (tag === 0x1e) return Buffer.from(body).swap16().toString('utf16le')
  return body.toString(tag === 0x0c ? 'utf8' : 'latin1')
}

/** RFC 3339, from UTCTime or GeneralizedTime. */
export function readTime({ tag, body }: Der): string {
  const text = body.toString('latin1')
  const match = /^(\d{2}|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/.exec(text)
  if (match === null) throw malformed('time')
  const [, year = '', month, day, hour, minute, second = '00'] = match
  const century = tag === 0x17 ? (Number(year) >= 50 ? '19' : '20') : ''
  return `${century}${year}-${month}-${day}T${hour}:${minute}:${second}Z`
}
