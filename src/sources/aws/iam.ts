import {
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsCommandInput,
  GetRoleCommand,
  type GroupDetail,
  ListPolicyTagsCommand,
  type ManagedPolicyDetail,
  type PolicyDetail,
  type RoleDetail,
  type UserDetail,
} from '@aws-sdk/client-iam'
import { Absent } from '../../resource.ts'
import { iam } from './iam-client.ts'
import { credentialReport, virtualDevices } from './iam-report.ts'
import { all, grouped, itemsOf, mapped, shared } from './read.ts'
import { detail, type Listing, type Row, row } from './row.ts'
import { tagsOf } from './tags.ts'
import { decodedPolicy } from './text.ts'

/** Everything of everybody in one call that is paged: a call for each would take its turn with every other. */
const details = shared(
  iam.answers(
    GetAccountAuthorizationDetailsCommand,
    (): GetAccountAuthorizationDetailsCommandInput => ({
      Filter: ['User', 'Group', 'Role', 'LocalManagedPolicy'],
      MaxItems: 1000,
    }),
  ),
)
const operation = 'GetAccountAuthorizationDetails'
const users = mapped(details, page =>
  page.flatMap(answer => itemsOf(answer.UserDetailList, operation)),
)
const groups = mapped(details, page =>
  page.flatMap(answer => itemsOf(answer.GroupDetailList, operation)),
)
const roles = mapped(details, page =>
  page.flatMap(answer => itemsOf(answer.RoleDetailList, operation)),
)
const policies = mapped(details, page =>
  page
    .flatMap(answer => itemsOf(answer.Policies, operation))
    .filter(({ Arn = '' }) => !/:iam::aws:/.test(Arn)),
)

export const rows: readonly Row[] = [
  row({
    type: 'aws_iam_user',
    service: 'iam',
    scope: 'account',
    list: users,
    id: ({ Arn }) => String(Arn),
    set: {
      id: 'UserName',
      arn: 'Arn',
      groups: ({ GroupList = [] }) => GroupList,
      inline_policy: ({ UserPolicyList }) => inlineOf(UserPolicyList),
      managed_policy_arns: attachedTo,
      name: 'UserName',
      path: 'Path',
      permissions_boundary: ({ PermissionsBoundary }) =>
        PermissionsBoundary?.PermissionsBoundaryArn,
      tags: ({ Tags }) => tagsOf(Tags),
      unique_id: 'UserId',
    },
    details: [
      detail(credentialReport, {
        access_key: (report, { Arn = '' }: UserDetail) => report.get(Arn)?.accessKeys ?? notYet,
        login_profile: (report, { Arn = '' }) => {
          const credentials = report.get(Arn)
          if (credentials === undefined) return notYet
          return credentials.passwordEnabled ? { password_reset_required: notSaid } : null
        },
        mfa_active: (report, { Arn = '' }) => report.get(Arn)?.mfaActive ?? notYet,
        password_last_changed: (report, { Arn = '' }) => {
          const credentials = report.get(Arn)
          return credentials === undefined ? notYet : credentials.passwordLastChanged
        },
        password_last_used: (report, { Arn = '' }) => {
          const credentials = report.get(Arn)
          return credentials === undefined ? notYet : credentials.passwordLastUsed
        },
      }),
      detail(virtualDevices, {
        virtual_mfa: (devices, { Arn }: UserDetail) =>
          devices.some(({ User }) => User?.Arn === Arn),
      }),
    ],
  }),
  row({
    type: 'aws_iam_group',
    service: 'iam',
    scope: 'account',
    list: groups,
    id: ({ Arn }) => String(Arn),
    set: {
      id: 'GroupName',
      arn: 'Arn',
      inline_policy: ({ GroupPolicyList }) => inlineOf(GroupPolicyList),
      managed_policy_arns: attachedTo,
      name: 'GroupName',
      path: 'Path',
      unique_id: 'GroupId',
    },
    details: [
      detail(
        grouped(
          users,
          ({ GroupList = [] }: UserDetail) => GroupList,
          ({ GroupName }: GroupDetail) => GroupName,
        ),
        { users: members => members.map(({ UserName }) => UserName) },
      ),
    ],
  }),
  row({
    type: 'aws_iam_role',
    service: 'iam',
    scope: 'account',
    list: roles,
    id: ({ Arn }) => String(Arn),
    set: {
      id: 'RoleName',
      arn: 'Arn',
      assume_role_policy: ({ AssumeRolePolicyDocument }) => decodedPolicy(AssumeRolePolicyDocument),
      create_date: 'CreateDate',
      inline_policy: ({ RolePolicyList }) => inlineOf(RolePolicyList),
      managed_policy_arns: attachedTo,
      name: 'RoleName',
      path: 'Path',
      permissions_boundary: ({ PermissionsBoundary }) =>
        PermissionsBoundary?.PermissionsBoundaryArn,
      tags: ({ Tags }) => tagsOf(Tags),
      unique_id: 'RoleId',
    },
    details: [
      detail(
        iam.one(GetRoleCommand, ({ RoleName }: RoleDetail) => ({ RoleName })),
        {
          description: answer => answer?.Role?.Description,
          max_session_duration: answer => answer?.Role?.MaxSessionDuration,
        },
      ),
    ],
  }),
  row({
    type: 'aws_iam_policy',
    service: 'iam',
    scope: 'account',
    list: policies,
    id: ({ Arn }) => String(Arn),
    set: {
      id: 'Arn',
      arn: 'Arn',
      attachment_count: 'AttachmentCount',
      description: 'Description',
      name: 'PolicyName',
      path: 'Path',
      policy: ({ DefaultVersionId, PolicyVersionList = [] }) =>
        decodedPolicy(
          PolicyVersionList.find(({ VersionId }) => VersionId === DefaultVersionId)?.Document,
        ),
      policy_id: 'PolicyId',
    },
    details: [
      detail(
        all(
          iam.pages(ListPolicyTagsCommand, 'Tags', ({ Arn }: ManagedPolicyDetail) => ({
            PolicyArn: Arn,
          })),
        ),
        { tags: tags => tagsOf(tags) },
      ),
    ],
  }),
  attachments('role', roles, ({ RoleName }) => RoleName),
  attachments('user', users, ({ UserName }) => UserName),
  attachments('group', groups, ({ GroupName }) => GroupName),
]

interface Attached {
  readonly AttachedManagedPolicies?:
    | readonly { readonly PolicyArn?: string | undefined }[]
    | undefined
}

function attachedTo({ AttachedManagedPolicies = [] }: Attached): readonly unknown[] {
  return AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn)
}

function inlineOf(policies: readonly PolicyDetail[] = []): readonly object[] {
  return policies.map(({ PolicyName, PolicyDocument }) => ({
    name: PolicyName,
    policy: decodedPolicy(PolicyDocument),
  }))
}

/** Terraform's resource of its own for who has which policy, for the checks that ask of a policy who has it. */
function attachments<Item extends Attached>(
  kind: 'role' | 'user' | 'group',
  list: Listing<unknown, Item>,
  nameOf: (item: Item) => string | undefined,
): Row {
  return row({
    type: `aws_iam_${kind}_policy_attachment`,
    service: 'iam',
    scope: 'account',
    list: mapped(list, items =>
      items.flatMap(item =>
        (item.AttachedManagedPolicies ?? []).map(({ PolicyArn }) => ({
          name: nameOf(item),
          PolicyArn,
        })),
      ),
    ),
    id: ({ name, PolicyArn }) => `${kind}/${name}/${PolicyArn}`,
    set: {
      id: ({ name, PolicyArn }) => `${name}/${PolicyArn}`,
      policy_arn: 'PolicyArn',
      [kind]: ({ name }) => name,
    },
  })
}

const notYet = new Absent('unresolved', 'the credential report does not know the user yet')
const notSaid = new Absent('unresolved', 'the credential report does not say it')
