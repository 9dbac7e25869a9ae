"""An account that is careful about what concerns it as a whole."""

import cloudtrail
import ec2_disks
import iam
from s3 import BLOCK


def fill(estate):
    estate.client('s3control').put_public_access_block(
        AccountId=estate.account, PublicAccessBlockConfiguration=BLOCK
    )
    estate.good(f'arn:aws:s3:::account/{estate.account}', 's3_account_level_public_access_blocks')
    estate.client('account').put_alternate_contact(
        AlternateContactType='SECURITY',
        EmailAddress='security@example.com',
        Name='Security',
        PhoneNumber='+1 555 0100',
        Title='On call',
    )
    estate.good(estate.root, 'account_security_contact_information_is_registered')
    iam.careful(estate)
    cloudtrail.careful(estate)
    ec2_disks.careful(estate)
