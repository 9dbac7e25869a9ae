import { createHash } from 'node:crypto'
import type { State } from './state.ts'
import { ApiError } from './wire/errors.ts'

/** One request, decoded: what an operation's answer may read and write. */
export interface Call {
  readonly state: State
  readonly region: string
  /** A page has at most this many items, whatever was asked for. */
  readonly pageSize: number | undefined
  /** Scripted: the token of this page is the token that asked for it. */
  readonly repeatsToken: boolean
}

/** A page of a list and the token of the next, opaque as the clouds' are. */
export function page<Item>(
  call: Call,
  items: readonly Item[],
  token: string | undefined,
  size: number | undefined,
): { readonly items: Item[]; readonly next: string | undefined } {
  const start = token === undefined ? 0 : offset(token)
  const length = Math.min(size ?? Number.POSITIVE_INFINITY, call.pageSize ?? 1000)
  const next = start + length < items.length ? encodeOffset(start + length) : undefined
  return {
    items: items.slice(start, start + length),
    next: call.repeatsToken ? (token ?? encodeOffset(0)) : next,
  }
}

function encodeOffset(start: number): string {
  return Buffer.from(`page:${start}`).toString('base64url')
}

function offset(token: string): number {
  const start = /^page:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1]
  if (start === undefined) throw new ApiError('InvalidNextToken', 400, 'The token is not valid.')
  return Number(start)
}

/** A made-up identifier that is the same in every run. */
export function madeId(prefix: string, ...parts: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return `${prefix}${hash.slice(0, 17)}`
}
