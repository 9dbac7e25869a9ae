import type { DocumentIdentifier, Tag } from '@aws-sdk/client-ssm'

export interface SsmEstate {
  /** Name → value. */
  readonly parameters?: Readonly<Record<string, string>>
  readonly documents?: readonly DocumentEstate[]
}

export interface DocumentEstate extends DocumentIdentifier {
  Name: string
  /** Accounts that it is shared with, or `all`. */
  sharedWith?: string[]
  tags?: Tag[]
}

export interface SsmState {
  readonly parameters: Map<string, string>
  readonly documents: DocumentEstate[]
}

export function ssmState(estate: SsmEstate): SsmState {
  return {
    parameters: new Map(Object.entries(estate.parameters ?? {})),
    documents: structuredClone([...(estate.documents ?? [])]),
  }
}
