import { check, live } from '../../check.ts'
import { isBackedUp } from '../../check-kit/backup.ts'

export default [
  check('aws_ebs_volume', {
    id: 'ec2_ebs_volume_encryption',
    title: 'EBS volumes are encrypted',
    severity: 'high',
    why: 'Snapshots of the volume, and volumes made of them, can be read by whoever gets a copy.',
    fix: 'Set `encrypted = true`; an existing volume is encrypted by way of a snapshot.',
    aliases: ['CKV_AWS_3', 'AWS-0026'],
    pass: volume => volume.encrypted,
    bad: ['', 'encrypted = false'],
    good: ['encrypted = true'],
    set: { encrypted: true },
  }),

  check('aws_ebs_encryption_by_default', {
    id: 'ec2_ebs_default_encryption',
    title: 'New EBS volumes are encrypted by default',
    severity: 'high',
    why: 'Whoever forgets the setting stores data in clear.',
    fix: 'Set `enabled = true` in `aws_ebs_encryption_by_default`.',
    cli: 'aws ec2 enable-ebs-encryption-by-default --region {region}',
    aliases: ['CKV_AWS_106'],
    pass: setting => setting.enabled,
    bad: ['enabled = false'],
    good: ['', 'enabled = true'],
    set: { enabled: true },
  }),

  check('aws_ebs_snapshot_block_public_access', {
    id: 'ec2_ebs_snapshot_account_block_public_access',
    title: 'EBS snapshots cannot be shared with everybody',
    severity: 'high',
    why: 'One wrong click shares a snapshot with every AWS user, and with it all that is on the disk.',
    fix: 'Set `state = "block-all-sharing"`.',
    cli: 'aws ec2 enable-snapshot-block-public-access --state block-all-sharing --region {region}',
    pass: setting => setting.state === 'block-all-sharing',
    bad: ['state = "unblocked"', 'state = "block-new-sharing"'],
    good: ['state = "block-all-sharing"'],
    set: { state: 'block-all-sharing' },
  }),

  check('aws_ec2_image_block_public_access', {
    id: 'ec2_ami_account_block_public_access',
    title: 'AMIs cannot be shared with everybody',
    severity: 'medium',
    why: 'One wrong click shares an image with every AWS user, and with it all that is on its disks.',
    fix: 'Set `state = "block-new-sharing"`.',
    cli: 'aws ec2 enable-image-block-public-access --image-block-public-access-state block-new-sharing --region {region}',
    pass: setting => setting.state === 'block-new-sharing',
    bad: ['state = "unblocked"'],
    good: ['state = "block-new-sharing"'],
    set: { state: 'block-new-sharing' },
  }),

  check(['aws_ami', 'aws_ami_copy', 'aws_ami_from_instance'], {
    id: 'ec2_ami_public',
    title: 'AMIs are not shared with everybody',
    severity: 'critical',
    why: 'Anyone with an AWS account can start the image and read what is on its disks.',
    fix: 'Take away the `aws_ami_launch_permission` for the group `all`, and name accounts instead.',
    pass: image => !image.launch_permission.some(permission => permission.group === 'all'),
    bad: [shared('group = "all"')],
    good: ['name = "a"', shared('account_id = "111122223333"')],
    fault: 'is shared with everybody',
    live: live('aws_ami', {
      pass: image => !image.public,
      bad: [{ public: true }],
      good: [{ public: false }],
    }),
  }),

  check(['aws_ebs_snapshot', 'aws_ebs_snapshot_copy'], {
    id: 'ec2_ebs_public_snapshot',
    title: 'EBS snapshots are not shared with everybody',
    severity: 'critical',
    why: 'Anyone with an AWS account can make a volume of the snapshot and read it.',
    fix: 'Take away the permission for `all`, and name accounts instead.',
    pass: snapshot => !snapshot.create_volume_permission.includes('all'),
    bad: [permitted('all')],
    good: ['', permitted('111122223333')],
    fault: 'is shared with everybody',
    live: live('aws_ebs_snapshot', {
      pass: snapshot => !snapshot.public,
      bad: [{ public: true }],
      good: [{ public: false }],
    }),
  }),

  check('aws_ebs_snapshot_copy', {
    id: 'ec2_ebs_snapshots_encrypted',
    title: 'EBS snapshots are encrypted',
    severity: 'high',
    why: 'Volumes that are made of the snapshot can be read by whoever gets at it.',
    fix: 'Set `encrypted = true` where a snapshot is copied; encrypt an existing one by copying it.',
    pass: snapshot => snapshot.encrypted,
    bad: ['', 'encrypted = false'],
    good: ['encrypted = true'],
    set: { encrypted: true },
    // Whichever way it was made; in code a snapshot is as its volume is.
    live: live('aws_ebs_snapshot', {
      pass: snapshot => snapshot.encrypted,
      bad: [{ encrypted: false }],
      good: [{ encrypted: true }],
    }),
  }),

  check('aws_ebs_volume', {
    id: 'ec2_ebs_volume_protected_by_backup_plan',
    title: 'EBS volumes are part of a backup plan',
    severity: 'medium',
    why: 'After a fault, a mistake or an attack the data is gone.',
    fix: 'Name the volume or one of its tags in an `aws_backup_selection`.',
    aliases: ['CKV2_AWS_9'],
    pass: (volume, context) =>
      isBackedUp(
        { service: 'ec2', kind: 'volume/', name: () => volume.id, tags: () => volume.tags_all },
        context,
      ),
    bad: [''],
    good: [
      `resource "aws_ebs_volume" "a" {
        availability_zone = "eu-west-1a"
        size              = 8
      }
      resource "aws_backup_selection" "a" {
        name      = "a"
        plan_id   = "plan"
        resources = [aws_ebs_volume.a.arn]
      }`,
    ],
    fault: 'is in no backup selection',
  }),
]

function shared(permission: string): string {
  return `resource "aws_ami" "a" {
    name = "a"
  }
  resource "aws_ami_launch_permission" "a" {
    image_id = aws_ami.a.id
    ${permission}
  }`
}

function permitted(account: string): string {
  return `resource "aws_ebs_snapshot" "a" {
    volume_id = "vol-1"
  }
  resource "aws_snapshot_create_volume_permission" "a" {
    snapshot_id = aws_ebs_snapshot.a.id
    account_id  = "${account}"
  }`
}
