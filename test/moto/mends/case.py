from collections.abc import Callable
from dataclasses import dataclass

from botocore.exceptions import ClientError


@dataclass(frozen=True)
class Case:
    """One mistake that an action mends."""

    action: str
    check: str
    # Puts the mistake in place, and names the resource as a finding does.
    make: Callable
    # Everything that boto3 says of the resource.
    look: Callable
    # Whether that is what the action promises; None: the scan alone tells.
    is_mended: Callable | None = None
    region: str | None = 'us-east-1'


def told(call, *absent, **asked):
    """What an operation answers, without what differs from one answer to the next; None: there is none."""
    try:
        answer = call(**asked)
    except ClientError as error:
        if error.response['Error']['Code'] in absent:
            return None
        raise
    answer.pop('ResponseMetadata', None)
    return answer


def name_of(resource):
    return resource.rsplit('/', 1)[-1].rsplit(':', 1)[-1]


def without(value, *keys):
    """What is numbered or dated anew by the way back."""
    if isinstance(value, list):
        return [without(each, *keys) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: without(each, *keys) for key, each in value.items() if key not in keys}


def ordered(value):
    """What is put back may stand in another place of its list."""
    if isinstance(value, list):
        return sorted((ordered(each) for each in value), key=repr)
    if not isinstance(value, dict):
        return value
    return {key: ordered(each) for key, each in sorted(value.items())}
