import type { Builtin } from '../builtins/builtin.ts'
import type { Arity } from '../compile/outputs.ts'
import type { Value } from '../value/value.ts'
import type { Document } from './documents.ts'

/** A compiled policy, without any state of evaluation. */
export interface Program {
  readonly root: Document
  readonly builtins: ReadonlyMap<string, Builtin>
  readonly arity: Arity
  /** Rules whose every solution the host hears of, by their path below `data`: none is left out as a repetition. */
  readonly isWatched?: ((path: readonly Value[]) => boolean) | undefined
  /** Whether the host hears of every literal that is evaluated. */
  readonly isObserved?: boolean
}
