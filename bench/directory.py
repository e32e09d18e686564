# ruff: noqa: PLC0415 -- Django is set up first
"""Directory search and import over a small and a large directory, side by side.

    .venv/bin/python bench/directory.py [SMALL LARGE]

Synthetic listings made from the sample feed, in throw-away databases. Prints a table.
"""

import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "holdspace" / "directory" / "tests" / "feeds" / "family-massachusetts.json"
TURNS = 30
NAMES = ["grief", "anxiety", "depression", "panic", "parents", "young", "autism", "sleep"]


def a_feed(size: int, folder: Path) -> Path:
    """A Meeting Guide file of that many records around the sample's places; kept off the memory."""
    chance, base = random.Random(size), json.loads(SAMPLE.read_text())
    path = folder / f"feed{size}.json"
    with path.open("w") as file:
        for number in range(size):
            record = dict(base[number % len(base)])
            record["slug"] = f"s{number}"
            record["day"] = chance.randrange(7)
            record["time"] = f"{chance.randrange(7, 22):02}:{chance.choice(['00', '30'])}"
            record["latitude"] += chance.uniform(-3, 3)
            record["longitude"] += chance.uniform(-8, 3)
            record["name"] += f" {chance.choice(NAMES)}"
            file.write(("," if number else "[") + json.dumps(record))
        file.write("]")
    return path


def prepared() -> None:
    """Throw-away databases, migrated."""
    import django

    django.setup()
    from django.core.management import call_command

    from holdspace.vault import rootkey
    from holdspace.vault.scopes import ensure_installation

    call_command("migrate", verbosity=0)
    call_command("migrate", database="keys", verbosity=0)
    rootkey.ensure()
    ensure_installation()


def imported(size: int):
    """An organisation with that many imported listings; prints records a second and memory."""
    from holdspace.directory.bringing import Said, bring_in
    from holdspace.kit import scope
    from holdspace.ledger.acts import SYSTEM
    from holdspace.organisations.actions import open_organisation

    house = open_organisation(by=SYSTEM, name=f"Bench {size}", slug=f"bench{size}")
    feed = a_feed(size, Path(os.environ["HOLDSPACE_DATA"]))
    began = time.perf_counter()
    with scope.entered(house.id):
        bring_in(feed, Said("Bench"), by=SYSTEM, organisation=house.id, zone=house.zone)
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"import {size:>7}: {size / took:7.0f} records/s, peak {peak} MB")
    return house


def wishes():
    """What is asked: by words rare and common, place, time, and all of them."""
    from holdspace.directory.gazetteer import towns_named
    from holdspace.directory.queries import Wish

    boston, zone = towns_named("Boston", country="US")[0], "America/New_York"
    return {
        "everything": Wish(),
        "two words": Wish(words="grief saturday"),
        "a rare word": Wish(words="nantucket"),
        "a common word": Wish(words="church"),
        "near a town": Wish(near=boston, km=25),
        "tuesday evening": Wish(day=1, part="evening", zone=zone),
        "online": Wish(mode="online"),
        "today": Wish(today=True, zone=zone),
        "all of it": Wish(words="grief", near=boston, km=50, day=1, part="evening", zone=zone),
        "nothing": Wish(words="zzzz"),
    }


def p95(house, wish) -> float:
    """Milliseconds, 95th percentile."""
    from holdspace.directory.queries import search
    from holdspace.kit import scope
    from holdspace.kit.viewer import Viewer

    viewer, took = Viewer(organisation=house.id), []
    with scope.entered(house.id):
        for _turn in range(TURNS):
            began = time.perf_counter()
            search(wish, viewer=viewer)
            took.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(took, n=20)[18]


def main(small: int, large: int) -> None:
    """Both sizes, the same wishes, one table."""
    prepared()
    few, many = imported(small), imported(large)
    print(f"{'search, p95 in ms':<22}{small:>10}{large:>10}{'ratio':>8}")
    total = [0.0, 0.0]
    for name, wish in wishes().items():
        a, b = p95(few, wish), p95(many, wish)
        total[0] += a
        total[1] += b
        print(f"{name:<22}{a:>10.1f}{b:>10.1f}{b / a:>8.1f}")
    print(f"{'all together':<22}{total[0]:>10.1f}{total[1]:>10.1f}{total[1] / total[0]:>8.1f}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("HOLDSPACE_DATA", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        for part in ("content", "keys"):
            (Path(folder) / part).mkdir(mode=0o700)
        sizes = [int(a) for a in sys.argv[1:3]] or [1_000, 100_000]
        main(*sizes)
