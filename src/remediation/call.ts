import type { Json } from './json.ts'

/** One request to a cloud, as data: what a dry run prints, a plan's hash is made of, the record keeps and the engine runs. */
export interface Call {
  readonly service: string
  readonly operation: string
  readonly input: { readonly [key: string]: Json }
}

/** A call that was made. */
export interface Ran {
  readonly call: Call
  readonly requestId: string | null
}
