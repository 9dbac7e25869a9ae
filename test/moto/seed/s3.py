from estate import policy

ACL = ('s3_bucket_public_list_acl', 's3_bucket_public_write_acl')
BLOCKS = (
    's3_bucket_block_public_acls',
    's3_bucket_block_public_policy',
    's3_bucket_ignore_public_acls',
    's3_bucket_restrict_public_buckets',
)
CARE = (
    's3_bucket_object_versioning',
    's3_bucket_secure_transport_policy',
    's3_bucket_server_access_logging_enabled',
    's3_bucket_lifecycle_enabled',
    's3_bucket_object_lock',
    's3_bucket_kms_encryption',
    's3_bucket_event_notifications_enabled',
    's3_bucket_cross_region_replication',
    's3_bucket_level_public_access_block',
    's3_bucket_acl_prohibited',
    *BLOCKS,
)
CLOSED = (
    's3_bucket_public_access',
    's3_bucket_policy_public_write_access',
    's3_bucket_cross_account_access',
    *ACL,
)
BLOCK = {
    'BlockPublicAcls': True,
    'IgnorePublicAcls': True,
    'BlockPublicPolicy': True,
    'RestrictPublicBuckets': True,
}


def fill(estate):
    estate.lacks('moto drops MFADelete', 's3_bucket_no_mfa_delete')
    estate.lacks('AWS encrypts every bucket since 2023', 's3_bucket_default_encryption')
    estate.bad(f'arn:aws:s3:::account/{estate.account}', 's3_account_level_public_access_blocks')
    bare(estate)
    kept(estate)
    by_acl(estate)
    by_policy(estate)
    in_other_region(estate)
    access_points(estate)


def bare(estate):
    make(estate, 'moto-bare')
    estate.bad(arn('moto-bare'), 's3_bucket_no_mfa_delete', *CARE)
    estate.good(arn('moto-bare'), *CLOSED)


def kept(estate):
    s3, name = estate.client('s3'), 'moto-kept'
    make(estate, 'moto-logs')
    deliverers = 'http://acs.amazonaws.com/groups/s3/LogDelivery'
    grants(s3, 'moto-logs', (deliverers, 'WRITE'), (deliverers, 'READ_ACP'))
    # The log delivery group is not the public.
    estate.good(arn('moto-logs'), *CLOSED)
    make(estate, name, ObjectLockEnabledForBucket=True)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={'Status': 'Enabled'})
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=BLOCK)
    s3.put_bucket_ownership_controls(
        Bucket=name, OwnershipControls={'Rules': [{'ObjectOwnership': 'BucketOwnerEnforced'}]}
    )
    encrypt(s3, name, 'aws:kms')
    s3.put_bucket_logging(
        Bucket=name,
        BucketLoggingStatus={'LoggingEnabled': {'TargetBucket': 'moto-logs', 'TargetPrefix': 'a/'}},
    )
    lifecycle(s3, name, 'Enabled')
    s3.put_object_lock_configuration(
        Bucket=name,
        ObjectLockConfiguration={
            'ObjectLockEnabled': 'Enabled',
            'Rule': {'DefaultRetention': {'Mode': 'GOVERNANCE', 'Days': 1}},
        },
    )
    s3.put_bucket_notification_configuration(
        Bucket=name,
        NotificationConfiguration={
            'LambdaFunctionConfigurations': [
                {
                    'LambdaFunctionArn': estate.arn('lambda', 'function:seen'),
                    'Events': ['s3:ObjectCreated:*'],
                }
            ]
        },
    )
    abroad = estate.client('s3', 'eu-central-1')
    abroad.create_bucket(
        Bucket='moto-replica', CreateBucketConfiguration={'LocationConstraint': 'eu-central-1'}
    )
    abroad.put_bucket_versioning(
        Bucket='moto-replica', VersioningConfiguration={'Status': 'Enabled'}
    )
    replicate(estate, s3, name, 'Enabled')
    s3.put_bucket_policy(Bucket=name, Policy=policy(only_tls(name)))
    estate.good(arn(name), *CARE, *CLOSED, 's3_bucket_default_encryption')
    estate.good(arn('moto-replica'), 's3_bucket_object_versioning')

    make(estate, 'moto-half')
    s3.put_bucket_versioning(Bucket='moto-half', VersioningConfiguration={'Status': 'Suspended'})
    encrypt(s3, 'moto-half', 'AES256')
    lifecycle(s3, 'moto-half', 'Disabled')
    s3.put_bucket_policy(
        Bucket='moto-half', Policy=policy({**only_tls('moto-half'), 'Action': 's3:GetObject'})
    )
    s3.put_public_access_block(
        Bucket='moto-half', PublicAccessBlockConfiguration={**BLOCK, 'RestrictPublicBuckets': False}
    )
    estate.bad(
        arn('moto-half'),
        's3_bucket_object_versioning',
        's3_bucket_kms_encryption',
        's3_bucket_lifecycle_enabled',
        's3_bucket_secure_transport_policy',
        's3_bucket_level_public_access_block',
        's3_bucket_restrict_public_buckets',
    )
    estate.good(arn('moto-half'), 's3_bucket_default_encryption', 's3_bucket_block_public_acls')


def by_acl(estate):
    s3 = estate.client('s3')
    for name in ('moto-acl-read', 'moto-acl-write'):
        make(estate, name)
        s3.put_bucket_ownership_controls(
            Bucket=name, OwnershipControls={'Rules': [{'ObjectOwnership': 'ObjectWriter'}]}
        )
        estate.bad(arn(name), 's3_bucket_public_access')
        estate.good(arn(name), 's3_bucket_policy_public_write_access')
    s3.put_bucket_acl(Bucket='moto-acl-read', ACL='public-read')
    estate.bad(arn('moto-acl-read'), 's3_bucket_public_list_acl')
    estate.good(arn('moto-acl-read'), 's3_bucket_public_write_acl')
    anyone = 'http://acs.amazonaws.com/groups/global/AllUsers'
    grants(s3, 'moto-acl-write', (anyone, 'WRITE'), (anyone, 'WRITE_ACP'))
    estate.bad(arn('moto-acl-write'), 's3_bucket_public_write_acl')
    estate.good(arn('moto-acl-write'), 's3_bucket_public_list_acl')
    make(estate, 'moto-acl-known')
    s3.put_bucket_acl(Bucket='moto-acl-known', ACL='authenticated-read')
    estate.bad(arn('moto-acl-known'), 's3_bucket_public_access', 's3_bucket_public_list_acl')
    make(estate, 'moto-acl-ignored')
    s3.put_bucket_acl(Bucket='moto-acl-ignored', ACL='public-read-write')
    s3.put_public_access_block(Bucket='moto-acl-ignored', PublicAccessBlockConfiguration=BLOCK)
    estate.good(arn('moto-acl-ignored'), 's3_bucket_public_access', *ACL)


def by_policy(estate):
    s3 = estate.client('s3')

    def bucket(name, **statement):
        make(estate, name)
        s3.put_bucket_policy(
            Bucket=name,
            Policy=policy(
                {
                    'Effect': 'Allow',
                    'Principal': '*',
                    'Action': 's3:GetObject',
                    'Resource': f'arn:aws:s3:::{name}/*',
                    **statement,
                }
            ),
        )

    bucket('moto-policy-read')
    estate.bad(arn('moto-policy-read'), 's3_bucket_public_access')
    estate.good(arn('moto-policy-read'), 's3_bucket_policy_public_write_access')
    bucket('moto-policy-write', Action=['s3:PutObject'], Principal={'AWS': '*'})
    estate.bad(
        arn('moto-policy-write'), 's3_bucket_public_access', 's3_bucket_policy_public_write_access'
    )
    bucket('moto-policy-all', Action='s3:*')
    estate.bad(arn('moto-policy-all'), 's3_bucket_policy_public_write_access')
    bucket('moto-policy-blocked', Action='s3:*')
    s3.put_public_access_block(Bucket='moto-policy-blocked', PublicAccessBlockConfiguration=BLOCK)
    estate.good(
        arn('moto-policy-blocked'), 's3_bucket_public_access', 's3_bucket_policy_public_write_access'
    )
    bucket('moto-policy-org', Condition={'StringEquals': {'aws:PrincipalOrgID': 'o-abcdefghij'}})
    bucket('moto-policy-vpce', Condition={'StringEquals': {'aws:SourceVpce': 'vpce-0a1b2c3d'}})
    bucket('moto-policy-own', Principal={'AWS': f'arn:aws:iam::{estate.account}:root'})
    for name in ('moto-policy-org', 'moto-policy-vpce', 'moto-policy-own'):
        estate.good(arn(name), 's3_bucket_public_access', 's3_bucket_policy_public_write_access')
    estate.good(arn('moto-policy-own'), 's3_bucket_cross_account_access')
    bucket('moto-policy-shared', Principal={'AWS': 'arn:aws:iam::333333333333:root'})
    estate.good(arn('moto-policy-shared'), 's3_bucket_public_access')
    estate.bad(arn('moto-policy-shared'), 's3_bucket_cross_account_access')


def in_other_region(estate):
    s3 = estate.client('s3', 'eu-central-1')
    s3.create_bucket(
        Bucket='moto-far', CreateBucketConfiguration={'LocationConstraint': 'eu-central-1'}
    )
    s3.put_bucket_versioning(Bucket='moto-far', VersioningConfiguration={'Status': 'Enabled'})
    estate.good(arn('moto-far'), 's3_bucket_object_versioning', *CLOSED)
    estate.bad(arn('moto-far'), 's3_bucket_object_lock', 's3_bucket_lifecycle_enabled')


def access_points(estate):
    control = estate.client('s3control')
    for name, block in (('open', {**BLOCK, 'BlockPublicPolicy': False}), ('shut', BLOCK)):
        control.create_access_point(
            AccountId=estate.account,
            Name=name,
            Bucket='moto-bare',
            PublicAccessBlockConfiguration=block,
        )
        expect = estate.good if name == 'shut' else estate.bad
        expect(estate.arn('s3', f'accesspoint/{name}'), 's3_access_point_public_access_block')


    for name, block in (('open', {**BLOCK, 'BlockPublicAcls': False}), ('shut', BLOCK)):
        control.create_multi_region_access_point(
            AccountId=estate.account,
            ClientToken=name,
            Details={'Name': name, 'PublicAccessBlock': block, 'Regions': [{'Bucket': 'moto-bare'}]},
        )
    made = control.list_multi_region_access_points(AccountId=estate.account)['AccessPoints']
    for point in made:
        expect = estate.good if point['Name'] == 'shut' else estate.bad
        expect(
            f"arn:aws:s3::{estate.account}:accesspoint/{point['Alias']}",
            's3_multi_region_access_point_public_access_block',
        )


def make(estate, name, **more):
    estate.client('s3').create_bucket(Bucket=name, **more)


def arn(name):
    return f'arn:aws:s3:::{name}'


def grants(s3, name, *groups):
    owner = s3.list_buckets()['Owner']['ID']
    s3.put_bucket_acl(
        Bucket=name,
        AccessControlPolicy={
            'Owner': {'ID': owner},
            'Grants': [
                {'Grantee': {'Type': 'CanonicalUser', 'ID': owner}, 'Permission': 'FULL_CONTROL'},
                *(
                    {'Grantee': {'Type': 'Group', 'URI': group}, 'Permission': permission}
                    for group, permission in groups
                ),
            ],
        },
    )


def encrypt(s3, name, algorithm):
    s3.put_bucket_encryption(
        Bucket=name,
        ServerSideEncryptionConfiguration={
            'Rules': [{'ApplyServerSideEncryptionByDefault': {'SSEAlgorithm': algorithm}}]
        },
    )


def lifecycle(s3, name, status):
    s3.put_bucket_lifecycle_configuration(
        Bucket=name,
        LifecycleConfiguration={
            'Rules': [
                {'ID': 'old', 'Status': status, 'Filter': {'Prefix': ''}, 'Expiration': {'Days': 365}}
            ]
        },
    )


def replicate(estate, s3, name, status):
    s3.put_bucket_replication(
        Bucket=name,
        ReplicationConfiguration={
            'Role': f'arn:aws:iam::{estate.account}:role/replicate',
            'Rules': [
                {
                    'ID': 'all',
                    'Priority': 1,
                    'Status': status,
                    'Filter': {'Prefix': ''},
                    'DeleteMarkerReplication': {'Status': 'Disabled'},
                    'Destination': {'Bucket': arn('moto-replica')},
                }
            ],
        },
    )


def only_tls(name):
    return {
        'Effect': 'Deny',
        'Principal': '*',
        'Action': 's3:*',
        'Resource': [arn(name), f'{arn(name)}/*'],
        'Condition': {'Bool': {'aws:SecureTransport': 'false'}},
    }
