# ruff: noqa: PLC0415 -- Django is set up first
"""Run in a folder with a directory: reads names of wishes, answers each with three figures.

Milliseconds of CPU, ours and that of the database's process, milliseconds on the clock, and how
many listings were counted (at most one more than a hundred).
"""

import os
import sys
import time

from bench.feed import CROWD
from bench.house import cpu

# Of this the small directory has none, so that it fetches no page: not like with like, and said so.
NONE = "words, place and time, a rare meeting"
NAMES = [
    "nothing asked", "words: two", "words: five", "words: a rare one", "words: a common one",
    "words: none fits", "place: near a town", "place: 100 km", "place: a crowd within 5 km",
    "place: a crowd on the edge", "place: a crowd, words and time", "time: Tuesday evening",
    "time: evenings", "time: today", "a common word, today", "kind, language, online",
    "more choices", "words, place and time", NONE, "all choices", "the fifth page",
]  # fmt: skip
HEATING = 3


def wishes():
    """What is asked: by words rare and common, place, time, choices, and all of them."""
    from holdspace.directory.gazetteer import Town, towns_named
    from holdspace.directory.queries import Wish

    boston, zone = towns_named("Boston", country="US")[0], "America/New_York"
    north, east = CROWD
    within, beside = (
        Town("Here", "", "US", north, east - away, 1, zone) for away in (0.01, 25 / 82.2)
    )  # a degree east is 82.2 km there
    asked = [
        Wish(),
        Wish(words="grief saturday"),
        Wish(words="grief saturday kettle church example"),
        Wish(words="nantucket"),
        Wish(words="church"),
        Wish(words="zzzz"),
        Wish(near=boston, km=25),
        Wish(near=boston, km=100),
        Wish(near=within, km=5),
        Wish(near=beside, km=25),
        Wish(words="grief", near=within, km=50, part="evening", zone=zone),
        Wish(day=1, part="evening", zone=zone),
        Wish(part="evening", zone=zone),
        Wish(today=True, zone=zone),
        Wish(words="church", today=True, zone=zone),
        Wish(kind="peer", language="es", mode="online"),
        Wish(access=("step-free",), come=True, mode="in_person", identity="women"),
        Wish(words="church", near=within, km=50, part="evening", zone=zone),
        Wish(words="grief", near=boston, km=50, day=1, part="evening", zone=zone),
        Wish(words="church", kind="peer", language="es", mode="in_person", access=("step-free",),
             identity="women", near=within, km=50, part="evening", come=True, zone=zone),
        Wish(mode="in_person"),
    ]  # fmt: skip
    return dict(zip(NAMES, asked, strict=True))


def _workers():
    """The processes that do the work: this one, and on PostgreSQL its backend."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return [os.getpid()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return [os.getpid(), cursor.fetchone()[0]]


def main(slug: str) -> None:
    """Answer until standard input ends: one line in, one line out."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from holdspace.directory.queries import search
    from holdspace.kit import scope
    from holdspace.kit.viewer import Viewer
    from holdspace.organisations.queries import organisation_named

    house, asked = organisation_named(slug), wishes()
    viewer = Viewer(organisation=house.id)
    with scope.entered(house.id):
        marks = dict.fromkeys(NAMES, "")
        for _ in range(4):
            later = search(asked[NAMES[-1]], viewer=viewer, after=marks[NAMES[-1]])
            marks[NAMES[-1]] = later.after
        for _ in range(HEATING):
            for wish in asked.values():
                search(wish, viewer=viewer)
        pids = _workers()
        print("ready", flush=True)
        for line in sys.stdin:
            name = line.strip()
            before, began = [cpu(pid) for pid in pids], time.perf_counter()
            found = search(asked[name], viewer=viewer, after=marks[name])
            took = time.perf_counter() - began
            worked = sum(cpu(pid) for pid in pids) - sum(before)
            print(worked * 1000, took * 1000, found.count, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
