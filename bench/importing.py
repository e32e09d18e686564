# ruff: noqa: PLC0415 -- Django is set up first
"""Run in a prepared folder: import a feed of so many listings; prints seconds and memory."""

import json
import os
import sys
import time
from pathlib import Path

from bench.feed import write
from bench.house import memory


def main(size: int, slug: str) -> None:
    """An organisation of its own for the feed; the feed lies on disk before the clock runs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from holdspace.directory.bringing import Said, bring_in
    from holdspace.kit import scope
    from holdspace.ledger.acts import SYSTEM
    from holdspace.organisations.actions import open_organisation
    from holdspace.organisations.queries import organisation_named

    house = organisation_named(slug) or open_organisation(by=SYSTEM, name="Bench", slug=slug)
    feed = write(size, Path(os.environ["HOLDSPACE_DATA"]))
    began, worked = time.perf_counter(), time.process_time()
    with scope.entered(house.id):
        done = bring_in(feed, Said("Bench"), by=SYSTEM, organisation=house.id, zone=house.zone)
    took, cpu = time.perf_counter() - began, time.process_time() - worked
    _now, peak = memory(os.getpid())
    counted = {"created": done.counts.created, "unchanged": done.counts.unchanged}
    print(json.dumps({**counted, "seconds": took, "cpu": cpu, "peak": peak}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
