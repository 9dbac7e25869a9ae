import type { Decimal } from 'decimal.js'

/** A type in Terraform's own JSON notation, so that it prints as it is. Records have a null prototype. */
export type Type =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list', Type]
  | readonly ['set', Type]
  | readonly ['map', Type]
  | readonly ['tuple', readonly Type[]]
  /** The third member names the optional attributes; only in type constraints. */
  | readonly ['object', { readonly [name: string]: Type }, (readonly string[])?]

/**
 * A typed value. `v` holds what `type` says:
 * string → string (NFC); number → JavaScript number where that is exact, else Decimal; bool → boolean;
 * list, set (in Terraform's order, no duplicates), tuple → Value[]; map, object → Map of Value;
 * null of any type → null; unknown of any type → Unknown.
 */
export interface Value {
  readonly type: Type
  readonly v:
    | string
    | number
    | Decimal
    | boolean
    | readonly Value[]
    | ReadonlyMap<string, Value>
    | Unknown
    | null
  readonly marks?: Marks
}

export interface Marks {
  readonly sensitive?: boolean
  /** Addresses of resource instances that the value was read from: links hold even where the value is known. */
  readonly from?: readonly string[]
  /** Names on the way (`var.x`, `local.y`), for evidence. */
  readonly via?: readonly string[]
}

/** Why a value is not known, and what of it is known all the same. */
export class Unknown {
  /** `var.encrypt has no value`, `aws_s3_bucket.logs.arn is known after apply`. */
  readonly reason: string
  /** A partly known string: literal text and holes. */
  readonly parts: readonly (string | Unknown)[] | undefined
  /** A string that is the JSON of a partly known value (jsonencode, aws_iam_policy_document). */
  readonly json: Value | undefined
  /**
   * A list or a set of unknown length: what is known to be in it. An unknown element stands for any number of them,
   * none included.
   */
  readonly items: readonly Value[] | undefined
  /** As an element of which it is not known whether, or how often, it is there: what it is then. */
  readonly as: Value | undefined
  /** Whatever it will be, it will not be null. */
  readonly notNull: boolean
  constructor(
    reason: string,
    more: {
      parts?: readonly (string | Unknown)[] | undefined
      json?: Value | undefined
      items?: readonly Value[] | undefined
      as?: Value | undefined
      notNull?: boolean
    } = {},
  ) {
    this.reason = reason
    this.parts = more.parts
    this.json = more.json
    this.items = more.items
    this.as = more.as
    this.notNull =
      more.notNull === true ||
      more.parts !== undefined ||
      more.json !== undefined ||
      more.items !== undefined
  }
}

/** The elements of a list, set or tuple. */
export function isItems(v: Value['v']): v is readonly Value[] {
  return Array.isArray(v)
}

/** The entries of a map or object, in order of their names. */
export function isEntries(v: Value['v']): v is ReadonlyMap<string, Value> {
  return v instanceof Map
}
