from case import Case, name_of, told, without


def key_look(estate, resource):
    kms, key = estate.client('kms'), name_of(resource)
    return {
        # A deletion that is asked for again is counted from then.
        'key': without(told(kms.describe_key, KeyId=key), 'DeletionDate'),
        'rotation': told(kms.get_key_rotation_status, KeyId=key),
        'policy': told(kms.get_key_policy, KeyId=key, PolicyName='default'),
        'tags': told(kms.list_resource_tags, KeyId=key),
    }


def trail_look(estate, resource):
    trail = estate.client('cloudtrail')
    status = told(trail.get_trail_status, Name=resource)
    return {
        'trail': told(trail.get_trail, Name=resource),
        'logs': status['IsLogging'],
        'events': told(trail.get_event_selectors, TrailName=resource),
        'tags': told(trail.list_tags, ResourceIdList=[resource]),
    }


def passwords_look(estate, _):
    return told(estate.client('iam').get_account_password_policy, 'NoSuchEntity')


def unturned_key(estate):
    made = estate.client('kms').create_key(Tags=[{'TagKey': 'team', 'TagValue': 'data'}])
    return made['KeyMetadata']['Arn']


def doomed_key(estate):
    kms = estate.client('kms')
    key = kms.create_key()['KeyMetadata']
    # moto does not take an ARN here.
    kms.schedule_key_deletion(KeyId=key['KeyId'], PendingWindowInDays=16)
    return key['Arn']


def trail(name, logs=True, **fault):
    def make(estate):
        cloudtrail = estate.client('cloudtrail')
        estate.client('s3').create_bucket(Bucket=f'mend-trail-{name}')
        settings = {'EnableLogFileValidation': True, 'IsMultiRegionTrail': True, **fault}
        made = cloudtrail.create_trail(
            Name=name, S3BucketName=f'mend-trail-{name}', S3KeyPrefix='all', **settings
        )
        if logs:
            cloudtrail.start_logging(Name=name)
        return made['TrailARN']

    return make


def weak_passwords(estate):
    estate.client('iam').update_account_password_policy(
        MinimumPasswordLength=8, RequireNumbers=True, MaxPasswordAge=30, PasswordReusePrevention=5
    )
    return estate.arn('iam', 'password-policy', '')


def forgotten_key(estate):
    iam = estate.client('iam')
    user = iam.create_user(UserName='ada', Path='/ops/')['User']['Arn']
    iam.create_access_key(UserName='ada')
    return user


def user_look(estate, resource):
    iam, user = estate.client('iam'), {'UserName': name_of(resource)}
    return {'user': told(iam.get_user, **user), 'keys': told(iam.list_access_keys, **user)}


def are_strong(state):
    policy = state['PasswordPolicy']
    return policy['MinimumPasswordLength'] >= 14 and policy['MaxPasswordAge'] == 30


CASES = (
    Case('kms_rotation', 'kms_cmk_rotation_enabled', unturned_key, key_look),
    Case(
        'kms_pending_deletion',
        'kms_cmk_not_deleted_unintentionally',
        doomed_key,
        key_look,
        lambda state: state['key']['KeyMetadata']['KeyState'] == 'Disabled',
    ),
    Case(
        'cloudtrail_validation',
        'cloudtrail_log_file_validation_enabled',
        trail('unsigned', EnableLogFileValidation=False),
        trail_look,
    ),
    # No check has just this fault: a person names the action.
    Case(
        'cloudtrail_logging',
        'cloudtrail_logging',
        trail('silent', logs=False),
        trail_look,
        lambda state: state['logs'],
    ),
    Case(
        'cloudtrail_multi_region',
        'cloudtrail_multi_region',
        trail('local', IsMultiRegionTrail=False),
        trail_look,
        lambda state: state['trail']['Trail']['IsMultiRegionTrail'],
    ),
    Case(
        'iam_password_policy',
        'iam_password_policy_minimum_length_14',
        weak_passwords,
        passwords_look,
        are_strong,
        region=None,
    ),
    Case(
        'iam_access_key_stale',
        'iam_user_accesskey_unused',
        forgotten_key,
        user_look,
        region=None,
    ),
)
