import type { Type, Value } from './value.ts'

/** A variable's declared type, with the defaults of its optional attributes. */
export interface TypeConstraint {
  readonly type: Type
  readonly defaults: Defaults | undefined
}

/** Defaults stand in the same nesting as the type. */
export interface Defaults {
  /** Of an object's optional attributes. */
  readonly values: ReadonlyMap<string, Value>
  /** Object attribute or tuple index → its own defaults; `*` for the element of a collection. */
  readonly nested: ReadonlyMap<string | number, Defaults>
}
