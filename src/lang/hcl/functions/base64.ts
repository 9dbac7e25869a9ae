import { gzipSync } from 'node:zlib'
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
    const bytes = gzipSync(str)
    // Go names no operating system.
    bytes.writeUInt8(0xff, 9)
    return bytes.toString('base64')
  }),
  textdecodebase64: plain({ source: 'string', encoding: 'string' }, 'string', (args, context) => {
    spendText(context, args.source.length)
    return decodeText(bytesOf(args.source), args.encoding)
  }),
  textencodebase64: plain({ string: 'string', encoding: 'string' }, 'string', (args, context) => {
    spendText(context, args.string.length)
    return encodeText(args.string, args.encoding).toString('base64')
  }),
  urlencode: plain({ str: 'string' }, 'string', ({ str }, context) => {
    spendText(context, str.length)
    return encodeURIComponent(str)
      .replaceAll('%20', '+')
      .replace(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  }),
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
