# ruff: noqa: PLC0415 -- Django is set up first
"""Run in a folder with a directory: reads names of wishes, answers with milliseconds, by turns."""

import os
import sys
import time

NAMES = [
    "words: two", "words: a rare one", "words: a common one", "words: none fits",
    "place: near a town", "time: Tuesday evening", "time: today", "words, place and time",
]  # fmt: skip
HEATING = 3


def wishes():
    """What is asked: by words rare and common, place, time, and all of them."""
    from holdspace.directory.gazetteer import towns_named
    from holdspace.directory.queries import Wish

    boston, zone = towns_named("Boston", country="US")[0], "America/New_York"
    asked = [
        Wish(words="grief saturday"),
        Wish(words="nantucket"),
        Wish(words="church"),
        Wish(words="zzzz"),
        Wish(near=boston, km=25),
        Wish(day=1, part="evening", zone=zone),
        Wish(today=True, zone=zone),
        Wish(words="grief", near=boston, km=50, day=1, part="evening", zone=zone),
    ]
    return dict(zip(NAMES, asked, strict=True))


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
        for _ in range(HEATING):
            for wish in asked.values():
                search(wish, viewer=viewer)
        print("ready", flush=True)
        for line in sys.stdin:
            began = time.perf_counter()
            search(asked[line.strip()], viewer=viewer)
            print((time.perf_counter() - began) * 1000, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
