import { constants, crc32, deflateRawSync } from 'node:zlib'
import { decodeText, encodeText } from './charset.ts'
import { type Functions, plain } from './define.ts'
import { FunctionError } from './spec.ts'
import { spendText } from './strings.ts'

export const base64: Functions = {
  base64decode: plain({ str: 'string' }, 'string', ({ str }, context) => {
    spendText(context, str.length)
    return utf8(bytesOf(str), 0)
  }),
  base64encode: plain({ str: 'string' }, 'string', ({ str }, context) => {
    spendText(context, str.length)
    return Buffer.from(str).toString('base64')
  }),
  base64gzip: plain({ str: 'string' }, 'string', ({ str }, context) => {
    spendText(context, str.length * 10)
    return gzip(Buffer.from(str)).toString('base64')
  }),
  textdecodebase64: plain({ source: 'string', encoding: 'string' }, 'string', (args, context) => {
    spendText(context, args.source.length)
    return decodeText(bytesOf(args.source), args.encoding)
  }),
  textencodebase64: plain({ string: 'string', encoding: 'string' }, 'string', (args, context) => {
    spendText(context, args.string.length)
    return encodeText(args.string, args.encoding, context).toString('base64')
  }),
  urlencode: plain({ str: 'string' }, 'string', ({ str }, context) => {
    spendText(context, str.length)
    return encodeURIComponent(str)
      .replaceAll('%20', '+')
      .replace(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  }),
}

/** RFC 1952 as Go writes it: no time, no operating system, the last block empty. */
function gzip(data: Buffer): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
  const body = deflateRawSync(data, { finishFlush: constants.Z_SYNC_FLUSH })
  const trailer = Buffer.from([1, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0])
  trailer.writeUInt32LE(crc32(data), 5)
  trailer.writeUInt32LE(data.length, 9)
  return Buffer.concat([header, body, trailer])
}

/** Padding is required; line breaks do not count. */
export function bytesOf(text: string): Buffer {
  const bare = text.replace(/[\r\n]/g, '')
  if (bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bare))
    throw new FunctionError('not valid base64', 0)
  return Buffer.from(bare, 'base64')
}

export function utf8(bytes: Uint8Array, argument: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new FunctionError('the content is not UTF-8', argument)
  }
}
