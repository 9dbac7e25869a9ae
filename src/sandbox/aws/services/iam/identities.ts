import * as Iam from '@aws-sdk/client-iam'
import { type Call, page } from '../../call.ts'
import { type Operation, operation } from '../../wire/service.ts'
import { encodeDocuments } from './documents.ts'
import { iamPage, noSuchEntity } from './page.ts'
import type { AccessKeyEstate, UserEstate } from './state.ts'

/** Users, groups and roles one by one, and the users' credentials. */
export const identities: readonly Operation[] = [
  operation(Iam.ListUsers$, (input: Iam.ListUsersRequest, call) =>
    iamPage(call, input, 'Users', call.state.iam.users),
  ),
  operation(Iam.GetUser$, (input: Iam.GetUserRequest, call) => ({ User: user(call, input) })),
  operation(Iam.ListGroups$, (input: Iam.ListGroupsRequest, call) =>
    iamPage(call, input, 'Groups', call.state.iam.groups),
  ),
  operation(Iam.ListRoles$, (input: Iam.ListRolesRequest, call) =>
    iamPage(
      call,
      input,
      'Roles',
      call.state.iam.roles.map(one => encodeDocuments(one)),
    ),
  ),
  operation(Iam.GetRole$, (input: Iam.GetRoleRequest, call) => ({
    Role: encodeDocuments(role(call, input)),
  })),
  operation(Iam.GetLoginProfile$, (input: Iam.GetLoginProfileRequest, call) => {
    const { login, UserName } = user(call, input)
    if (!login) throw noSuchEntity(`Login Profile for User ${UserName} cannot be found.`)
    return { LoginProfile: { UserName, CreateDate: login.CreateDate } }
  }),
  operation(Iam.ListMFADevices$, (input: Iam.ListMFADevicesRequest, call) => {
    const { mfa = [], UserName } = user(call, input)
    return iamPage(
      call,
      input,
      'MFADevices',
      mfa.map(device => ({ UserName, ...device })),
    )
  }),
  operation(Iam.ListVirtualMFADevices$, virtualDevices),
  operation(Iam.ListAccessKeys$, (input: Iam.ListAccessKeysRequest, call) => {
    const { accessKeys = [], UserName } = user(call, input)
    return iamPage(
      call,
      input,
      'AccessKeyMetadata',
      accessKeys.map(key => ({ UserName, ...key })),
    )
  }),
  operation(
    Iam.GetAccessKeyLastUsed$,
    (input: Iam.GetAccessKeyLastUsedRequest, call): Iam.GetAccessKeyLastUsedResponse => {
      const { owner, key } = accessKey(call, input.AccessKeyId)
      return {
        UserName: owner.UserName,
        AccessKeyLastUsed: key.LastUsed ?? { ServiceName: 'N/A', Region: 'N/A' },
      }
    },
  ),
  operation(Iam.UpdateAccessKey$, (input: Iam.UpdateAccessKeyRequest, call) => {
    const { key } = accessKey(call, input.AccessKeyId)
    if (input.Status === 'Active' || input.Status === 'Inactive') key.Status = input.Status
  }),
  operation(Iam.AttachUserPolicy$, (input: Iam.AttachUserPolicyRequest, call) => {
    const one = user(call, input)
    const PolicyName = input.PolicyArn?.split('/').at(-1)
    one.AttachedManagedPolicies = [
      ...(one.AttachedManagedPolicies ?? []).filter(each => each.PolicyArn !== input.PolicyArn),
      { PolicyArn: input.PolicyArn, PolicyName },
    ]
  }),
  operation(Iam.DetachUserPolicy$, (input: Iam.DetachUserPolicyRequest, call) => {
    const one = user(call, input)
    one.AttachedManagedPolicies = (one.AttachedManagedPolicies ?? []).filter(
      each => each.PolicyArn !== input.PolicyArn,
    )
  }),
]

function user(call: Call, { UserName }: { readonly UserName?: string | undefined }): UserEstate {
  const found = call.state.iam.users.find(one => one.UserName === UserName)
  if (!found) throw noSuchEntity(`The user with name ${UserName} cannot be found.`)
  return found
}

function role(call: Call, { RoleName }: Iam.GetRoleRequest): Iam.RoleDetail {
  const found = call.state.iam.roles.find(one => one.RoleName === RoleName)
  if (!found) throw noSuchEntity(`The role with name ${RoleName} cannot be found.`)
  return found
}

function accessKey(
  call: Call,
  id: string | undefined,
): { readonly owner: UserEstate; readonly key: AccessKeyEstate } {
  for (const owner of call.state.iam.users) {
    const key = owner.accessKeys?.find(one => one.AccessKeyId === id)
    if (key) return { owner, key }
  }
  throw noSuchEntity(`The Access Key with id ${id} cannot be found.`)
}

/** The root user's device belongs to an owner without a name. */
function virtualDevices(
  input: Iam.ListVirtualMFADevicesRequest,
  call: Call,
): Iam.ListVirtualMFADevicesResponse {
  const { state } = call
  const root = { Arn: `arn:${state.partition}:iam::${state.account}:root`, UserId: state.account }
  const all = [
    { owner: root, mfa: state.iam.root.mfa },
    ...state.iam.users.map(one => ({ owner: one, mfa: one.mfa })),
  ]
  const devices = all.flatMap(({ owner, mfa = [] }) =>
    mfa
      .filter(device => device.SerialNumber.includes(':mfa/'))
      .map(device => ({
        ...device,
        User: {
          Path: '/',
          UserName: '',
          CreateDate: device.EnableDate,
          UserId: '',
          Arn: '',
          ...owner,
        },
      })),
  )
  const wanted = input.AssignmentStatus === 'Unassigned' ? [] : devices
  const { items, next } = page(call, wanted, input.Marker, input.MaxItems)
  return { VirtualMFADevices: items, IsTruncated: next !== undefined, Marker: next }
}
