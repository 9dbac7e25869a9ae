import { account, type Pair, policy } from './pair.ts'

const trust = policy({
  Effect: 'Allow',
  Principal: { Service: 'ec2.amazonaws.com' },
  Action: 'sts:AssumeRole',
})
const reading = policy({
  Sid: 'Read',
  Effect: 'Allow',
  Action: ['s3:GetObject', 's3:ListBucket'],
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'true' } },
})
const readOnly = {
  PolicyName: 'ReadOnlyAccess',
  PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
}

export const pairs: readonly Pair[] = [
  {
    type: 'aws_iam_role',
    code: `resource "aws_iam_role" "a" {
      name               = "app"
      path               = "/service/"
      assume_role_policy = ${trust.code}
      tags               = { team = "shop" }
    }
    resource "aws_iam_role_policy" "a" {
      name   = "read"
      role   = aws_iam_role.a.id
      policy = ${reading.code}
    }
    resource "aws_iam_role_policy_attachment" "a" {
      role       = aws_iam_role.a.name
      policy_arn = "${readOnly.PolicyArn}"
    }`,
    estate: {
      iam: {
        roles: [
          {
            RoleName: 'app',
            Path: '/service/',
            RoleId: 'AROAEXAMPLE',
            Arn: `arn:aws:iam::${account}:role/service/app`,
            CreateDate: new Date('2024-01-01T00:00:00Z'),
            AssumeRolePolicyDocument: trust.text,
            RolePolicyList: [{ PolicyName: 'read', PolicyDocument: reading.text }],
            AttachedManagedPolicies: [readOnly],
            Tags: [{ Key: 'team', Value: 'shop' }],
          },
        ],
      },
    },
    proves: 'name path assume_role_policy inline_policy managed_policy_arns tags tags_all',
  },
  {
    type: 'aws_iam_user',
    code: `resource "aws_iam_user" "a" {
      name = "kim"
    }
    resource "aws_iam_user_policy" "a" {
      name   = "read"
      user   = aws_iam_user.a.name
      policy = ${reading.code}
    }
    resource "aws_iam_user_group_membership" "a" {
      user   = aws_iam_user.a.name
      groups = ["developers"]
    }`,
    estate: {
      iam: {
        users: [
          {
            UserName: 'kim',
            Path: '/',
            UserId: 'AIDAEXAMPLE',
            Arn: `arn:aws:iam::${account}:user/kim`,
            CreateDate: new Date('2024-01-01T00:00:00Z'),
            UserPolicyList: [{ PolicyName: 'read', PolicyDocument: reading.text }],
            GroupList: ['developers'],
          },
        ],
      },
    },
    proves: 'name path inline_policy managed_policy_arns groups access_key login_profile tags',
  },
  {
    type: 'aws_iam_group',
    code: `resource "aws_iam_group" "a" {
      name = "developers"
    }
    resource "aws_iam_group_policy_attachment" "a" {
      group      = aws_iam_group.a.name
      policy_arn = "${readOnly.PolicyArn}"
    }`,
    estate: {
      iam: {
        groups: [
          {
            GroupName: 'developers',
            Path: '/',
            GroupId: 'AGPAEXAMPLE',
            Arn: `arn:aws:iam::${account}:group/developers`,
            CreateDate: new Date('2024-01-01T00:00:00Z'),
            GroupPolicyList: [],
            AttachedManagedPolicies: [readOnly],
          },
        ],
      },
    },
    proves: 'name path inline_policy managed_policy_arns',
  },
  {
    type: 'aws_iam_policy',
    code: `resource "aws_iam_policy" "a" {
      name   = "reading"
      policy = ${reading.code}
      tags   = { team = "shop" }
    }`,
    estate: {
      iam: {
        policies: [
          {
            PolicyName: 'reading',
            PolicyId: 'ANPAEXAMPLE',
            Arn: `arn:aws:iam::${account}:policy/reading`,
            Path: '/',
            DefaultVersionId: 'v1',
            AttachmentCount: 0,
            IsAttachable: true,
            PolicyVersionList: [
              { Document: reading.text, VersionId: 'v1', IsDefaultVersion: true },
            ],
            Tags: [{ Key: 'team', Value: 'shop' }],
          },
        ],
      },
    },
    proves: 'name path policy tags tags_all',
  },
]
