import type { GroupDetail, ManagedPolicyDetail, RoleDetail, UserDetail } from '@aws-sdk/client-iam'

/** IAM as GetAccountAuthorizationDetails tells it; policy documents are plain text here and URL-encoded on the wire. */
export interface IamEstate {
  readonly users?: readonly UserDetail[]
  readonly groups?: readonly GroupDetail[]
  readonly roles?: readonly RoleDetail[]
  readonly policies?: readonly ManagedPolicyDetail[]
}

export interface IamState {
  readonly users: UserDetail[]
  readonly groups: GroupDetail[]
  readonly roles: RoleDetail[]
  readonly policies: ManagedPolicyDetail[]
}

export function iamState(estate: IamEstate): IamState {
  return {
    users: structuredClone([...(estate.users ?? [])]),
    groups: structuredClone([...(estate.groups ?? [])]),
    roles: structuredClone([...(estate.roles ?? [])]),
    policies: structuredClone([...(estate.policies ?? [])]),
  }
}
