"""Where the account is made: its clients, and what each thing in it must be judged to be."""

import json

import boto3

ACCOUNT = '123456789012'
SOUND_ACCOUNT = '222222222222'
BARE_ACCOUNT = '444444444444'
REGIONS = ('us-east-1', 'eu-central-1')


class Estate:
    def __init__(self, account, credentials=None):
        self.account = account
        self.session = boto3.Session(**(credentials or {}))
        self.verdicts = []
        self.lacking = {}

    def client(self, service, region='us-east-1'):
        client = self.session.client(service, region_name=region)
        client.meta.events.register('before-sign.s3-control', self._without_prefix)
        return client

    def _without_prefix(self, request, **_):
        """An address has no subdomains: S3 Control puts the account before the host's name."""
        request.url = request.url.replace(f'//{self.account}.', '//', 1)

    def good(self, resource, *checks):
        self._expect('PASS', resource, checks)

    def bad(self, resource, *checks):
        self._expect('FAIL', resource, checks)

    def lacks(self, reason, *checks):
        """What moto has not, and so a verdict, or both, on these is not expected."""
        self.lacking.update(dict.fromkeys(checks, reason))

    def _expect(self, status, resource, checks):
        for check in checks:
            self.verdicts.append({'check': check, 'resource': resource, 'status': status})

    def arn(self, service, path, region='us-east-1'):
        return f'arn:aws:{service}:{region}:{self.account}:{path}'

    def region_id(self, region):
        return f'{self.account}/{region}'

    @property
    def root(self):
        return f'arn:aws:iam::{self.account}:root'


def policy(*statements):
    return json.dumps({'Version': '2012-10-17', 'Statement': list(statements)})


def allow(action, resource='*', **more):
    return {'Effect': 'Allow', 'Action': action, 'Resource': resource, **more}
