import { check } from '../../check.ts'
import { isFullyBlocked } from '../../check-kit/bucket.ts'

export default [
  check('aws_s3_access_point', {
    id: 's3_access_point_public_access_block',
    title: 'S3 access points block public access',
    severity: 'critical',
    why: 'An access point is a second door to the bucket, with settings of its own that cannot be changed later.',
    fix: 'Leave out `public_access_block_configuration`, or set all four of its settings to true.',
    aliases: ['CKV_AWS_392'],
    pass: point => isFullyBlocked(point.public_access_block_configuration),
    bad: [
      'public_access_block_configuration {\n block_public_policy = false\n}',
      'public_access_block_configuration {\n restrict_public_buckets = false\n}',
    ],
    good: [''],
    set: {
      'public_access_block_configuration.block_public_acls': true,
      'public_access_block_configuration.block_public_policy': true,
      'public_access_block_configuration.ignore_public_acls': true,
      'public_access_block_configuration.restrict_public_buckets': true,
    },
  }),

  check('aws_s3control_multi_region_access_point', {
    id: 's3_multi_region_access_point_public_access_block',
    title: 'S3 multi-region access points block public access',
    severity: 'high',
    why: 'A multi-region access point opens buckets in several regions at once, with settings that cannot be changed later.',
    fix: 'Leave out `public_access_block`, or set all four of its settings to true.',
    pass: point => isFullyBlocked(point.details.public_access_block),
    bad: ['details {\n name = "a"\n public_access_block {\n  block_public_acls = false\n }\n}'],
    good: ['details {\n name = "a"\n}'],
    set: {
      'details.public_access_block.block_public_acls': true,
      'details.public_access_block.block_public_policy': true,
      'details.public_access_block.ignore_public_acls': true,
      'details.public_access_block.restrict_public_buckets': true,
    },
  }),
]
