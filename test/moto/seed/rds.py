from ec2_network import make_subnet

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
    'rds_instance_certificate_expiration',
    'rds_instance_enhanced_monitoring_enabled',
    'rds_instance_inside_vpc',
    'rds_backup_retention_longer_than_a_day',
)
CLUSTER = (
    'rds_cluster_storage_encrypted',
    'rds_cluster_deletion_protection',
    'rds_cluster_iam_authentication_enabled',
    'rds_cluster_copy_tags_to_snapshots',
    'rds_cluster_integration_cloudwatch_logs',
    'rds_cluster_non_default_port',
    'rds_cluster_default_admin',
    'rds_cluster_backtrack_enabled',
    'rds_cluster_storage_encrypted_with_customer_key',
    'rds_backup_retention_longer_than_a_day',
)


def fill(estate):
    estate.lacks(
        'moto has backup plans, but not what they select',
        'rds_instance_protected_by_backup_plan',
        'rds_cluster_protected_by_backup_plan',
    )
    estate.lacks('moto does not know DescribeDBEngineVersions', 'rds_instance_deprecated_engine_version')
    for region in ('us-east-1', 'eu-central-1'):
        rds = estate.client('rds', region)
        instances(estate, rds, region)
        clusters(estate, rds, region)
    members(estate, estate.client('rds'))
    parameters(estate, estate.client('rds'))
    snapshots(estate, estate.client('rds'))
    events(estate)


def instances(estate, rds, region):
    common = {'Engine': 'postgres', 'DBInstanceClass': 'db.t3.micro', 'AllocatedStorage': 20}
    ec2 = estate.client('ec2', region)
    vpc = ec2.create_vpc(CidrBlock='10.9.0.0/16')['Vpc']['VpcId']
    subnets = [
        make_subnet(ec2, vpc, f'10.9.{number}.0/24', f'{region}{zone}')
        for number, zone in enumerate('ab')
    ]
    rds.create_db_subnet_group(
        DBSubnetGroupName='private', DBSubnetGroupDescription='-', SubnetIds=subnets
    )
    rds.create_db_instance(
        **common,
        DBInstanceIdentifier='kept',
        DBSubnetGroupName='private',
        CACertificateIdentifier='rds-ca-rsa2048-g1',
        MonitoringInterval=60,
        MonitoringRoleArn=f'arn:aws:iam::{estate.account}:role/monitor',
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
    estate.good(
        estate.arn('rds', 'db:kept', region),
        *INSTANCE,
        'rds_instance_extended_support',
    )
    rds.create_db_instance(
        **common,
        DBInstanceIdentifier='careless',
        CACertificateIdentifier='rds-ca-2019',
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
    estate.bad(estate.arn('rds', 'db:careless', region), 'rds_instance_protected_by_backup_plan')
    rds.create_db_instance(
        **common, DBInstanceIdentifier='old', EngineVersion='9.6.24', MasterUsername='keeper',
        MasterUserPassword='correct-horse-battery',
    )
    estate.bad(estate.arn('rds', 'db:old', region), 'rds_instance_deprecated_engine_version')


def clusters(estate, rds, region):
    common = {'Engine': 'aurora-mysql', 'MasterUserPassword': 'correct-horse-battery'}
    rds.create_db_cluster(
        **common,
        DBClusterIdentifier='kept',
        MasterUsername='keeper',
        StorageEncrypted=True,
        KmsKeyId=estate.client('kms', region).create_key()['KeyMetadata']['Arn'],
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
    estate.bad(
        estate.arn('rds', 'cluster:careless', region),
        *CLUSTER,
        'rds_cluster_protected_by_backup_plan',
    )


def members(estate, rds):
    for name, is_kept in (('kept-1', True), ('kept-2', True), ('careless-1', False)):
        rds.create_db_instance(
            DBInstanceIdentifier=name,
            DBInstanceClass='db.r6g.large',
            Engine='aurora-mysql',
            DBClusterIdentifier=name.split('-')[0],
            AutoMinorVersionUpgrade=is_kept,
        )
        expect = estate.good if is_kept else estate.bad
        expect(estate.arn('rds', f'db:{name}'), 'rds_cluster_minor_version_upgrade_enabled')
    estate.good(estate.arn('rds', 'cluster:kept'), 'rds_cluster_multi_az')
    estate.bad(estate.arn('rds', 'cluster:careless'), 'rds_cluster_multi_az')


def parameters(estate, rds):
    for value in ('1', '0'):
        name = f'tls-{value}'
        rds.create_db_parameter_group(
            DBParameterGroupName=name, DBParameterGroupFamily='mysql8.0', Description='-'
        )
        rds.modify_db_parameter_group(
            DBParameterGroupName=name,
            Parameters=[
                {
                    'ParameterName': 'require_secure_transport',
                    'ParameterValue': value,
                    'ApplyMethod': 'immediate',
                }
            ],
        )
        expect = estate.good if value == '1' else estate.bad
        expect(estate.arn('rds', f'pg:{name}'), 'rds_instance_transport_encrypted')


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
