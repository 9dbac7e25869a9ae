from case import Case, name_of, told
from estate import allow, policy
from s3 import grants

ANYONE = 'http://acs.amazonaws.com/groups/global/AllUsers'


def look(estate, resource):
    s3, name = estate.client('s3'), name_of(resource)
    return {
        'acl': told(s3.get_bucket_acl, Bucket=name),
        'policy': told(s3.get_bucket_policy, 'NoSuchBucketPolicy', Bucket=name),
        'block': told(s3.get_public_access_block, 'NoSuchPublicAccessBlockConfiguration', Bucket=name),
        'ownership': told(s3.get_bucket_ownership_controls, 'OwnershipControlsNotFoundError', Bucket=name),
        'versioning': told(s3.get_bucket_versioning, Bucket=name),
        'logging': told(s3.get_bucket_logging, Bucket=name),
        'encryption': told(
            s3.get_bucket_encryption, 'ServerSideEncryptionConfigurationNotFoundError', Bucket=name
        ),
        'lifecycle': told(
            s3.get_bucket_lifecycle_configuration, 'NoSuchLifecycleConfiguration', Bucket=name
        ),
        'tags': told(s3.get_bucket_tagging, 'NoSuchTagSet', Bucket=name),
    }


def account_look(estate, _):
    control = estate.client('s3control')
    absent = 'NoSuchPublicAccessBlockConfiguration'
    return told(control.get_public_access_block, absent, AccountId=estate.account)


def make(name, configure=lambda s3, name: None):
    def put(estate):
        s3 = estate.client('s3')
        s3.create_bucket(Bucket=name)
        s3.put_bucket_tagging(
            Bucket=name, Tagging={'TagSet': [{'Key': 'team', 'Value': 'data & more'}]}
        )
        configure(s3, name)
        return f'arn:aws:s3:::{name}'

    return put


def open_policy(s3, name):
    s3.put_bucket_policy(
        Bucket=name, Policy=policy(allow('s3:GetObject', f'arn:aws:s3:::{name}/*', Principal='*'))
    )


def half_block(s3, name):
    s3.put_public_access_block(
        Bucket=name,
        PublicAccessBlockConfiguration={
            'BlockPublicAcls': True,
            'IgnorePublicAcls': False,
            'BlockPublicPolicy': True,
            'RestrictPublicBuckets': False,
        },
    )


def listed(s3, name):
    s3.put_bucket_ownership_controls(
        Bucket=name, OwnershipControls={'Rules': [{'ObjectOwnership': 'BucketOwnerPreferred'}]}
    )
    grants(s3, name, (ANYONE, 'READ'), ('http://acs.amazonaws.com/groups/s3/LogDelivery', 'WRITE'))


def own_policy(s3, name):
    principal = {'AWS': 'arn:aws:iam::123456789012:root'}
    statement = allow('s3:GetObject', f'arn:aws:s3:::{name}/*', Principal=principal, Sid='readers')
    s3.put_bucket_policy(Bucket=name, Policy=policy(statement))


def suspended(s3, name):
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={'Status': 'Suspended'})


def blocked(state):
    return state['block'] is not None and all(
        state['block']['PublicAccessBlockConfiguration'].values()
    )


def is_private(state):
    return ANYONE not in [grant['Grantee'].get('URI') for grant in state['acl']['Grants']]


def put_log_bucket(estate):
    s3 = estate.client('s3')
    s3.create_bucket(Bucket='mend-logs')
    service = {'Service': 'logging.s3.amazonaws.com'}
    statement = allow('s3:PutObject', 'arn:aws:s3:::mend-logs/*', Principal=service)
    s3.put_bucket_policy(Bucket='mend-logs', Policy=policy(statement))
    return make('mend-silent')(estate)


SECURE = 's3_bucket_secure_transport_policy'
CASES = (
    Case(
        's3_bucket_public_access',
        's3_bucket_public_access',
        make('mend-open', open_policy),
        look,
        blocked,
    ),
    Case(
        's3_bucket_public_access',
        's3_bucket_level_public_access_block',
        make('mend-half', half_block),
        look,
        blocked,
    ),
    Case(
        's3_bucket_public_acl', 's3_bucket_public_list_acl', make('mend-listed', listed), look, is_private
    ),
    Case('s3_secure_transport', SECURE, make('mend-plain', own_policy), look),
    Case('s3_secure_transport', SECURE, make('mend-without'), look),
    Case(
        's3_access_logging', 's3_bucket_server_access_logging_enabled', put_log_bucket, look
    ),
    Case('s3_versioning', 's3_bucket_object_versioning', make('mend-flat', suspended), look),
    Case(
        's3_account_public_access',
        's3_account_level_public_access_blocks',
        lambda estate: f'arn:aws:s3:::account/{estate.account}',
        account_look,
        region=None,
    ),
)
