import { failure } from '../builtin.ts'
import { decodeBase64 } from '../encoding.ts'

export interface Block {
  readonly type: string
  readonly bytes: Buffer
}

const pattern =
  /-----BEGIN ([A-Z0-9 ]+)-----\r?\n?((?:[A-Za-z0-9-]+:[^\n]*\r?\n)*)([A-Za-z0-9+/=\s]*)-----END \1-----/g

export function pemBlocks(text: string): readonly Block[] {
  return [...text.matchAll(pattern)].map(([, type = '', , body = '']) => ({
    type,
    bytes: Buffer.from(body.replace(/\s/g, ''), 'base64'),
  }))
}

/** PEM, PEM in base64, or DER in base64: the DER of all blocks of one type, in a row. */
export function derOf(text: string, type: string): Buffer {
  const pem = asPem(text)
  if (typeof pem !== 'string') return pem
  const blocks = pemBlocks(pem)
  for (const block of blocks) {
    if (block.type !== type) throw failure(`PEM block type is '${block.type}', expected ${type}`)
  }
  return Buffer.concat(blocks.map(({ bytes }) => bytes))
}

/** The PEM text that was given, in clear or in base64; else the bytes. */
export function asPem(text: string): string | Buffer {
  if (text.startsWith('-----BEGIN')) return text
  const bytes = decodeBase64(text, '+/')
  const decoded = bytes.toString('latin1')
  return decoded.startsWith('-----BEGIN') ? decoded : bytes
}
