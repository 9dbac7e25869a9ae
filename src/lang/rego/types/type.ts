import type { Value } from '../value/value.ts'

/**
 * Types of OPA's checker. `any` with members is a union; without, it is anything. Undefined stands for a type that
 * is not known yet.
 */
export type Type =
  | { readonly kind: 'null' | 'boolean' | 'number' | 'string' }
  | {
      readonly kind: 'array'
      readonly items: readonly (Type | undefined)[]
      readonly rest: Type | undefined
    }
  | ObjectType
  | { readonly kind: 'set'; readonly of: Type | undefined }
  | { readonly kind: 'any'; readonly of: readonly Type[] }
  | FunctionType

export interface ObjectType {
  readonly kind: 'object'
  readonly properties: readonly Property[]
  /** Of members with other keys. */
  readonly rest: readonly [key: Type | undefined, value: Type | undefined] | undefined
}

export type Property = readonly [key: Value, type: Type | undefined]

export interface FunctionType {
  readonly kind: 'function'
  readonly args: readonly (Type | undefined)[]
  readonly result: Type | undefined
}

export interface Signature {
  readonly args: readonly Type[]
  /** Undefined for functions without a value, such as `print`. */
  readonly result: Type | undefined
  /** It may have several outputs. */
  readonly relation?: boolean
  readonly deprecated?: boolean
}

export const anything: Type = { kind: 'any', of: [] }
export const aString: Type = { kind: 'string' }
export const aNumber: Type = { kind: 'number' }
