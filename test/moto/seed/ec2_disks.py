def fill(estate):
    estate.lacks(
        'moto does not know the call that tells it',
        'ec2_ebs_snapshot_account_block_public_access',
        'ec2_ami_account_block_public_access',
    )
    estate.lacks(
        'moto has backup plans, but not what they select', 'ec2_ebs_volume_protected_by_backup_plan'
    )
    for region in ('us-east-1', 'eu-central-1'):
        ec2 = estate.client('ec2', region)
        volumes(estate, ec2, region)
        images(estate, ec2, region)
    # A region has settings of its own.
    estate.client('ec2', 'eu-central-1').enable_ebs_encryption_by_default()
    estate.bad(estate.region_id('us-east-1'), 'ec2_ebs_default_encryption')
    estate.good(estate.region_id('eu-central-1'), 'ec2_ebs_default_encryption')


def volumes(estate, ec2, region):
    for encrypted in (True, False):
        volume = ec2.create_volume(
            AvailabilityZone=f'{region}a', Size=8, Encrypted=encrypted
        )['VolumeId']
        expect = estate.good if encrypted else estate.bad
        expect(
            estate.arn('ec2', f'volume/{volume}', region),
            'ec2_ebs_volume_encryption',
            'ec2_ebs_volume_snapshots_exists',
        )
        if encrypted:
            snapshots(estate, ec2, region, volume)
    estate.bad(
        estate.arn('ec2', f'volume/{volume}', region), 'ec2_ebs_volume_protected_by_backup_plan'
    )
    plain = ec2.create_volume(AvailabilityZone=f'{region}a', Size=8)['VolumeId']
    copy = ec2.create_snapshot(VolumeId=plain)['SnapshotId']
    ec2.modify_snapshot_attribute(
        SnapshotId=copy,
        Attribute='createVolumePermission',
        OperationType='add',
        GroupNames=['all'],
    )
    estate.good(estate.arn('ec2', f'volume/{plain}', region), 'ec2_ebs_volume_snapshots_exists')
    estate.bad(snapshot_arn(region, copy), 'ec2_ebs_snapshots_encrypted', 'ec2_ebs_public_snapshot')


def snapshots(estate, ec2, region, volume):
    private = ec2.create_snapshot(VolumeId=volume)['SnapshotId']
    shared = ec2.create_snapshot(VolumeId=volume)['SnapshotId']
    ec2.modify_snapshot_attribute(
        SnapshotId=shared,
        Attribute='createVolumePermission',
        OperationType='add',
        UserIds=['333333333333'],
    )
    for snapshot in (private, shared):
        estate.good(
            snapshot_arn(region, snapshot), 'ec2_ebs_snapshots_encrypted', 'ec2_ebs_public_snapshot'
        )


def images(estate, ec2, region):
    for is_public in (True, False):
        image = ec2.register_image(Name=f'image-{is_public}', Architecture='x86_64')['ImageId']
        if is_public:
            ec2.modify_image_attribute(
                ImageId=image, LaunchPermission={'Add': [{'Group': 'all'}]}
            )
        expect = estate.bad if is_public else estate.good
        expect(f'arn:aws:ec2:{region}::image/{image}', 'ec2_ami_public')


def careful(estate):
    for region in ('us-east-1', 'eu-central-1'):
        estate.client('ec2', region).enable_ebs_encryption_by_default()
        estate.good(estate.region_id(region), 'ec2_ebs_default_encryption')


def snapshot_arn(region, snapshot):
    return f'arn:aws:ec2:{region}::snapshot/{snapshot}'
