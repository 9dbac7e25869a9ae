import { check, type Tunable } from '../../check.ts'
import { both, either } from '../../check-kit/decide.ts'
import { hasManagedPolicy } from '../../check-kit/policy/identity.ts'
import { homeOf, isOutsider } from '../../check-kit/policy/outsider.ts'
import { isPublic } from '../../check-kit/policy/public.ts'
import { trusts, trustsServiceForAnyone } from '../../check-kit/policy/trust.ts'

export default [
  check(['aws_iam_role', 'aws_iam_user', 'aws_iam_group'], {
    id: 'iam_aws_attached_policy_no_administrative_privileges',
    title: 'AWS’s policy for administrators is attached to nobody',
    severity: 'critical',
    why: 'Whoever gets hold of the identity owns the account.',
    fix: 'Replace `AdministratorAccess` by policies for the tasks at hand.',
    aliases: ['CKV_AWS_274'],
    pass: identity => !hasManagedPolicy(identity, 'AdministratorAccess'),
    bad: [
      attached('role', 'AdministratorAccess'),
      attached('user', 'AdministratorAccess'),
      attached('group', 'AdministratorAccess'),
    ],
    good: [attached('role', 'ReadOnlyAccess'), attached('group', 'job-function/ViewOnlyAccess')],
    fault: 'has AdministratorAccess',
  }),

  check('aws_iam_role', {
    id: 'iam_role_administratoraccess_policy',
    title: 'Roles do not have AdministratorAccess',
    severity: 'high',
    why: 'Whatever can assume the role, a server or another account, owns this one.',
    fix: 'Replace `AdministratorAccess` by policies for what the role does.',
    cli: 'aws iam detach-role-policy --role-name {name} --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
    pass: role => !hasManagedPolicy(role, 'AdministratorAccess'),
    bad: [attached('role', 'AdministratorAccess')],
    good: [attached('role', 'ReadOnlyAccess')],
    fault: 'has AdministratorAccess',
  }),

  check('aws_iam_user', {
    id: 'iam_user_administrator_access_policy',
    title: 'Users do not have AdministratorAccess',
    severity: 'critical',
    why: 'One leaked password or access key gives the whole account away.',
    fix: 'Let people assume a role for administration, and take the policy off the user.',
    cli: 'aws iam detach-user-policy --user-name {name} --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
    pass: user => !hasManagedPolicy(user, 'AdministratorAccess'),
    bad: [attached('user', 'AdministratorAccess')],
    good: ['name = "a"', attached('user', 'ReadOnlyAccess')],
    fault: 'has AdministratorAccess',
  }),

  check('aws_iam_group', {
    id: 'iam_group_administrator_access_policy',
    title: 'Groups do not have AdministratorAccess',
    severity: 'high',
    why: 'One leaked password or access key of any member gives the whole account away.',
    fix: 'Let members assume a role for administration, and take the policy off the group.',
    cli: 'aws iam detach-group-policy --group-name {name} --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
    pass: group => !hasManagedPolicy(group, 'AdministratorAccess'),
    bad: [attached('group', 'AdministratorAccess')],
    good: ['name = "a"', attached('group', 'ReadOnlyAccess')],
    fault: 'has AdministratorAccess',
  }),

  check(['aws_iam_role', 'aws_iam_user', 'aws_iam_group'], {
    id: 'iam_policy_cloudshell_admin_not_attached',
    title: 'Full access to CloudShell is attached to nobody',
    severity: 'medium',
    why: 'CloudShell has a way to the internet and takes files up and down, past all controls of the network.',
    fix: 'Detach `AWSCloudShellFullAccess`; allow CloudShell without file transfer where it is needed.',
    pass: identity => !hasManagedPolicy(identity, 'AWSCloudShellFullAccess'),
    bad: [attached('role', 'AWSCloudShellFullAccess'), attached('user', 'AWSCloudShellFullAccess')],
    good: [attached('group', 'ReadOnlyAccess')],
    fault: 'has AWSCloudShellFullAccess',
  }),

  check(['aws_iam_role', 'aws_iam_user', 'aws_iam_group'], {
    id: 'iam_policy_iam_full_access_not_attached',
    title: 'Full access to IAM is attached to nobody',
    severity: 'high',
    why: 'Whoever may do everything in IAM can give themselves every other right.',
    fix: 'Detach `IAMFullAccess` and allow the IAM actions that are needed.',
    aliases: ['CKV2_AWS_56'],
    pass: identity => !hasManagedPolicy(identity, 'IAMFullAccess'),
    bad: [attached('role', 'IAMFullAccess'), attached('user', 'IAMFullAccess')],
    good: [attached('group', 'IAMReadOnlyAccess')],
    fault: 'has IAMFullAccess',
  }),

  check('aws_iam_user', {
    id: 'iam_policy_attached_only_to_group_or_roles',
    title: 'Users get their rights from groups and roles',
    severity: 'low',
    why: 'Rights that hang on single users are forgotten when people change their tasks.',
    fix: 'Attach the policy to a group or a role, and make the user a member.',
    aliases: ['CKV_AWS_40', 'AWS-0143'],
    pass: user =>
      both(
        () => !user.inline_policy.some(() => true),
        () => !user.managed_policy_arns.some(() => true),
      ),
    bad: [attached('user', 'ReadOnlyAccess'), inlineOfUser()],
    good: ['name = "a"'],
    fault: 'has a policy of its own',
  }),

  check('aws_iam_role', {
    id: 'iam_role_cross_service_confused_deputy_prevention',
    title: 'Roles for AWS services say for whom the service may act',
    severity: 'high',
    why: 'A customer of the same service in another account can make it use the role on their behalf.',
    fix: 'Add a condition on `aws:SourceAccount` or `aws:SourceArn` to the role’s trust policy.',
    // These act only for who may pass the role within the account, and send no source keys.
    options: {
      services_apart: ['ec2.amazonaws.com', 'lambda.amazonaws.com', 'edgelambda.amazonaws.com'],
    },
    when: role => !role.path.startsWith('/aws-service-role/'),
    pass: (role, { options }) =>
      !trustsServiceForAnyone(role.assume_role_policy, list(options.services_apart)),
    bad: [trust('{ Service = "sns.amazonaws.com" }')],
    good: [
      trust(
        '{ Service = "sns.amazonaws.com" }',
        '{ StringEquals = { "aws:SourceAccount" = "111122223333" } }',
      ),
      trust('{ Service = "ec2.amazonaws.com" }'),
      trust('{ AWS = "arn:aws:iam::111122223333:root" }'),
    ],
    fault: 'lets a service act for anyone',
  }),

  check('aws_iam_role', {
    id: 'iam_role_not_assumable_by_anyone',
    title: 'Roles name who may assume them',
    severity: 'critical',
    why: 'Anyone with an AWS account can take on the role and its rights.',
    fix: 'Replace the principal `*` by accounts, roles or services, or add a condition such as `aws:PrincipalOrgID`.',
    aliases: ['CKV_AWS_60'],
    pass: role => !isPublic(role.assume_role_policy),
    bad: [trust('"*"'), trust('{ AWS = "*" }', '{ StringEquals = { "sts:ExternalId" = "a" } }')],
    good: [
      trust('{ AWS = "arn:aws:iam::111122223333:root" }'),
      trust('"*"', '{ StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }'),
    ],
    fault: 'can be assumed by anyone',
  }),

  check('aws_iam_role', {
    id: 'iam_role_cross_account_readonlyaccess_policy',
    title: 'No other account has ReadOnlyAccess through a role',
    severity: 'high',
    why: 'ReadOnlyAccess reads data too: every object and every table. Who administers the other account decides who does.',
    fix: 'Give the role a narrower policy such as `SecurityAudit`, or trust no other account.',
    options: { trusted_accounts: [] },
    when: role => hasManagedPolicy(role, 'ReadOnlyAccess'),
    pass: (role, context) =>
      !either(
        () => isPublic(role.assume_role_policy),
        () => trusts(role.assume_role_policy, principal => isOutsider(principal, homeOf(context))),
      ),
    bad: [attached('role', 'ReadOnlyAccess', '{ AWS = "*" }')],
    good: [attached('role', 'ReadOnlyAccess'), attached('role', 'SecurityAudit', '{ AWS = "*" }')],
    fault: 'gives another account ReadOnlyAccess',
  }),
]

function list(option: Tunable | undefined): readonly string[] {
  return Array.isArray(option) ? option.map(String) : []
}

function attached(kind: 'role' | 'user' | 'group', name: string, principal?: string): string {
  const body = kind === 'role' ? trust(principal ?? '{ Service = "ec2.amazonaws.com" }') : ''
  return `resource "aws_iam_${kind}" "a" {
    name = "a"
    ${body}
  }
  resource "aws_iam_${kind}_policy_attachment" "a" {
    ${kind}       = aws_iam_${kind}.a.name
    policy_arn = "arn:aws:iam::aws:policy/${name}"
  }`
}

function trust(principal: string, condition = '{}'): string {
  return `assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = ${principal}
      Action    = "sts:AssumeRole"
      Condition = ${condition}
    }]
  })`
}

function inlineOfUser(): string {
  return `resource "aws_iam_user" "a" {
    name = "a"
  }
  resource "aws_iam_user_policy" "a" {
    user   = aws_iam_user.a.name
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
  }`
}
