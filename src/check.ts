import type { Severity } from './finding.ts'
import type { Vocabulary } from './vocabulary/vocabulary.ts'

export type ResourceType = keyof Vocabulary & string

/** What a check may ask beside its resource. */
export interface Context {
  /** The scan's moment as an argument, never the clock. */
  readonly now: Date
  readonly options: Readonly<Record<string, Tunable>>
  /**
   * Resources of that type that refer to this one, or that this one refers to; with `of`, those of another resource that
   * the context has given: the route tables of a subnet of this VPC.
   */
  related<R extends ResourceType>(type: R, of?: Viewed<ResourceType>): readonly Viewed<R>[]
  /** Those that refer to this one alone: what a snapshot was made of is not what it was made into. */
  referring<R extends ResourceType>(type: R): readonly Viewed<R>[]
  /**
   * Every resource of that type in the same root module, related or not. Live: in the same account and region, and in
   * the whole account where this one is of no region.
   */
  all<R extends ResourceType>(type: R): readonly Viewed<R>[]
  /** Code: the resource's address. Live: its ARN or id. */
  readonly id: string
  /** Which of the check's types the resource is of. */
  readonly type: string
  /** The account that is scanned; null for code. */
  readonly account: string | null
  readonly region: string | null
  /** What `id` and `region` are of another resource that the context has given. */
  placeOf(of: Viewed<ResourceType>): { readonly id: string; readonly region: string | null }
}

export type Tunable = string | number | boolean | readonly string[] | readonly number[]
export type Viewed<R extends ResourceType> = Vocabulary[R]

/** A check as its author writes it: ten lines of data and one pure function. */
export interface CheckInput<R extends ResourceType> {
  /** Prowler's id where Prowler has the check, else `<service>_<thing>_<condition>`. */
  readonly id: string
  /** States the good; no full stop. */
  readonly title: string
  readonly severity: Severity
  /** The harm, in at most two plain sentences. */
  readonly why: string
  /** Starts with a verb. */
  readonly fix: string
  /** The command that mends it; `{name}`, `{region}`, `{account}` and `{arn}` are filled in. */
  readonly cli?: string
  readonly url?: string
  /** Other tools' ids for the same thing on the same types. */
  readonly aliases?: readonly string[]
  /** True is good. Reads attributes, never decides about absence. */
  readonly pass: (resource: Vocabulary[R], context: Context) => boolean
  /** Whether the check has anything to say of this resource; default: every one. */
  readonly when?: (resource: Vocabulary[R], context: Context) => boolean
  /** The message's end, after the resource's name; default: `<path> is <value>`. */
  readonly fault?: string | ((resource: Vocabulary[R], context: Context) => string)
  /** HCL body of one block (`''` for an empty one), whole blocks, or a plain object for live-only facts. */
  readonly bad: readonly Example[]
  readonly good?: readonly Example[]
  /** The attribute values that mend every bad example; dots for nested blocks. */
  readonly set?: Readonly<Record<string, unknown>>
  readonly options?: Readonly<Record<string, Tunable>>
  /** Only one side can know. */
  readonly on?: 'live' | 'code'
  /** Where a running account is judged by other resources than code is; made by {@link live}. */
  readonly live?: LiveSide
  readonly deprecated?: string
}

/**
 * HCL, or a live resource's attributes, or several live resources: type → attributes, or a list of them.
 * @example { aws_account: { id: '111122223333' }, aws_iam_saml_provider: [{ name: 'office' }] }
 */
export type Example = string | Readonly<Record<string, unknown>>

/** What a running account is asked instead: the same question of other resources. */
export interface LiveInput<R extends ResourceType>
  extends Pick<CheckInput<R>, 'pass' | 'when' | 'fault' | 'bad' | 'good' | 'cli'>,
    Partial<Pick<CheckInput<R>, 'fix'>> {}

export interface LiveSide extends LiveInput<never> {
  readonly types: readonly ResourceType[]
}

export interface Check<R extends ResourceType = ResourceType> extends CheckInput<R> {
  readonly types: readonly R[]
  readonly provider: 'aws' | 'azure' | 'gcp'
  readonly service: string
}

/**
 * Declares a check on one or several resource types; `pass` sees only attributes that all of them share.
 * @example check('aws_db_instance', { id: 'rds_instance_storage_encrypted', …, pass: db => db.storage_encrypted })
 */
export function check<R extends ResourceType>(
  types: R | readonly R[],
  input: CheckInput<R>,
): Check<R> {
  const list = typeof types === 'string' ? [types] : types
  return {
    ...input,
    types: list,
    provider: list[0]?.startsWith('azurerm_')
      ? 'azure'
      : list[0]?.startsWith('google_')
        ? 'gcp'
        : 'aws',
    service: input.id.split('_')[0] ?? '',
  }
}

/**
 * The live side of a check whose code side reads what is declared, and whose live side asks whether it is there at all.
 * @example check('aws_cloudtrail', { …, live: live('aws_account', { pass: (_, { all }) => all('aws_cloudtrail').some(…) }) })
 */
export function live<R extends ResourceType>(
  types: R | readonly R[],
  input: LiveInput<R>,
): LiveSide {
  return { ...input, types: typeof types === 'string' ? [types] : types }
}

/** The check as it judges code, and as it judges a running account, where these differ. */
export function sidesOf(check: Check): readonly Check[] {
  const { live: side, ...code } = check
  if (!side) return [check]
  const { cli, set, when, fault, good, ...shared } = code
  // `live` has held its functions against its types.
  return [{ ...code, on: 'code' }, { ...shared, ...side, on: 'live' } as Check]
}
