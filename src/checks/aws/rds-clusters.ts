import { check } from '../../check.ts'
import { isBackedUp } from '../../check-kit/backup.ts'
import { both, isSet } from '../../check-kit/decide.ts'

export default [
  check('aws_rds_cluster', {
    id: 'rds_cluster_storage_encrypted',
    title: 'RDS clusters encrypt their storage',
    severity: 'high',
    why: 'Snapshots, replicas and backups inherit the storage, so one copied snapshot exposes all of it.',
    fix: 'Set `storage_encrypted = true`; restore an existing cluster from an encrypted copy of its snapshot.',
    aliases: ['CKV_AWS_96'],
    pass: cluster => cluster.storage_encrypted,
    bad: ['', 'storage_encrypted = false'],
    good: ['storage_encrypted = true'],
    set: { storage_encrypted: true },
  }),

  check('aws_rds_cluster', {
    id: 'rds_cluster_storage_encrypted_with_customer_key',
    title: 'RDS clusters encrypt their storage with a KMS key of the customer’s',
    severity: 'low',
    why: 'The key that AWS manages cannot be shared, restricted or shut off, so neither can what it encrypts.',
    fix: 'Set `kms_key_id` to the ARN of a KMS key, with `storage_encrypted = true`.',
    aliases: ['CKV_AWS_327', 'AWS-0079'],
    pass: cluster =>
      both(
        () => cluster.storage_encrypted,
        () => isSet(() => cluster.kms_key_id),
      ),
    bad: ['', 'storage_encrypted = true'],
    good: [
      'storage_encrypted = true\nkms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/a"',
      `resource "aws_kms_key" "a" {
      }
      resource "aws_rds_cluster" "a" {
        storage_encrypted = true
        kms_key_id        = aws_kms_key.a.arn
      }`,
    ],
    fault: 'does not encrypt its storage with a key of the customer’s',
  }),

  check('aws_rds_cluster', {
    id: 'rds_cluster_deletion_protection',
    title: 'RDS clusters are protected from deletion',
    severity: 'medium',
    why: 'One wrong command, or one apply of the wrong plan, deletes the database.',
    fix: 'Set `deletion_protection = true`.',
    cli: 'aws rds modify-db-cluster --db-cluster-identifier {name} --deletion-protection --region {region}',
    aliases: ['CKV_AWS_139', 'AWS-0343'],
    pass: cluster => cluster.deletion_protection,
    bad: ['', 'deletion_protection = false'],
    good: ['deletion_protection = true'],
    set: { deletion_protection: true },
  }),

  check('aws_rds_cluster', {
    id: 'rds_cluster_copy_tags_to_snapshots',
    title: 'RDS clusters copy their tags to snapshots',
    severity: 'low',
    why: 'Snapshots without tags escape the rules on access, cost and retention that go by tags.',
    fix: 'Set `copy_tags_to_snapshot = true`.',
    cli: 'aws rds modify-db-cluster --db-cluster-identifier {name} --copy-tags-to-snapshot --region {region}',
    aliases: ['CKV_AWS_313'],
    pass: cluster => cluster.copy_tags_to_snapshot,
    bad: ['', 'copy_tags_to_snapshot = false'],
    good: ['copy_tags_to_snapshot = true'],
    set: { copy_tags_to_snapshot: true },
  }),

  check('aws_rds_cluster', {
    id: 'rds_cluster_iam_authentication_enabled',
    title: 'RDS clusters accept IAM authentication',
    severity: 'medium',
    why: 'Long-lived database passwords leak and are seldom changed; IAM tokens live 15 minutes.',
    fix: 'Set `iam_database_authentication_enabled = true`.',
    cli: 'aws rds modify-db-cluster --db-cluster-identifier {name} --enable-iam-database-authentication --region {region}',
    aliases: ['CKV_AWS_162'],
    pass: cluster => cluster.iam_database_authentication_enabled,
    bad: ['', 'iam_database_authentication_enabled = false'],
    good: ['iam_database_authentication_enabled = true'],
    set: { iam_database_authentication_enabled: true },
  }),

  check('aws_rds_cluster', {
    id: 'rds_cluster_integration_cloudwatch_logs',
    title: 'RDS clusters send logs to CloudWatch',
    severity: 'medium',
    why: 'Logs that stay in the cluster are lost with it and raise no alarm.',
    fix: 'Name the engine’s logs in `enabled_cloudwatch_logs_exports`.',
    aliases: ['CKV_AWS_324'],
    pass: cluster => cluster.enabled_cloudwatch_logs_exports.some(() => true),
    bad: ['', 'enabled_cloudwatch_logs_exports = []'],
    good: ['enabled_cloudwatch_logs_exports = ["audit"]'],
    fault: 'sends no logs to CloudWatch',
  }),

  check('aws_rds_cluster', {
    id: 'rds_cluster_backtrack_enabled',
    title: 'Aurora MySQL clusters can be backtracked',
    severity: 'low',
    why: 'A mistaken change takes a restore into a new cluster to undo, not a rewind.',
    fix: 'Set `backtrack_window` to the seconds to go back, 259200 at most.',
    aliases: ['CKV_AWS_326'],
    // Serverless clusters of the first kind cannot.
    when: cluster =>
      ['aurora-mysql', 'aurora'].includes(cluster.engine) && cluster.engine_mode !== 'serverless',
    pass: cluster => cluster.backtrack_window > 0,
    bad: ['engine = "aurora-mysql"', 'engine = "aurora-mysql"\nbacktrack_window = 0'],
    good: [
      'engine = "aurora-mysql"\nbacktrack_window = 86400',
      'engine = "aurora-postgresql"',
      'engine = "aurora-mysql"\nengine_mode = "serverless"',
    ],
    set: { backtrack_window: 86400 },
  }),

  check('aws_rds_cluster_instance', {
    id: 'rds_cluster_minor_version_upgrade_enabled',
    title: 'Instances of RDS clusters take minor upgrades automatically',
    severity: 'medium',
    why: 'Known security faults of the engine stay open.',
    fix: 'Set `auto_minor_version_upgrade = true` on every instance of the cluster.',
    pass: instance => instance.auto_minor_version_upgrade,
    bad: ['auto_minor_version_upgrade = false'],
    good: ['', 'auto_minor_version_upgrade = true'],
    set: { auto_minor_version_upgrade: true },
  }),

  check('aws_rds_cluster', {
    id: 'rds_cluster_multi_az',
    title: 'RDS clusters have instances in more than one zone',
    severity: 'medium',
    why: 'When the only instance or its zone fails, the database is down until another one has started.',
    fix: 'Add a second `aws_rds_cluster_instance`.',
    // A cluster with an instance class of its own has three instances; serverless v1 has none that one could add.
    when: cluster =>
      cluster.db_cluster_instance_class === undefined && cluster.engine_mode !== 'serverless',
    pass: (_, { related }) => related('aws_rds_cluster_instance').length > 1,
    bad: [withInstances(0), withInstances(1)],
    good: [withInstances(2), 'engine = "mysql"\ndb_cluster_instance_class = "db.r6gd.large"'],
    fault: 'has one instance at most',
  }),

  check('aws_rds_cluster', {
    id: 'rds_cluster_protected_by_backup_plan',
    title: 'RDS clusters are part of a backup plan',
    severity: 'high',
    why: 'Automatic backups go away with the cluster; those of a plan stay in a vault of their own.',
    fix: 'Name the cluster or one of its tags in an `aws_backup_selection`.',
    aliases: ['CKV2_AWS_8'],
    pass: (cluster, context) =>
      isBackedUp(
        {
          service: 'rds',
          kind: 'cluster:',
          name: () => cluster.cluster_identifier,
          tags: () => cluster.tags_all,
        },
        context,
      ),
    bad: ['engine = "aurora-mysql"'],
    good: [
      `resource "aws_rds_cluster" "a" {
        cluster_identifier = "a"
      }
      resource "aws_backup_selection" "a" {
        name      = "a"
        plan_id   = "plan"
        resources = [aws_rds_cluster.a.arn]
      }`,
    ],
    fault: 'is in no backup selection',
  }),
]

function withInstances(count: number): string {
  return `resource "aws_rds_cluster" "a" {
    cluster_identifier = "a"
    engine             = "aurora-mysql"
  }
  resource "aws_rds_cluster_instance" "a" {
    count              = ${count}
    cluster_identifier = aws_rds_cluster.a.id
    identifier         = "a-\${count.index}"
  }`
}
