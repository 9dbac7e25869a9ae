import type { Machine } from '../eval/machine.ts'
import type { Signature } from '../types/type.ts'
import type { Value } from '../value/value.ts'

/** Undefined means that the call has no value; a failure is thrown. */
export type BuiltinFunction = (m: Machine, ...args: Value[]) => Value | undefined

/** Several outputs for one call: each goes to `visit`, until that answers true. */
export type RelationFunction = (
  m: Machine,
  visit: (value: Value) => boolean,
  ...args: Value[]
) => void

export interface Builtin {
  readonly signature: Signature
  readonly run: BuiltinFunction
  readonly relation?: RelationFunction
}

/** What a builtin throws: no error of the program, so it is cheap and carries no trace. */
export class BuiltinFailure {
  readonly code: 'eval_builtin_error' | 'eval_type_error'
  readonly reason: string

  constructor(code: 'eval_builtin_error' | 'eval_type_error', reason: string) {
    this.code = code
    this.reason = reason
  }
}

export function failure(reason: string): BuiltinFailure {
  return new BuiltinFailure('eval_builtin_error', reason)
}
