"""A worker of its own process with tasks whose effects can be counted: counters in Chain rows.

python -m holdspace.ledger.tests.outside queue 30 | work | clock | count
"""

import datetime as dt
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db.models import F  # noqa: E402 -- Django first

from holdspace.ledger import events, queue, worker  # noqa: E402
from holdspace.ledger.acts import act, outside_act  # noqa: E402
from holdspace.ledger.models import Chain, Task  # noqa: E402

AFTER, CLOCK = 71, 72
queue.LEASE = dt.timedelta(seconds=1)
worker.IDLE = 0.05
worker.BEAT = 0.3


@act
def count_up(*, chain, by):
    Chain.objects.filter(id=chain).update(number=F("number") + 1)


@events.after("outside.counted")
def count(number):
    count_up(chain=AFTER, by="clock")
    time.sleep(0.02)  # so that a kill often falls between the effect and its commit


def tick():
    count_up(chain=CLOCK, by="clock")


def main(word, *more):
    if word == "queue":
        with outside_act("test"):
            Chain.objects.bulk_create([Chain(id=AFTER), Chain(id=CLOCK)])
            for number in range(int(more[0])):
                events.announce("outside.counted", number=number)
    elif word == "count":
        counts = dict(Chain.objects.values_list("id", "number"))
        left = Task.objects.filter(slot__isnull=True).count()
        sys.stdout.write(f"{counts.get(AFTER, 0)} {counts.get(CLOCK, 0)} {left}\n")
    else:
        if word == "clock":
            events.every("1s")(tick)
        worker.Worker().run()


if __name__ == "__main__":
    main(*sys.argv[1:])
