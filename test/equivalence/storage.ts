import { account, type Pair, policy, region } from './pair.ts'

const key = `arn:aws:kms:${region}:${account}:key/11111111-2222-3333-4444-555555555555`
const tls = policy({
  Sid: 'Tls',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::data', 'arn:aws:s3:::data/*'],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
})
const blocked = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
}

export const pairs: readonly Pair[] = [
  {
    type: 'aws_s3_bucket',
    code: `resource "aws_s3_bucket" "a" {
      bucket = "data"
      tags   = { team = "shop" }
    }
    resource "aws_s3_bucket_versioning" "a" {
      bucket = aws_s3_bucket.a.id
      versioning_configuration {
        status = "Enabled"
      }
    }
    resource "aws_s3_bucket_server_side_encryption_configuration" "a" {
      bucket = aws_s3_bucket.a.id
      rule {
        bucket_key_enabled = true
        apply_server_side_encryption_by_default {
          sse_algorithm     = "aws:kms"
          kms_master_key_id = "${key}"
        }
      }
    }
    resource "aws_s3_bucket_public_access_block" "a" {
      bucket                  = aws_s3_bucket.a.id
      block_public_acls       = true
      block_public_policy     = true
      ignore_public_acls      = true
      restrict_public_buckets = true
    }
    resource "aws_s3_bucket_policy" "a" {
      bucket = aws_s3_bucket.a.id
      policy = ${tls.code}
    }
    resource "aws_s3_bucket_logging" "a" {
      bucket        = aws_s3_bucket.a.id
      target_bucket = "logs"
      target_prefix = "data/"
    }
    resource "aws_s3_bucket_lifecycle_configuration" "a" {
      bucket = aws_s3_bucket.a.id
      rule {
        id     = "old"
        status = "Enabled"
        filter {
          prefix = "tmp/"
        }
        expiration {
          days = 30
        }
      }
    }`,
    estate: {
      s3: {
        buckets: [
          {
            Name: 'data',
            BucketRegion: region,
            CreationDate: new Date('2024-01-01T00:00:00Z'),
            tags: [{ Key: 'team', Value: 'shop' }],
            versioning: { Status: 'Enabled' },
            encryption: {
              Rules: [
                {
                  ApplyServerSideEncryptionByDefault: {
                    SSEAlgorithm: 'aws:kms',
                    KMSMasterKeyID: key,
                  },
                  BucketKeyEnabled: true,
                },
              ],
            },
            ownership: 'BucketOwnerEnforced',
            publicAccessBlock: blocked,
            policy: tls.text,
            logging: { TargetBucket: 'logs', TargetPrefix: 'data/' },
            lifecycle: [
              {
                ID: 'old',
                Status: 'Enabled',
                Filter: { Prefix: 'tmp/' },
                Expiration: { Days: 30 },
              },
            ],
          },
        ],
      },
    },
    proves: `bucket versioning server_side_encryption_configuration public_access_block policy logging lifecycle_rule
      ownership_controls object_lock_enabled request_payer tags tags_all`,
  },
  {
    type: 'aws_ebs_volume',
    code: `resource "aws_ebs_volume" "a" {
      availability_zone = "us-east-1a"
      size              = 100
      type              = "gp3"
      encrypted         = true
      kms_key_id        = "${key}"
      tags              = { Name = "data" }
    }`,
    estate: {
      ec2: {
        [region]: {
          Volumes: [
            {
              VolumeId: 'vol-0a1b2c3d4e5f60718',
              AvailabilityZone: 'us-east-1a',
              Size: 100,
              VolumeType: 'gp3',
              Encrypted: true,
              KmsKeyId: key,
              SnapshotId: '',
              State: 'available',
              Tags: [{ Key: 'Name', Value: 'data' }],
            },
          ],
        },
      },
    },
    proves: 'availability_zone size type encrypted kms_key_id snapshot_id tags tags_all',
  },
  {
    type: 'aws_ebs_snapshot',
    code: `resource "aws_ebs_snapshot" "a" {
      volume_id   = "vol-0a1b2c3d4e5f60718"
      description = "before the upgrade"
    }
    resource "aws_snapshot_create_volume_permission" "a" {
      snapshot_id = aws_ebs_snapshot.a.id
      account_id  = "444455556666"
    }`,
    estate: {
      ec2: {
        [region]: {
          Snapshots: [
            {
              SnapshotId: 'snap-0a1b2c3d4e5f60718',
              VolumeId: 'vol-0a1b2c3d4e5f60718',
              Description: 'before the upgrade',
              OwnerId: account,
              Encrypted: false,
              StorageTier: 'standard',
              State: 'completed',
              CreateVolumePermissions: [{ UserId: '444455556666' }],
              Tags: [],
            },
          ],
        },
      },
    },
    proves: 'volume_id description storage_tier create_volume_permission tags tags_all',
  },
]
