import type { Path, Plain } from '../resource.ts'
import type { PieceOf } from '../vocabulary/knowledge.ts'

/**
 * What the vocabulary knows of the value at a path (indexes included). `boolean`, `array` and `object` only where
 * the value is there whatever the source says; `policy` is a policy document.
 */
export type Kind = 'boolean' | 'array' | 'object' | 'policy' | 'text'

/** The engine's questions to the vocabulary, as an argument so that tests can answer them. */
export interface Knowledge {
  kindOf(type: string, path: Path): Kind | undefined
  isSecret(type: string, path: Path): boolean
  /** The resource of its own that says what stands at a dotted path, where there is one. */
  pieceOf?(type: string, path: string, value: Plain): PieceOf | null
}
