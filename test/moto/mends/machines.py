from case import Case, name_of, ordered, told

STRANGER = '111122223333'


def snapshot_look(estate, resource):
    ec2, snapshot = estate.client('ec2'), name_of(resource)
    shared = told(
        ec2.describe_snapshot_attribute, SnapshotId=snapshot, Attribute='createVolumePermission'
    )
    return {
        'snapshot': told(ec2.describe_snapshots, SnapshotIds=[snapshot]),
        'shared': ordered(shared['CreateVolumePermissions']),
    }


def image_look(estate, resource):
    ec2, image = estate.client('ec2'), name_of(resource)
    shared = told(ec2.describe_image_attribute, ImageId=image, Attribute='launchPermission')
    return {
        'image': told(ec2.describe_images, ImageIds=[image]),
        'shared': ordered(shared['LaunchPermissions']),
    }


def public_snapshot(estate):
    ec2 = estate.client('ec2')
    volume = ec2.create_volume(AvailabilityZone='us-east-1a', Size=8)['VolumeId']
    snapshot = ec2.create_snapshot(VolumeId=volume)['SnapshotId']
    for who in ({'GroupNames': ['all']}, {'UserIds': [STRANGER]}):
        ec2.modify_snapshot_attribute(
            SnapshotId=snapshot,
            Attribute='createVolumePermission',
            OperationType='add',
            **who,
        )
    return f'arn:aws:ec2:us-east-1::snapshot/{snapshot}'


def public_image(estate):
    ec2 = estate.client('ec2')
    image = ec2.register_image(Name='golden', Architecture='x86_64')['ImageId']
    ec2.modify_image_attribute(
        ImageId=image, LaunchPermission={'Add': [{'Group': 'all'}, {'UserId': STRANGER}]}
    )
    return f'arn:aws:ec2:us-east-1::image/{image}'


CASES = (
    Case('ebs_snapshot_public', 'ec2_ebs_public_snapshot', public_snapshot, snapshot_look),
    Case('ami_public', 'ec2_ami_public', public_image, image_look),
)
