"""make: puts in place what each action mends, and writes the cases as JSON.
look: reads cases, and writes what boto3 says of each resource, whole."""

import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / 'seed'))

import buckets
import databases
import keys
import machines
import networks
import services
from estate import ACCOUNT, Estate

CASES = (
    *buckets.CASES,
    *networks.CASES,
    *machines.CASES,
    *databases.CASES,
    *keys.CASES,
    *services.CASES,
)
# Why moto is no place for the action.
LACKS = {
    'accessanalyzer_enable': 'moto has no Access Analyzer',
    'ami_block_public': 'moto does not know GetImageBlockPublicAccessState',
    'ebs_snapshot_block_public': 'moto does not know GetSnapshotBlockPublicAccessState',
    'ebs_unencrypted': 'moto does not know GetEbsDefaultKmsKeyId',
    'imdsv2_required': 'moto forgets the other metadata options when one is changed',
    'eks_public_endpoint': 'moto forgets the subnets and the private endpoint when one is changed',
    'imdsv2_default': 'moto does not know GetInstanceMetadataDefaults',
}


def make(estate):
    named = {f'{case.action} {number}': case for number, case in enumerate(CASES)}
    return {
        'lacks': LACKS,
        'cases': [
            {
                'name': name,
                'action': case.action,
                'check': case.check,
                'resource': case.make(estate),
                'region': case.region,
                'account': estate.account,
            }
            for name, case in named.items()
        ],
    }


def look(estate, made):
    looks = {}
    for case, seen in zip(CASES, made, strict=True):
        state = case.look(estate, seen['resource'])
        looks[seen['name']] = {
            'state': state,
            'isMended': None if case.is_mended is None else case.is_mended(state),
        }
    return looks


verb = sys.argv[1]
answer = make(Estate(ACCOUNT)) if verb == 'make' else look(Estate(ACCOUNT), json.load(sys.stdin))
json.dump(answer, sys.stdout, default=str)
