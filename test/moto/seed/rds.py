INSTANCE = (
    'rds_instance_storage_encrypted',
    'rds_instance_backup_enabled',
    'rds_instance_deletion_protection',
    'rds_instance_multi_az',
    'rds_instance_no_public_access',
    'rds_instance_minor_version_upgrade_enabled',
    'rds_instance_iam_authentication_enabled',
    'rds_instance_copy_tags_to_snapshots',
    'rds_instance_integration_cloudwatch_logs',
    'rds_instance_non_default_port',
    'rds_instance_default_admin',
)
CLUSTER = (
    'rds_cluster_storage_encrypted',
    'rds_cluster_deletion_protection',
    'rds_cluster_iam_authentication_enabled',
    'rds_cluster_copy_tags_to_snapshots',
    'rds_cluster_integration_cloudwatch_logs',
    'rds_cluster_non_default_port',
    'rds_cluster_default_admin',
)


def fill(estate):
    for region in ('us-east-1', 'eu-central-1'):
        rds = estate.client('rds', region)
        instances(estate, rds, region)
        clusters(estate, rds, region)
    snapshots(estate, estate.client('rds'))
    events(estate)


def instances(estate, rds, region):
    common = {'Engine': 'postgres', 'DBInstanceClass': 'db.t3.micro', 'AllocatedStorage': 20}
    rds.create_db_instance(
        **common,
        DBInstanceIdentifier='kept',
        EngineVersion='17.4',
        MasterUsername='keeper',
        MasterUserPassword='correct-horse-battery',
        StorageEncrypted=True,
        BackupRetentionPeriod=14,
        DeletionProtection=True,
        MultiAZ=True,
        PubliclyAccessible=False,
        AutoMinorVersionUpgrade=True,
        EnableIAMDatabaseAuthentication=True,
        CopyTagsToSnapshot=True,
        EnableCloudwatchLogsExports=['postgresql'],
        Port=6000,
    )
    estate.good(estate.arn('rds', 'db:kept', region), *INSTANCE)
    rds.create_db_instance(
        **common,
        DBInstanceIdentifier='careless',
        EngineVersion='11.22',
        MasterUsername='postgres',
        MasterUserPassword='correct-horse-battery',
        StorageEncrypted=False,
        BackupRetentionPeriod=0,
        DeletionProtection=False,
        MultiAZ=False,
        PubliclyAccessible=True,
        AutoMinorVersionUpgrade=False,
        EnableIAMDatabaseAuthentication=False,
        CopyTagsToSnapshot=False,
        Port=5432,
    )
    estate.bad(estate.arn('rds', 'db:careless', region), *INSTANCE, 'rds_instance_extended_support')


def clusters(estate, rds, region):
    common = {'Engine': 'aurora-mysql', 'MasterUserPassword': 'correct-horse-battery'}
    rds.create_db_cluster(
        **common,
        DBClusterIdentifier='kept',
        MasterUsername='keeper',
        StorageEncrypted=True,
        DeletionProtection=True,
        EnableIAMDatabaseAuthentication=True,
        CopyTagsToSnapshot=True,
        EnableCloudwatchLogsExports=['audit', 'error'],
        BacktrackWindow=86400,
        BackupRetentionPeriod=14,
        Port=6000,
    )
    estate.good(estate.arn('rds', 'cluster:kept', region), *CLUSTER)
    rds.create_db_cluster(
        **common,
        DBClusterIdentifier='careless',
        MasterUsername='admin',
        StorageEncrypted=False,
        DeletionProtection=False,
        CopyTagsToSnapshot=False,
        Port=3306,
    )
    estate.bad(estate.arn('rds', 'cluster:careless', region), *CLUSTER)


def snapshots(estate, rds):
    for name in ('kept', 'careless'):
        rds.create_db_snapshot(DBSnapshotIdentifier=f'{name}-copy', DBInstanceIdentifier=name)
        rds.create_db_cluster_snapshot(
            DBClusterSnapshotIdentifier=f'{name}-copy', DBClusterIdentifier=name
        )
        expect = estate.good if name == 'kept' else estate.bad
        expect(estate.arn('rds', f'snapshot:{name}-copy'), 'rds_snapshots_encrypted')
        expect(estate.arn('rds', f'cluster-snapshot:{name}-copy'), 'rds_snapshots_encrypted')
    rds.modify_db_snapshot_attribute(
        DBSnapshotIdentifier='careless-copy', AttributeName='restore', ValuesToAdd=['all']
    )
    rds.modify_db_cluster_snapshot_attribute(
        DBClusterSnapshotIdentifier='careless-copy', AttributeName='restore', ValuesToAdd=['all']
    )
    rds.modify_db_snapshot_attribute(
        DBSnapshotIdentifier='kept-copy', AttributeName='restore', ValuesToAdd=['333333333333']
    )
    for kind in ('snapshot', 'cluster-snapshot'):
        estate.good(estate.arn('rds', f'{kind}:kept-copy'), 'rds_snapshots_public_access')
        estate.bad(estate.arn('rds', f'{kind}:careless-copy'), 'rds_snapshots_public_access')


def events(estate):
    topic = estate.arn('sns', 'alarms')
    checks = {
        'db-instance': 'rds_instance_critical_event_subscription',
        'db-cluster': 'rds_cluster_critical_event_subscription',
        'db-parameter-group': 'rds_instance_event_subscription_parameter_groups',
        'db-security-group': 'rds_instance_event_subscription_security_groups',
    }
    rds = estate.client('rds')
    for source, check in checks.items():
        rds.create_event_subscription(
            SubscriptionName=source, SnsTopicArn=topic, SourceType=source, Enabled=True
        )
        estate.good(estate.region_id('us-east-1'), check)
        estate.bad(estate.region_id('eu-central-1'), check)
