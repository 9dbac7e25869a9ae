from case import Case, name_of, ordered, told, without

KEPT = {
    'PubliclyAccessible': False,
    'DeletionProtection': True,
    'BackupRetentionPeriod': 7,
    'CopyTagsToSnapshot': True,
    'AutoMinorVersionUpgrade': True,
}


def instance_look(estate, resource):
    found = told(estate.client('rds').describe_db_instances, DBInstanceIdentifier=name_of(resource))
    # It moves on with the clock.
    return without(found, 'LatestRestorableTime')


def cluster_look(estate, resource):
    found = told(estate.client('rds').describe_db_clusters, DBClusterIdentifier=name_of(resource))
    return without(found, 'LatestRestorableTime')


def snapshot_look(estate, resource):
    rds, name = estate.client('rds'), name_of(resource)
    shared = told(rds.describe_db_snapshot_attributes, DBSnapshotIdentifier=name)
    return {
        'snapshot': told(rds.describe_db_snapshots, DBSnapshotIdentifier=name),
        'shared': shared_with(shared['DBSnapshotAttributesResult']['DBSnapshotAttributes']),
    }


def cluster_snapshot_look(estate, resource):
    rds, name = estate.client('rds'), name_of(resource)
    shared = told(rds.describe_db_cluster_snapshot_attributes, DBClusterSnapshotIdentifier=name)
    return {
        'snapshot': told(rds.describe_db_cluster_snapshots, DBClusterSnapshotIdentifier=name),
        'shared': shared_with(
            shared['DBClusterSnapshotAttributesResult']['DBClusterSnapshotAttributes']
        ),
    }


def shared_with(attributes):
    return {each['AttributeName']: ordered(each['AttributeValues']) for each in attributes}


def warehouse_look(estate, resource):
    return told(
        estate.client('redshift').describe_clusters, ClusterIdentifier=name_of(resource)
    )


def instance(name, **fault):
    def make(estate):
        estate.client('rds').create_db_instance(
            DBInstanceIdentifier=name,
            DBInstanceClass='db.t3.micro',
            AllocatedStorage=20,
            Engine='postgres',
            EngineVersion='17.4',
            MasterUsername='keeper',
            MasterUserPassword='correct-horse-battery',
            **{**KEPT, **fault},
        )
        return estate.arn('rds', f'db:{name}')

    return make


def cluster(name, **fault):
    def make(estate):
        estate.client('rds').create_db_cluster(
            DBClusterIdentifier=name,
            Engine='aurora-postgresql',
            MasterUsername='keeper',
            MasterUserPassword='correct-horse-battery',
            **{'DeletionProtection': True, 'CopyTagsToSnapshot': True, **fault},
        )
        return estate.arn('rds', f'cluster:{name}')

    return make


def public_snapshot(estate):
    rds = estate.client('rds')
    instance('copied')(estate)
    rds.create_db_snapshot(DBSnapshotIdentifier='daily', DBInstanceIdentifier='copied')
    rds.modify_db_snapshot_attribute(
        DBSnapshotIdentifier='daily',
        AttributeName='restore',
        ValuesToAdd=['111122223333', 'all'],
    )
    return estate.arn('rds', 'snapshot:daily')


def public_cluster_snapshot(estate):
    rds = estate.client('rds')
    cluster('copied')(estate)
    rds.create_db_cluster_snapshot(
        DBClusterSnapshotIdentifier='weekly', DBClusterIdentifier='copied'
    )
    rds.modify_db_cluster_snapshot_attribute(
        DBClusterSnapshotIdentifier='weekly', AttributeName='restore', ValuesToAdd=['all']
    )
    return estate.arn('rds', 'cluster-snapshot:weekly')


def public_warehouse(estate):
    estate.client('redshift').create_cluster(
        ClusterIdentifier='warehouse',
        NodeType='ra3.large',
        MasterUsername='keeper',
        MasterUserPassword='Correct-horse-battery-9',
        PubliclyAccessible=True,
        Tags=[{'Key': 'team', 'Value': 'data'}],
    )
    return estate.arn('redshift', 'cluster:warehouse')


CASES = (
    Case(
        'rds_public',
        'rds_instance_no_public_access',
        instance('public', PubliclyAccessible=True),
        instance_look,
    ),
    Case(
        'rds_deletion_protection',
        'rds_instance_deletion_protection',
        instance('deletable', DeletionProtection=False),
        instance_look,
    ),
    Case(
        'rds_backup_retention',
        'rds_instance_backup_enabled',
        instance('unsaved', BackupRetentionPeriod=0),
        instance_look,
    ),
    Case(
        'rds_copy_tags',
        'rds_instance_copy_tags_to_snapshots',
        instance('tagless', CopyTagsToSnapshot=False),
        instance_look,
    ),
    Case(
        'rds_minor_upgrades',
        'rds_instance_minor_version_upgrade_enabled',
        instance('stale', AutoMinorVersionUpgrade=False),
        instance_look,
    ),
    Case(
        'rds_cluster_deletion_protection',
        'rds_cluster_deletion_protection',
        cluster('deletable', DeletionProtection=False),
        cluster_look,
    ),
    Case(
        'rds_cluster_copy_tags',
        'rds_cluster_copy_tags_to_snapshots',
        cluster('tagless', CopyTagsToSnapshot=False),
        cluster_look,
    ),
    Case('rds_snapshot_public', 'rds_snapshots_public_access', public_snapshot, snapshot_look),
    Case(
        'rds_snapshot_public',
        'rds_snapshots_public_access',
        public_cluster_snapshot,
        cluster_snapshot_look,
    ),
    Case(
        'redshift_public',
        'redshift_cluster_public_access',
        public_warehouse,
        warehouse_look,
        lambda state: state['Clusters'][0]['PubliclyAccessible'] is False,
    ),
)
