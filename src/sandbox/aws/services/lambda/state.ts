import type { FunctionConfiguration } from '@aws-sdk/client-lambda'

export interface LambdaEstate {
  readonly functions?: readonly FunctionEstate[]
}

export interface FunctionEstate extends FunctionConfiguration {
  FunctionName: string
  /** A document, or its text; left out: none. */
  policy?: string | object
  tags?: Record<string, string>
}

export interface LambdaState {
  readonly functions: FunctionEstate[]
  /** What was invoked without waiting, with its payload. */
  readonly invoked: { readonly name: string; readonly payload: string }[]
}

export function lambdaState(estate: LambdaEstate): LambdaState {
  return { functions: structuredClone([...(estate.functions ?? [])]), invoked: [] }
}
