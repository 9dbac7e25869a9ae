import type {
  Account,
  DelegatedAdministrator,
  Organization,
  PolicySummary,
  PolicyTargetSummary,
  Root,
  Tag,
} from '@aws-sdk/client-organizations'

/** Left out: the account is in no organisation. */
export interface OrganizationEstate {
  readonly organization?: Organization
  readonly roots?: readonly Root[]
  readonly accounts?: readonly (Account & { tags?: Tag[] })[]
  readonly delegatedAdministrators?: readonly DelegatedAdministrator[]
  readonly policies?: readonly (PolicySummary & {
    Content?: string
    targets?: PolicyTargetSummary[]
  })[]
}
