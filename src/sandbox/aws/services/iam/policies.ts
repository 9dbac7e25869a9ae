import * as Iam from '@aws-sdk/client-iam'
import { type Operation, operation } from '../../wire/service.ts'
import { counted, isAwsManaged } from './authorization-details.ts'
import { encodeDocuments } from './documents.ts'
import { iamPage, noSuchEntity } from './page.ts'
import type { IamState, PolicyEstate } from './state.ts'

export const policies: readonly Operation[] = [
  operation(Iam.ListPolicies$, (input: Iam.ListPoliciesRequest, call) => {
    const { iam } = call.state
    const wanted = iam.policies
      .map(policy => counted(iam, policy))
      .filter(
        policy =>
          (input.Scope !== 'Local' || !isAwsManaged(policy)) &&
          (input.Scope !== 'AWS' || isAwsManaged(policy)) &&
          (!input.OnlyAttached || (policy.AttachmentCount ?? 0) > 0),
      )
    return iamPage(call, input, 'Policies', wanted)
  }),
  operation(Iam.GetPolicy$, (input: Iam.GetPolicyRequest, { state }) => ({
    Policy: counted(state.iam, find(state.iam, input.PolicyArn)),
  })),
  operation(Iam.GetPolicyVersion$, (input: Iam.GetPolicyVersionRequest, { state }) => {
    const versions = find(state.iam, input.PolicyArn).PolicyVersionList ?? []
    const version = versions.find(one => one.VersionId === input.VersionId)
    if (!version) throw noSuchEntity(`Policy version ${input.VersionId} does not exist.`)
    return { PolicyVersion: encodeDocuments(version) }
  }),
  operation(Iam.ListPolicyTags$, (input: Iam.ListPolicyTagsRequest, { state }) => ({
    Tags: find(state.iam, input.PolicyArn).Tags ?? [],
    IsTruncated: false,
  })),
  operation(
    Iam.ListEntitiesForPolicy$,
    (input: Iam.ListEntitiesForPolicyRequest, { state }): Iam.ListEntitiesForPolicyResponse => {
      const holds = (one: { AttachedManagedPolicies?: Iam.AttachedPolicy[] | undefined }) =>
        one.AttachedManagedPolicies?.some(each => each.PolicyArn === input.PolicyArn)
      const kind = input.EntityFilter
      return {
        PolicyUsers: !kind || kind === 'User' ? state.iam.users.filter(holds) : [],
        PolicyGroups: !kind || kind === 'Group' ? state.iam.groups.filter(holds) : [],
        PolicyRoles: !kind || kind === 'Role' ? state.iam.roles.filter(holds) : [],
        IsTruncated: false,
      }
    },
  ),
]

function find(iam: IamState, arn: string | undefined): PolicyEstate {
  const found = iam.policies.find(one => one.Arn === arn)
  if (!found) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)
  return found
}
