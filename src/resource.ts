/** Whatever the source, a resource speaks Terraform's vocabulary: its type names and its attribute names. */
export interface Resource {
  readonly type: string
  /** Code: the resource address. Live: ARN, Azure id or full name. */
  readonly id: string
  /** The known name attribute (`bucket`, `name`, `identifier` …), else the local name. */
  readonly name: string
  readonly account: string | null
  readonly region: string | null
  /** Normalised by the vocabulary; may hold {@link Absent} anywhere. */
  readonly attributes: Attributes
  readonly origin: Origin
  /** Paths of this resource that the fold filled from other resources. */
  readonly parts?: readonly Part[]
  /** Whether some attribute is an {@link Absent}: decides between the plain and the traced judgement. */
  readonly partial: boolean
  /** Other resources that this one's attributes refer to: attribute path (top-level name) → their ids. */
  readonly refs?: Readonly<Record<string, readonly string[]>>
  /** Stands for a resource that is not in the scan: nothing is known of it but what `parts` fill. */
  readonly shell?: true
  /** Live: it was deleted while the scan ran, or is not what it was listed as; nothing is judged of it. */
  readonly gone?: true
}

export type Attributes = { readonly [name: string]: Plain }
export type Plain =
  | string
  | number
  | boolean
  | null
  | undefined
  | Absent
  | readonly Plain[]
  | { readonly [key: string]: Plain }
export type Path = readonly (string | number)[]

/** The fold's note: what stands at `at` in the parent came from `path` in `of`. */
export interface Part {
  readonly at: Path
  readonly of: Resource
  readonly path: Path
}

export interface Origin {
  readonly source: 'terraform' | 'plan' | 'cloudformation' | 'aws' | 'azure' | 'gcp'
  /** Code: resource address with instance keys. */
  readonly address: string | null
  /** Code: the block's header, where a finding points when no attribute decided. */
  readonly span: Span | null
  /** Code: the scan's root module, relative to the top of the git tree; in the fingerprint. */
  readonly root: string | null
  /** Code: the span of the deepest written thing along the path, or null when none is written. */
  readonly locate?: (path: Path) => Span | null
  /** Code: the spans that led to the value at the path (variable → module input → attribute). */
  readonly chain?: (path: Path) => readonly Step[]
  /** Code: whether the value at the path, or one beneath it, is marked sensitive: never shown. */
  readonly sensitive?: (path: Path) => boolean
  /** Code: what the source itself says, before anything is filled in. */
  readonly declared?: Declared
  /** Code: the whole block (first and last line), for inline skips; outermost module call last. */
  readonly blocks?: readonly Span[]
}

/** As in Terraform's JSON syntax: every block an array, policies as text. */
export interface Declared {
  readonly values: Attributes
  /** The deepest written thing along a path of these values. */
  readonly locate: (path: Path) => Span | null
}

export interface Step {
  /** `var.encrypt`, `local.volumes`, `module.store.versioned`. */
  readonly name: string
  readonly span: Span
}

/** A place in a file: lines and columns from 1, the end is exclusive in columns. */
export interface Span {
  readonly file: string
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  readonly endColumn: number
}

/** Knowledge that is not there, as a value in the place where the value would stand. */
export class Absent {
  readonly kind: 'unresolved' | 'pending' | 'denied'
  /** `var.encrypt has no value`, `aws_s3_bucket.logs.arn is known after apply`, `s3:GetBucketVersioning`. */
  readonly reason: string
  /** A partly known string: literal text, and null for each hole. Absent when nothing is known. */
  readonly parts: readonly (string | null)[] | undefined
  /** Why each hole of `parts` is one, in order. */
  readonly holes: readonly string[]
  /** A string that is JSON with holes (jsonencode of a partly known value), as its parsed value. */
  readonly json: Plain
  /** Addresses that the hidden value comes from, so that references link. */
  readonly from: readonly string[]
  /**
   * As an element of an array: stands for any number of elements, none included (a child or a dynamic block
   * whose count is unknown). Else it is one element of unknown value (`[var.where]`).
   */
  readonly many: boolean
  /** With `many`: what each of them is, where that is known better than their number. */
  readonly as: Plain
  constructor(
    kind: Absent['kind'],
    reason: string,
    more: {
      parts?: readonly (string | null)[] | undefined
      holes?: readonly string[]
      json?: Plain
      from?: readonly string[]
      many?: boolean
      as?: Plain
    } = {},
  ) {
    this.kind = kind
    this.reason = reason
    this.parts = more.parts
    this.holes = more.holes ??
      more.parts?.filter(part => part === null).map(() => reason) ?? [reason]
    this.json = more.json
    this.from = more.from ?? []
    this.many = more.many ?? false
    this.as = more.as
  }
}

/** Thrown where a decision needs what is absent: by the view, and by check-kit for partly known text. The engine catches it. */
export class Missing {
  readonly absent: Absent
  constructor(absent: Absent) {
    this.absent = absent
  }
}
