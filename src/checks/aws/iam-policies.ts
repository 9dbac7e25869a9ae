import { type Context, check } from '../../check.ts'
import { either } from '../../check-kit/decide.ts'
import { escalates } from '../../check-kit/policy/escalation.ts'
import {
  allows,
  hasFullAccess,
  isAdministrator,
  type Statements,
} from '../../check-kit/policy/grant.ts'
import { inlineStatements } from '../../check-kit/policy/identity.ts'
import { anything } from '../../check-kit/policy/wildcard.ts'

const identities = ['aws_iam_role', 'aws_iam_user', 'aws_iam_group'] as const

export default [
  check('aws_iam_policy', {
    id: 'iam_customer_attached_policy_no_administrative_privileges',
    title: 'Attached customer policies do not allow everything',
    severity: 'high',
    why: 'Whoever gets hold of any identity with the policy owns the account.',
    fix: 'Name the actions and resources that are needed in place of `*`.',
    aliases: ['CKV_AWS_62', 'CKV_AWS_63'],
    when: (_, context) => isAttached(context),
    pass: ({ policy }) => !isAdministrator(policy.Statement),
    bad: [attached(policy('*'))],
    good: [attached(policy('s3:GetObject'))],
    fault: 'allows everything',
  }),

  check('aws_iam_policy', {
    id: 'iam_customer_unattached_policy_no_administrative_privileges',
    title: 'Customer policies do not allow everything, attached or not',
    severity: 'medium',
    why: 'One attachment away, whoever gets hold of the identity owns the account.',
    fix: 'Name the actions and resources that are needed in place of `*`, or delete the policy.',
    aliases: ['CKV_AWS_62', 'CKV_AWS_63'],
    when: (_, context) => !isAttached(context),
    pass: ({ policy }) => !isAdministrator(policy.Statement),
    bad: [
      policy('*'),
      policy('*:*'),
      `policy = jsonencode({ Statement = { Effect = "Allow", NotAction = "s3:DeleteBucket", Resource = "*" } })`,
    ],
    good: [policy('s3:*'), policy('*', 'arn:aws:s3:::a')],
    fault: 'allows everything',
  }),

  check('aws_iam_policy', {
    id: 'iam_policy_allows_privilege_escalation',
    title: 'Customer policies open no way to more rights',
    severity: 'high',
    why: 'With these actions an identity makes itself an administrator, in one step or in two.',
    fix: 'Take the actions out, or restrict them to named roles, users and policies.',
    aliases: ['CKV_AWS_286'],
    pass: ({ policy }) => !escalates(policy.Statement),
    bad: [
      policy('iam:AttachUserPolicy'),
      policy('iam:PassRole", "ec2:RunInstances'),
      policy('iam:*'),
    ],
    good: [
      policy('s3:GetObject'),
      policy('iam:PassRole'),
      policy('iam:CreateAccessKey', 'arn:aws:iam::111122223333:user/robot'),
    ],
    fault: 'lets its holder gain more rights',
  }),

  check('aws_iam_policy', {
    id: 'iam_policy_no_full_access_to_cloudtrail',
    title: 'Customer policies do not give full access to CloudTrail',
    severity: 'medium',
    why: 'Whoever may stop the logging can act unseen.',
    fix: 'Name the CloudTrail actions that are needed in place of `cloudtrail:*`.',
    pass: ({ policy }) => !hasFullAccess(policy.Statement, 'cloudtrail', 'trail'),
    bad: [policy('cloudtrail:*'), policy('*')],
    good: [policy('cloudtrail:LookupEvents'), policy('s3:*')],
    fault: 'gives full access to CloudTrail',
  }),

  check('aws_iam_policy', {
    id: 'iam_policy_no_full_access_to_kms',
    title: 'Customer policies do not give full access to KMS',
    severity: 'medium',
    why: 'Whoever may do everything with keys can decrypt all that they protect, or delete them and the data with them.',
    fix: 'Name the KMS actions and keys that are needed in place of `kms:*`.',
    pass: ({ policy }) => !hasFullAccess(policy.Statement, 'kms', 'key'),
    bad: [policy('kms:*'), policy('kms:*', 'arn:aws:kms:*:111122223333:key/*'), policy('*')],
    good: [policy('kms:Decrypt'), policy('kms:*', 'arn:aws:kms:eu-west-1:111122223333:key/a')],
    fault: 'gives full access to KMS',
  }),

  check('aws_iam_policy', {
    id: 'iam_policy_no_wildcard_marketplace_subscribe',
    title: 'Customer policies do not allow subscribing to any Marketplace product',
    severity: 'medium',
    why: 'An identity can commit the company to whatever costs and licences the Marketplace offers.',
    fix: 'Take `aws-marketplace:Subscribe` out, or restrict it to product identifiers.',
    pass: ({ policy }) => !mayAll(policy.Statement, 'aws-marketplace:Subscribe'),
    bad: [policy('aws-marketplace:Subscribe'), policy('aws-marketplace:*')],
    good: [policy('aws-marketplace:ViewSubscriptions')],
    fault: 'allows subscribing to any Marketplace product',
  }),

  check('aws_iam_policy', {
    id: 'iam_no_custom_policy_permissive_role_assumption',
    title: 'Customer policies allow assuming named roles only',
    severity: 'high',
    why: 'An identity that may assume any role has the rights of the strongest role that trusts the account.',
    fix: 'Name the roles in `Resource` of the statement that allows `sts:AssumeRole`.',
    pass: ({ policy }) => !allows(policy.Statement, 'sts:AssumeRole', everyRole),
    bad: [
      policy('sts:AssumeRole'),
      policy('sts:*'),
      policy('sts:AssumeRole', 'arn:aws:iam::*:role/*'),
    ],
    good: [
      policy('sts:AssumeRole', 'arn:aws:iam::111122223333:role/deploy'),
      policy('sts:GetCallerIdentity'),
    ],
    fault: 'allows assuming any role',
  }),

  check('aws_iam_policy', {
    id: 'iam_policy_no_full_access_to_iam',
    title: 'Customer policies do not give full access to IAM',
    severity: 'high',
    why: 'Whoever may do everything in IAM can give themselves every other right.',
    fix: 'Name the IAM actions and resources that are needed in place of `iam:*`.',
    aliases: ['CKV2_AWS_40'],
    pass: ({ policy }) => !hasFullAccess(policy.Statement, 'iam', 'role'),
    bad: [policy('iam:*'), policy('*')],
    good: [policy('iam:Get*'), policy('iam:*', 'arn:aws:iam::111122223333:role/app')],
    fault: 'gives full access to IAM',
  }),

  check(identities, {
    id: 'iam_inline_policy_no_administrative_privileges',
    title: 'Inline policies do not allow everything',
    severity: 'critical',
    why: 'Whoever gets hold of the identity owns the account, and inline policies are where nobody looks.',
    fix: 'Name the actions and resources that are needed in place of `*`.',
    aliases: ['CKV_AWS_62', 'CKV_AWS_63'],
    pass: identity => !isAdministrator(inlineStatements(identity)),
    bad: [inline('role', '*'), inline('user', '*'), inline('group', '*')],
    good: [
      inline('role', 's3:GetObject'),
      inline('user', 's3:*'),
      inline('group', 'ec2:Describe*'),
    ],
    fault: 'has an inline policy that allows everything',
  }),

  check(identities, {
    id: 'iam_inline_policy_allows_privilege_escalation',
    title: 'Inline policies open no way to more rights',
    severity: 'high',
    why: 'With these actions an identity makes itself an administrator, in one step or in two.',
    fix: 'Take the actions out, or restrict them to named roles, users and policies.',
    aliases: ['CKV_AWS_286'],
    pass: identity => !escalates(inlineStatements(identity)),
    bad: [
      inline('role', 'iam:PutRolePolicy'),
      inline('user', 'iam:CreateAccessKey'),
      inline('group', 'iam:AddUserToGroup'),
    ],
    good: [
      inline('role', 'iam:PassRole'),
      inline('user', 's3:*'),
      inline('group', 'ec2:Describe*'),
    ],
    fault: 'has inline policies that let it gain more rights',
  }),

  check(identities, {
    id: 'iam_inline_policy_no_full_access_to_cloudtrail',
    title: 'Inline policies do not give full access to CloudTrail',
    severity: 'high',
    why: 'Whoever may stop the logging can act unseen.',
    fix: 'Name the CloudTrail actions that are needed in place of `cloudtrail:*`.',
    pass: identity => !hasFullAccess(inlineStatements(identity), 'cloudtrail', 'trail'),
    bad: [inline('role', 'cloudtrail:*'), inline('user', '*'), inline('group', 'cloudtrail:*')],
    good: [inline('role', 'cloudtrail:LookupEvents')],
    fault: 'has an inline policy that gives full access to CloudTrail',
  }),

  check(identities, {
    id: 'iam_inline_policy_no_full_access_to_kms',
    title: 'Inline policies do not give full access to KMS',
    severity: 'medium',
    why: 'Whoever may do everything with keys can decrypt all that they protect, or delete them and the data with them.',
    fix: 'Name the KMS actions and keys that are needed in place of `kms:*`.',
    pass: identity => !hasFullAccess(inlineStatements(identity), 'kms', 'key'),
    bad: [inline('role', 'kms:*'), inline('user', 'kms:*'), inline('group', '*')],
    good: [inline('role', 'kms:Decrypt')],
    fault: 'has an inline policy that gives full access to KMS',
  }),

  check(identities, {
    id: 'iam_inline_policy_no_wildcard_marketplace_subscribe',
    title: 'Inline policies do not allow subscribing to any Marketplace product',
    severity: 'medium',
    why: 'An identity can commit the company to whatever costs and licences the Marketplace offers.',
    fix: 'Take `aws-marketplace:Subscribe` out, or restrict it to product identifiers.',
    pass: identity => !mayAll(inlineStatements(identity), 'aws-marketplace:Subscribe'),
    bad: [inline('role', 'aws-marketplace:Subscribe'), inline('user', 'aws-marketplace:*')],
    good: [inline('group', 'aws-marketplace:ViewSubscriptions')],
    fault: 'has an inline policy that allows subscribing to any Marketplace product',
  }),
]

const everyRole = `arn:aws:iam::${anything}:role/${anything}`

function mayAll(statements: Statements, action: string): boolean {
  return allows(statements, action, `arn:aws:${Array(4).fill(anything).join(':')}`)
}

type Related = Pick<Context, 'related'>

function isAttached({ related }: Related): boolean {
  return either(
    () => related('aws_iam_role_policy_attachment').some(() => true),
    () => related('aws_iam_user_policy_attachment').some(() => true),
    () => related('aws_iam_group_policy_attachment').some(() => true),
    () => related('aws_iam_policy_attachment').some(() => true),
  )
}

function policy(actions: string, resource = '*'): string {
  return `policy = ${document(actions, resource)}`
}

function document(actions: string, resource = '*'): string {
  return `jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["${actions}"]
      Resource = "${resource}"
    }]
  })`
}

function attached(body: string): string {
  return `resource "aws_iam_policy" "a" {
    ${body}
  }
  resource "aws_iam_role_policy_attachment" "a" {
    role       = "app"
    policy_arn = aws_iam_policy.a.arn
  }`
}

function inline(kind: 'role' | 'user' | 'group', actions: string): string {
  return `resource "aws_iam_${kind}" "a" {
    name = "a"
    ${kind === 'role' ? `assume_role_policy = ${document('sts:AssumeRole')}` : ''}
  }
  resource "aws_iam_${kind}_policy" "a" {
    ${kind}   = aws_iam_${kind}.a.name
    policy = ${document(actions)}
  }`
}
