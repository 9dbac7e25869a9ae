"""The moto server, with a clock that is so many days slow: what it makes is that old at once."""

import datetime
import sys

import moto.core.utils

slow = datetime.timedelta(days=int(sys.argv.pop(1)))
now = moto.core.utils.utcnow
# Before its services are loaded, which take it from there.
moto.core.utils.utcnow = lambda: now() - slow

from moto.server import main

main()
