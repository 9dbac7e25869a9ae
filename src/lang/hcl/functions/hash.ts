import { createHash } from 'node:crypto'
import { unknown } from '../make.ts'
import { type Functions, param, plain } from './define.ts'
import { FunctionError, type FunctionSpec } from './spec.ts'
import { spendText } from './strings.ts'

export const hashes: Functions = {
  base64sha256: hash('sha256', 'base64'),
  base64sha512: hash('sha512', 'base64'),
  bcrypt: {
    params: [param('str', 'string')],
    variadic: param('cost', 'number'),
    returns: 'string',
    call: args => {
      if (args.length > 2) throw new FunctionError('takes no more than two arguments')
      return unknown('string', 'bcrypt() salts anew each time')
    },
  },
  md5: hash('md5', 'hex'),
  sha1: hash('sha1', 'hex'),
  sha256: hash('sha256', 'hex'),
  sha512: hash('sha512', 'hex'),
  uuid: {
    params: [],
    returns: 'string',
    call: () => unknown('string', 'uuid() is random'),
  },
  uuidv5: plain({ namespace: 'string', name: 'string' }, 'string', ({ namespace, name }) =>
    uuidOf(namespaceOf(namespace), name),
  ),
}

export type Algorithm = 'md5' | 'sha1' | 'sha256' | 'sha512'

export function digest(
  algorithm: Algorithm,
  data: string | Uint8Array,
  encoding: 'hex' | 'base64',
): string {
  return createHash(algorithm).update(data).digest(encoding)
}

function hash(algorithm: Algorithm, encoding: 'hex' | 'base64'): FunctionSpec {
  return plain({ str: 'string' }, 'string', ({ str }, context) => {
    spendText(context, str.length)
    return digest(algorithm, str, encoding)
  })
}

/** RFC 9562 section 6.6; the four differ in one digit. */
const namespaces: ReadonlyMap<string, string> = new Map([
  ['dns', '6ba7b8109dad11d180b400c04fd430c8'],
  ['url', '6ba7b8119dad11d180b400c04fd430c8'],
  ['oid', '6ba7b8129dad11d180b400c04fd430c8'],
  ['x500', '6ba7b8149dad11d180b400c04fd430c8'],
])

function namespaceOf(name: string): string {
  const known = namespaces.get(name)
  if (known !== undefined) return known
  const dashed = /^(?:urn:uuid:|\{)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i.exec(name)
  const bare = dashed?.[1]?.replaceAll('-', '') ?? name
  if (/^[0-9a-f]{32}$/i.test(bare)) return bare
  throw new FunctionError('the namespace is neither dns, url, oid, x500 nor a UUID', 0)
}

function uuidOf(namespace: string, name: string): string {
  const bytes = createHash('sha1').update(Buffer.from(namespace, 'hex')).update(name).digest()
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
