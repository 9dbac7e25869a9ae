import type { Value } from '../value.ts'
import type { EvaluatedBody } from './body.ts'

/**
 * Computes what a data source answers, for types that need no cloud to know it. An attribute that is not in
 * the answer stays unknown; null says that nothing can be said.
 */
export type DataEvaluator = (data: DataCall) => ReadonlyMap<string, Value> | null

export interface DataCall {
  readonly address: string
  readonly body: EvaluatedBody
  /** The configuration of the provider that answers; null where nothing is configured. */
  readonly provider: () => EvaluatedBody | null
}
