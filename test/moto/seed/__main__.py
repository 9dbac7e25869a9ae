"""Fills the accounts of a moto server and writes, as JSON, the verdict that each thing in them must get.
With `aged`, that of a server whose clock is slow."""

import json
import sys

import aged
import autoscaling
import bare
import boto3
import cloudtrail
import ec2_disks
import ec2_instances
import ec2_network
import ec2_security_groups
import iam
import kms
import rds
import s3
import sound
from estate import ACCOUNT, BARE_ACCOUNT, SOUND_ACCOUNT, Estate


def main():
    estates = old() if sys.argv[1:] == ['aged'] else fresh()
    json.dump(
        {
            'accounts': [estate.account for estate in estates],
            'verdicts': [verdict for estate in estates for verdict in estate.verdicts],
            'lacks': {check: reason for estate in estates for check, reason in estate.lacking.items()},
        },
        sys.stdout,
    )


def fresh():
    careless = Estate(ACCOUNT)
    services = (s3, kms, iam, ec2_network, ec2_security_groups, ec2_disks, ec2_instances)
    for service in (*services, autoscaling, rds, cloudtrail):
        service.fill(careless)
    careful = Estate(SOUND_ACCOUNT, in_account(SOUND_ACCOUNT))
    sound.fill(careful)
    untouched = Estate(BARE_ACCOUNT, in_account(BARE_ACCOUNT))
    bare.fill(untouched)
    return careless, careful, untouched


def old():
    forgetful = Estate(ACCOUNT)
    aged.fill(forgetful)
    return (forgetful,)


def in_account(account):
    """moto has as many accounts as there are ids in the roles that are assumed."""
    answer = boto3.client('sts', region_name='us-east-1').assume_role(
        RoleArn=f'arn:aws:iam::{account}:role/audit', RoleSessionName='seed'
    )['Credentials']
    return {
        'aws_access_key_id': answer['AccessKeyId'],
        'aws_secret_access_key': answer['SecretAccessKey'],
        'aws_session_token': answer['SessionToken'],
    }


main()
