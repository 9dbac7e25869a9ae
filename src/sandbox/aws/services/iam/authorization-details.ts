import type * as Iam from '@aws-sdk/client-iam'
import { type Call, page } from '../../call.ts'
import { encodeDocuments } from './documents.ts'
import type { IamState } from './state.ts'

/** The four lists are one paged list on the wire. */
export function authorizationDetails(
  input: Iam.GetAccountAuthorizationDetailsRequest,
  call: Call,
): Iam.GetAccountAuthorizationDetailsResponse {
  const { iam } = call.state
  const wanted = (kind: string) => !input.Filter?.length || input.Filter.some(one => one === kind)
  const entries: readonly Entry[] = [
    ...(wanted('User') ? iam.users.map(user => ({ user })) : []),
    ...(wanted('Group') ? iam.groups.map(group => ({ group })) : []),
    ...(wanted('Role') ? iam.roles.map(role => ({ role })) : []),
    ...iam.policies
      .filter(one => wanted(isAwsManaged(one) ? 'AWSManagedPolicy' : 'LocalManagedPolicy'))
      .map(policy => ({ policy: counted(iam, policy) })),
  ]
  const { items, next } = page(call, entries, input.Marker, input.MaxItems)
  return {
    UserDetailList: items.flatMap(one => (one.user ? [encodeDocuments(one.user)] : [])),
    GroupDetailList: items.flatMap(one => (one.group ? [encodeDocuments(one.group)] : [])),
    RoleDetailList: items.flatMap(one => (one.role ? [encodeDocuments(one.role)] : [])),
    Policies: items.flatMap(one => (one.policy ? [encodeDocuments(one.policy)] : [])),
    IsTruncated: next !== undefined,
    Marker: next,
  }
}

interface Entry {
  readonly user?: Iam.UserDetail
  readonly group?: Iam.GroupDetail
  readonly role?: Iam.RoleDetail
  readonly policy?: Iam.ManagedPolicyDetail
}

export function isAwsManaged({ Arn }: { readonly Arn?: string | undefined }): boolean {
  return Arn?.includes(':iam::aws:') ?? false
}

/** How often a policy is attached, unless the estate says it. */
export function counted(iam: IamState, policy: Iam.ManagedPolicyDetail): Iam.ManagedPolicyDetail {
  const holders = [...iam.users, ...iam.groups, ...iam.roles]
  const isAttached = (holder: (typeof holders)[number]) =>
    holder.AttachedManagedPolicies?.some(one => one.PolicyArn === policy.Arn)
  return {
    AttachmentCount: holders.filter(isAttached).length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    ...policy,
  }
}
