/** Types of OPA's checker. `any` with members is a union; without, it is anything. */
export type Type =
  | { readonly kind: 'null' | 'boolean' | 'number' | 'string' }
  | { readonly kind: 'array'; readonly items: readonly Type[]; readonly rest: Type | undefined }
  | {
      readonly kind: 'object'
      readonly properties: readonly (readonly [key: unknown, type: Type])[]
      readonly rest: readonly [key: Type, value: Type] | undefined
    }
  | { readonly kind: 'set'; readonly of: Type }
  | { readonly kind: 'any'; readonly of: readonly Type[] }
  | { readonly kind: 'function'; readonly args: readonly Type[]; readonly result: Type | undefined }

export interface Signature {
  readonly args: readonly Type[]
  /** Undefined for functions without a value, such as `print`. */
  readonly result: Type | undefined
  readonly variadic?: boolean
  /** It may have several outputs. */
  readonly relation?: boolean
  readonly deprecated?: boolean
}
