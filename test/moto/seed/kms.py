from estate import allow, policy

CHECKS = ('kms_cmk_are_used', 'kms_cmk_not_multi_region', 'kms_cmk_not_deleted_unintentionally')


def fill(estate):
    for region in ('us-east-1', 'eu-central-1'):
        kms = estate.client('kms', region)
        rotated = key(kms)
        kms.enable_key_rotation(KeyId=rotated)
        kms.create_alias(AliasName='alias/rotated', TargetKeyId=rotated)
        estate.good(
            arn(estate, rotated, region),
            *CHECKS,
            'kms_cmk_rotation_enabled',
            'kms_key_not_publicly_accessible',
        )
        estate.bad(arn(estate, key(kms), region), 'kms_cmk_rotation_enabled')
    kms = estate.client('kms')
    # Asymmetric keys cannot be rotated.
    signing = key(kms, KeyUsage='SIGN_VERIFY', KeySpec='RSA_2048')
    estate.good(arn(estate, signing), *CHECKS)
    many = key(kms, MultiRegion=True)
    estate.bad(arn(estate, many), 'kms_cmk_not_multi_region')
    off = key(kms)
    kms.disable_key(KeyId=off)
    estate.bad(arn(estate, off), 'kms_cmk_are_used')
    doomed = key(kms)
    kms.schedule_key_deletion(KeyId=doomed, PendingWindowInDays=7)
    estate.bad(arn(estate, doomed), 'kms_cmk_not_deleted_unintentionally')
    public = key(kms, Policy=policy(allow('kms:*', Principal='*')))
    estate.bad(arn(estate, public), 'kms_key_not_publicly_accessible')
    callers = {'StringEquals': {'kms:CallerAccount': estate.account}}
    narrowed = key(kms, Policy=policy(allow('kms:*', Principal='*', Condition=callers)))
    estate.good(arn(estate, narrowed), 'kms_key_not_publicly_accessible')
    enclaves(estate, kms)


def enclaves(estate, kms):
    role = {'AWS': f'arn:aws:iam::{estate.account}:role/enclave'}
    image = {'StringEqualsIgnoreCase': {'kms:RecipientAttestation:ImageSha384': 'a' * 96}}
    machine = {'StringEqualsIgnoreCase': {'kms:RecipientAttestation:PCR4': 'b' * 96}}
    own = allow('kms:PutKeyPolicy', Principal={'AWS': f'arn:aws:iam::{estate.account}:root'})

    def enclave(**statement):
        document = policy(own, allow('kms:Decrypt', Principal=role, **statement))
        return arn(estate, key(kms, Description='for enclaves', Policy=document))

    estate.bad(
        enclave(),
        'kms_key_enclave_attestation_not_enforced',
        'kms_key_enclave_attestation_bypassable_path',
    )
    bound = {'StringEqualsIgnoreCase': {**image['StringEqualsIgnoreCase'], **machine['StringEqualsIgnoreCase']}}
    attested = enclave(Condition=image)
    estate.good(
        attested,
        'kms_key_enclave_attestation_not_enforced',
        'kms_key_enclave_attestation_bypassable_path',
    )
    estate.bad(attested, 'kms_key_enclave_attestation_no_deployment_binding')
    estate.good(enclave(Condition=bound), 'kms_key_enclave_attestation_no_deployment_binding')


def key(kms, **more):
    return kms.create_key(**more)['KeyMetadata']['KeyId']


def arn(estate, key_id, region='us-east-1'):
    return estate.arn('kms', f'key/{key_id}', region)
