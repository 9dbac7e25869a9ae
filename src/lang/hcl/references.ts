import type { Range } from './ast.ts'
import type { StaticStep } from './scope.ts'

/** `local.volumes[0].size`: root `local`, steps name `volumes`, key 0, name `size`. */
export interface Reference {
  readonly root: string
  readonly steps: readonly StaticStep[]
  readonly range: Range
}
