import type { Builtin } from '../builtins/builtin.ts'
import type { Arity } from '../compile/outputs.ts'
import type { Document } from './documents.ts'

/** A compiled policy, without any state of evaluation. */
export interface Program {
  readonly root: Document
  readonly builtins: ReadonlyMap<string, Builtin>
  readonly arity: Arity
}
