/** A policy document in one shape, however it was written: lists are arrays, a principal names its kind. */
export interface PolicyDocument {
  readonly Version: string | undefined
  readonly Id: string | undefined
  readonly Statement: readonly Statement[]
}

export interface Statement {
  readonly Sid: string | undefined
  readonly Effect: string
  /** Nothing written (a policy of an identity) is undefined; `"*"` is `{ AWS: ['*'] }`. */
  readonly Principal: Principals | undefined
  readonly NotPrincipal: Principals | undefined
  /** Empty where nothing is written. */
  readonly Action: readonly string[]
  readonly NotAction: readonly string[]
  readonly Resource: readonly string[]
  readonly NotResource: readonly string[]
  readonly Condition: readonly Condition[]
}

/**
 * One test of the condition block, which is a list here, so that every test can be walked three-valued:
 * `{"StringEquals": {"aws:SourceAccount": "1"}}` is `{ operator: 'StringEquals', key: 'aws:sourceaccount', values: ['1'] }`.
 */
export interface Condition {
  /** As written: `StringEquals`, `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string
  /** Lower case: AWS compares key names without regard to it. */
  readonly key: string
  readonly values: readonly string[]
}

export interface Principals {
  readonly AWS: readonly string[]
  readonly Service: readonly string[]
  readonly Federated: readonly string[]
  readonly CanonicalUser: readonly string[]
}
