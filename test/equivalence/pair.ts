import type { Estate } from '../../src/sandbox/aws/estate.ts'

/** The same thing twice: as code declares it, and as the API tells it when that code has been applied. */
export interface Pair {
  readonly type: string
  readonly code: string
  /** In us-east-1 of account 111122223333. */
  readonly estate: Estate
  /** Attributes that both sides know, and that are equal: all of these, whatever else. */
  readonly proves: string
  /** An attribute that a running account cannot but say more of than code. */
  readonly apart?: string
}

export const account = '111122223333'
export const region = 'us-east-1'

/** A policy document for both sides: the text in the API's answer, and the code that makes it. */
export function policy(...statements: readonly object[]) {
  const document = { Version: '2012-10-17', Statement: statements }
  return { text: JSON.stringify(document), code: `jsonencode(${JSON.stringify(document)})` }
}
