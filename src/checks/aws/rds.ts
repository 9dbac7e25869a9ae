import { check } from '../../check.ts'
import { isBackedUp } from '../../check-kit/backup.ts'
import { isSet } from '../../check-kit/decide.ts'

export default [
  check('aws_db_instance', {
    id: 'rds_instance_storage_encrypted',
    title: 'RDS instances encrypt their storage',
    severity: 'high',
    why: 'Snapshots, replicas and backups inherit the storage, so one copied snapshot exposes all of it.',
    fix: 'Set `storage_encrypted = true`; restore an existing instance from an encrypted copy of its snapshot.',
    aliases: ['CKV_AWS_16', 'AWS-0080'],
    pass: db => db.storage_encrypted,
    bad: ['', 'storage_encrypted = false'],
    good: ['storage_encrypted = true'],
    set: { storage_encrypted: true },
  }),

  check(['aws_db_instance', 'aws_rds_cluster_instance'], {
    id: 'rds_instance_no_public_access',
    title: 'RDS instances have no public address',
    severity: 'critical',
    why: 'The database answers the internet; only its security group and its passwords stand in between.',
    fix: 'Set `publicly_accessible = false`.',
    cli: 'aws rds modify-db-instance --db-instance-identifier {name} --no-publicly-accessible --apply-immediately --region {region}',
    aliases: ['CKV_AWS_17', 'AWS-0180'],
    pass: db => !db.publicly_accessible,
    bad: ['publicly_accessible = true'],
    good: ['', 'publicly_accessible = false'],
    set: { publicly_accessible: false },
  }),

  check('aws_db_instance', {
    id: 'rds_instance_backup_enabled',
    title: 'RDS instances are backed up automatically',
    severity: 'medium',
    why: 'After a fault, a mistake or an attack the data is gone.',
    fix: 'Set `backup_retention_period` to 7 days or more.',
    cli: 'aws rds modify-db-instance --db-instance-identifier {name} --backup-retention-period 7 --region {region}',
    aliases: ['CKV_AWS_133'],
    // A replica is backed up at its source.
    when: db => !isSet(() => db.replicate_source_db),
    pass: db => db.backup_retention_period > 0,
    bad: ['', 'backup_retention_period = 0'],
    good: ['backup_retention_period = 7', 'replicate_source_db = "main"'],
    set: { backup_retention_period: 7 },
  }),

  check(['aws_db_instance', 'aws_rds_cluster'], {
    id: 'rds_backup_retention_longer_than_a_day',
    title: 'RDS databases keep their backups for longer than a day',
    severity: 'medium',
    why: 'A mistake or an attack that is noticed on the second day cannot be undone.',
    fix: 'Set `backup_retention_period` to 7 days or more.',
    aliases: ['AWS-0077'],
    options: { min_days: 2 },
    pass: (db, { options }) => db.backup_retention_period >= Number(options.min_days),
    bad: ['', 'backup_retention_period = 1'],
    good: ['backup_retention_period = 2', 'backup_retention_period = 35'],
    set: { backup_retention_period: 7 },
  }),

  check('aws_db_instance', {
    id: 'rds_instance_deletion_protection',
    title: 'RDS instances are protected from deletion',
    severity: 'medium',
    why: 'One wrong command, or one apply of the wrong plan, deletes the database.',
    fix: 'Set `deletion_protection = true`.',
    cli: 'aws rds modify-db-instance --db-instance-identifier {name} --deletion-protection --region {region}',
    aliases: ['CKV_AWS_293', 'AWS-0177'],
    pass: db => db.deletion_protection,
    bad: ['', 'deletion_protection = false'],
    good: ['deletion_protection = true'],
    set: { deletion_protection: true },
  }),

  check('aws_db_instance', {
    id: 'rds_instance_multi_az',
    title: 'RDS instances have a standby in another zone',
    severity: 'medium',
    why: 'When the zone or the host fails, the database is down until it has been restored.',
    fix: 'Set `multi_az = true`.',
    cli: 'aws rds modify-db-instance --db-instance-identifier {name} --multi-az --region {region}',
    aliases: ['CKV_AWS_157'],
    pass: db => db.multi_az,
    bad: ['', 'multi_az = false'],
    good: ['multi_az = true'],
    set: { multi_az: true },
  }),

  check('aws_db_instance', {
    id: 'rds_instance_copy_tags_to_snapshots',
    title: 'RDS instances copy their tags to snapshots',
    severity: 'low',
    why: 'Snapshots without tags escape the rules on access, cost and retention that go by tags.',
    fix: 'Set `copy_tags_to_snapshot = true`.',
    cli: 'aws rds modify-db-instance --db-instance-identifier {name} --copy-tags-to-snapshot --region {region}',
    aliases: ['CKV2_AWS_60'],
    pass: db => db.copy_tags_to_snapshot,
    bad: ['', 'copy_tags_to_snapshot = false'],
    good: ['copy_tags_to_snapshot = true'],
    set: { copy_tags_to_snapshot: true },
  }),

  check(['aws_db_instance', 'aws_rds_cluster_instance'], {
    id: 'rds_instance_minor_version_upgrade_enabled',
    title: 'RDS instances take minor upgrades automatically',
    severity: 'medium',
    why: 'Known security faults of the engine stay open.',
    fix: 'Set `auto_minor_version_upgrade = true`.',
    cli: 'aws rds modify-db-instance --db-instance-identifier {name} --auto-minor-version-upgrade --region {region}',
    aliases: ['CKV_AWS_226'],
    pass: db => db.auto_minor_version_upgrade,
    bad: ['auto_minor_version_upgrade = false'],
    good: ['', 'auto_minor_version_upgrade = true'],
    set: { auto_minor_version_upgrade: true },
  }),

  check(['aws_db_instance', 'aws_rds_cluster_instance'], {
    id: 'rds_instance_enhanced_monitoring_enabled',
    title: 'RDS instances have enhanced monitoring',
    severity: 'low',
    why: 'What the host’s operating system does is not seen, neither overload nor foreign processes.',
    fix: 'Set `monitoring_interval` to 60 or less, and `monitoring_role_arn`.',
    aliases: ['CKV_AWS_118'],
    pass: db => db.monitoring_interval > 0,
    bad: ['', 'monitoring_interval = 0'],
    good: ['monitoring_interval = 60'],
    set: { monitoring_interval: 60 },
  }),

  check('aws_db_instance', {
    id: 'rds_instance_integration_cloudwatch_logs',
    title: 'RDS instances send logs to CloudWatch',
    severity: 'medium',
    why: 'Logs that stay on the instance are lost with it and raise no alarm.',
    fix: 'Name the engine’s logs in `enabled_cloudwatch_logs_exports`.',
    aliases: ['CKV_AWS_129'],
    pass: db => db.enabled_cloudwatch_logs_exports.some(() => true),
    bad: ['', 'enabled_cloudwatch_logs_exports = []'],
    good: ['enabled_cloudwatch_logs_exports = ["postgresql"]'],
    fault: 'sends no logs to CloudWatch',
  }),

  check('aws_db_instance', {
    id: 'rds_instance_iam_authentication_enabled',
    title: 'RDS instances accept IAM authentication',
    severity: 'medium',
    why: 'Long-lived database passwords leak and are seldom changed; IAM tokens live 15 minutes.',
    fix: 'Set `iam_database_authentication_enabled = true`.',
    cli: 'aws rds modify-db-instance --db-instance-identifier {name} --enable-iam-database-authentication --region {region}',
    aliases: ['CKV_AWS_161', 'AWS-0176'],
    // Other engines do not know it.
    when: db => ['mysql', 'mariadb', 'postgres'].includes(db.engine),
    pass: db => db.iam_database_authentication_enabled,
    bad: ['engine = "postgres"', 'engine = "mysql"\niam_database_authentication_enabled = false'],
    good: [
      'engine = "postgres"\niam_database_authentication_enabled = true',
      'engine = "sqlserver-ex"',
    ],
    set: { iam_database_authentication_enabled: true },
  }),

  check(['aws_db_instance', 'aws_rds_cluster_instance'], {
    id: 'rds_instance_certificate_expiration',
    title: 'RDS instances use a certificate that has not expired',
    severity: 'high',
    why: 'Clients that verify the server’s certificate can no longer connect.',
    fix: 'Set `ca_cert_identifier` to a current authority such as `rds-ca-rsa2048-g1`.',
    cli: 'aws rds modify-db-instance --db-instance-identifier {name} --ca-certificate-identifier rds-ca-rsa2048-g1 --apply-immediately --region {region}',
    aliases: ['CKV_AWS_211'],
    options: { expired: ['rds-ca-2010', 'rds-ca-2015', 'rds-ca-2019'] },
    pass: (db, { options }) =>
      !(Array.isArray(options.expired) ? options.expired.map(String) : []).includes(
        db.ca_cert_identifier,
      ),
    bad: ['ca_cert_identifier = "rds-ca-2019"'],
    good: ['', 'ca_cert_identifier = "rds-ca-rsa4096-g1"'],
    set: { ca_cert_identifier: 'rds-ca-rsa2048-g1' },
  }),

  check('aws_db_instance', {
    id: 'rds_instance_protected_by_backup_plan',
    title: 'RDS instances are part of a backup plan',
    severity: 'high',
    why: 'Automatic backups go away with the instance; those of a plan stay in a vault of their own.',
    fix: 'Name the instance or one of its tags in an `aws_backup_selection`.',
    pass: (db, context) =>
      isBackedUp(
        { service: 'rds', kind: 'db:', name: () => db.identifier, tags: () => db.tags_all },
        context,
      ),
    bad: [
      '',
      selected('resources = ["arn:aws:rds:*:*:db:other"]'),
      selected('resources = ["*"]\nnot_resources = [aws_db_instance.a.arn]'),
      selected('selection_tag {\ntype = "STRINGEQUALS"\nkey = "backup"\nvalue = "weekly"\n}'),
      selected(`resources = ["*"]
        condition {
          string_not_equals {
            key   = "aws:ResourceTag/backup"
            value = "daily"
          }
        }`),
    ],
    good: [
      selected('resources = [aws_db_instance.a.arn]'),
      selected('resources = ["arn:aws:rds:*:*:db:*"]\nnot_resources = ["*:db:other"]'),
      selected('selection_tag {\ntype = "STRINGEQUALS"\nkey = "backup"\nvalue = "daily"\n}'),
      selected(`condition {
          string_like {
            key   = "aws:ResourceTag/backup"
            value = "da*"
          }
        }`),
    ],
    fault: 'is in no backup selection',
  }),

  check(['aws_db_snapshot', 'aws_db_snapshot_copy', 'aws_db_cluster_snapshot'], {
    id: 'rds_snapshots_public_access',
    title: 'RDS snapshots are not shared with everybody',
    severity: 'critical',
    why: 'Anyone with an AWS account can restore the snapshot and read the whole database.',
    fix: 'Take `all` out of `shared_accounts`.',
    aliases: ['CKV_AWS_302'],
    pass: snapshot => !snapshot.shared_accounts.includes('all'),
    bad: ['shared_accounts = ["all"]', 'shared_accounts = ["111122223333", "all"]'],
    good: ['', 'shared_accounts = ["111122223333"]'],
    set: { shared_accounts: [] },
    fault: 'is shared with everybody',
  }),
]

function selected(by: string): string {
  return `resource "aws_db_instance" "a" {
    identifier = "a"
    tags = {
      backup = "daily"
    }
  }
  resource "aws_backup_selection" "a" {
    name    = "a"
    plan_id = "plan"
    ${by}
  }`
}
