"""An account in which nobody has set anything up."""

import cloudtrail
from iam import PASSWORDS


def fill(estate):
    estate.bad(estate.root, *cloudtrail.ACCOUNT, 'cloudtrail_bedrock_logging_enabled')
    estate.bad(f'arn:aws:s3:::account/{estate.account}', 's3_account_level_public_access_blocks')
    # AWS's own defaults hold, and they ask for eight characters.
    estate.bad(estate.arn('iam', 'password-policy', ''), *PASSWORDS)
    estate.bad(
        estate.root,
        'iam_support_role_created',
        'iam_securityaudit_role_created',
        'iam_check_saml_providers_sts',
        'account_security_contact_information_is_registered',
    )
    for region in ('us-east-1', 'eu-central-1'):
        estate.bad(estate.region_id(region), 'ec2_ebs_default_encryption')
