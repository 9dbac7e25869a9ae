import type { Attributes, Plain } from '../resource.ts'
import type { Alias, Fold } from './fold.ts'

/**
 * A provider schema in a compact notation. An attribute is `<type>:<flags>`: type `s` string, `n` number,
 * `b` boolean, `a` anything, `p` policy document, with the prefixes `[` list, `<` set, `{` map; flags `r` required,
 * `o` optional, `c` computed. A block is an object whose `$` says `block` or `attr`, its cardinality
 * (`list`, `set`, `single`, `map`, and `list1`, `set1` where one is the most) and its flags.
 */
export interface Schema {
  readonly [attribute: string]: string | Schema
}

/** What a service's file says about its types beyond the provider's schema. */
export interface ServiceVocabulary {
  readonly types: Readonly<Record<string, TypeStatement>>
  readonly folds?: readonly Fold[]
  readonly aliases?: readonly Alias[]
}

export interface TypeStatement {
  /** What absence means: dotted path → value. `null`: nothing is there. An object: that block, with its own defaults. */
  readonly absent?: Readonly<Record<string, Plain>>
  /** Attributes that hold a policy document as JSON text; dotted. */
  readonly policies?: readonly string[]
  /** Texts, and lists of texts, that checks read by their literal parts through check-kit where they are partly known. */
  readonly texts?: readonly string[]
  /** What plans and states hold the SHA-1 of instead of the text itself. */
  readonly hashed?: readonly string[]
  /** Values that no report may show; dotted. */
  readonly secrets?: readonly string[]
  /** Attributes that name the resource, the first that is known wins; default: `name`. */
  readonly name?: readonly string[]
  /** Blocks that the schema lists as many and the API allows once; dotted. */
  readonly once?: readonly string[]
  /** Attributes that the fold or a live source adds. For a pseudo type that is all of them. */
  readonly adds?: Schema
  /** Its names are unique in the account or in the world, whatever the region. */
  readonly global?: true
  /** Not the provider's: facts of an account or a region, known to live scans only. */
  readonly pseudo?: true
  /** Rules with several sources become one rule a source; attribute → kind. */
  readonly rules?: Readonly<Record<string, RuleKind>>
  /** Attributes that name a protocol; top-level. */
  readonly protocols?: readonly string[]
  /** Defaults of a declared resource that hang on its other attributes; answers those that change. After the fold. */
  readonly settle?: Settle
}

export type Settle = (
  attributes: Attributes,
  isDeclared: (name: string) => boolean,
) => Attributes | null
export type RuleKind = 'security_group' | 'network_acl'
