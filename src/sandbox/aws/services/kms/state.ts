import type { GrantListEntry, KeyMetadata, Tag } from '@aws-sdk/client-kms'

export interface KmsEstate {
  readonly keys?: readonly KeyEstate[]
}

/** A key's metadata and what only another call tells of it. */
export interface KeyEstate extends KeyMetadata {
  KeyId: string
  /** Without `alias/`. */
  aliases?: string[]
  /** Left out: the account's root may do everything, as KMS sets it. */
  policy?: string | object
  rotation?: { KeyRotationEnabled: boolean; RotationPeriodInDays?: number }
  tags?: Tag[]
  grants?: GrantListEntry[]
}

export interface KmsState {
  readonly keys: KeyEstate[]
}

export function kmsState(estate: KmsEstate): KmsState {
  return { keys: structuredClone([...(estate.keys ?? [])]) }
}
