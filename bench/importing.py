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
    began = time.perf_counter()
    with scope.entered(house.id):
        done = bring_in(feed, Said("Bench"), by=SYSTEM, organisation=house.id, zone=house.zone)
    took = time.perf_counter() - began
    _now, peak = memory(os.getpid())
    print(json.dumps({"created": done.counts.created, "seconds": took, "peak": peak}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
