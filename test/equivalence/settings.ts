import { type Pair, region } from './pair.ts'

export const pairs: readonly Pair[] = [
  {
    type: 'aws_iam_account_password_policy',
    code: `resource "aws_iam_account_password_policy" "a" {
      minimum_password_length      = 14
      require_symbols              = true
      require_numbers              = true
      require_uppercase_characters = true
      require_lowercase_characters = true
      max_password_age             = 90
      password_reuse_prevention    = 24
    }`,
    estate: {
      iam: {
        passwordPolicy: {
          MinimumPasswordLength: 14,
          RequireSymbols: true,
          RequireNumbers: true,
          RequireUppercaseCharacters: true,
          RequireLowercaseCharacters: true,
          AllowUsersToChangePassword: true,
          ExpirePasswords: true,
          MaxPasswordAge: 90,
          PasswordReusePrevention: 24,
        },
      },
    },
    proves: `minimum_password_length require_symbols require_numbers require_uppercase_characters
      require_lowercase_characters max_password_age password_reuse_prevention allow_users_to_change_password`,
  },
  {
    type: 'aws_s3_account_public_access_block',
    code: `resource "aws_s3_account_public_access_block" "a" {
      block_public_acls   = true
      block_public_policy = true
      ignore_public_acls  = true
    }`,
    estate: {
      s3: {
        accountPublicAccessBlock: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: false,
        },
      },
    },
    proves: 'block_public_acls block_public_policy ignore_public_acls restrict_public_buckets',
  },
  {
    type: 'aws_ebs_encryption_by_default',
    code: 'resource "aws_ebs_encryption_by_default" "a" {\n}',
    estate: { ec2: { [region]: { EbsEncryptionByDefault: true } } },
    proves: 'enabled',
  },
  {
    type: 'aws_ebs_snapshot_block_public_access',
    code: 'resource "aws_ebs_snapshot_block_public_access" "a" {\n state = "block-all-sharing"\n}',
    estate: { ec2: { [region]: { SnapshotBlockPublicAccess: 'block-all-sharing' } } },
    proves: 'state',
  },
  {
    type: 'aws_ec2_image_block_public_access',
    code: 'resource "aws_ec2_image_block_public_access" "a" {\n state = "block-new-sharing"\n}',
    estate: { ec2: { [region]: { ImageBlockPublicAccess: 'block-new-sharing' } } },
    proves: 'state',
  },
  {
    type: 'aws_ec2_instance_metadata_defaults',
    code: 'resource "aws_ec2_instance_metadata_defaults" "a" {\n http_tokens = "required"\n}',
    estate: { ec2: { [region]: { InstanceMetadataDefaults: { HttpTokens: 'required' } } } },
    proves: 'http_tokens http_endpoint instance_metadata_tags',
  },
]
