"""The command: which parts, how much, and the table at the end."""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench import directories, first_view, pages, stalled, starting
from bench.house import House, python
from bench.sizes import FULL, SMALL, SMOKE, Sizes
from bench.table import Row, lines

LISTED = 60  # listings beside our groups, so that the directory's first page is full
PARTS = ("house", "directory")


def main(words: Sequence[str]) -> int:
    """Measure, print; 0 also with misses: the table says so itself."""
    parser = argparse.ArgumentParser("./bench/run", description="Figures beside their floors.")
    parser.add_argument("part", nargs="*", help=f"of: {', '.join(PARTS)} (default: both)")
    parser.add_argument("--small", action="store_true", help="1,000 and 10,000 listings")
    parser.add_argument("--smoke", action="store_true", help="as little as runs through at all")
    chosen = parser.parse_args(words)
    if unknown := set(chosen.part) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    sizes = SMOKE if chosen.smoke else SMALL if chosen.small else FULL
    began, load = time.monotonic(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="holdspace-bench-") as folder:
        rows = _measured(Path(folder), sizes, chosen.part or PARTS)
    print("\n".join(lines(rows)))
    took = time.monotonic() - began
    print(
        f"\n{os.cpu_count()} cores, Python {platform.python_version()}, SQLite, load {load:.1f} "
        f"before and {os.getloadavg()[0]:.1f} after; {took:.0f} s"
    )
    return 0


def _measured(folder: Path, sizes: Sizes, parts: Sequence[str]) -> list[Row]:
    rows: list[Row] = []
    prepared = House(folder / "prepared")
    prepared.manage("prepare")
    if "house" in parts:
        rows += _house(prepared, folder, sizes)
    if "directory" in parts:
        _say("the directory")
        rows += directories.measured(prepared, folder, sizes)
    return rows


def _house(prepared: House, folder: Path, sizes: Sizes) -> list[Row]:
    """One installation with groups and people: started, looked at, asked, held up, weighed."""
    _say("a house with groups and people")
    house = prepared.copied(folder / "house")
    settled = house.told(*python("settling"))
    house.run(*python("importing", str(LISTED), "bench"))
    _say("starts")
    rows = starting.started(house, sizes)
    with house.serving() as web:
        _say("first views")
        rows += first_view.measured(house, settled)
        _say("signed-in pages beside the bare page")
        rows += pages.measured(house, web.pid, settled, sizes, folder)
        _say("stalled uploads")
        rows += stalled.measured(house, sizes)
        rows += starting.held(web.pid)
    return rows


def _say(step: str) -> None:
    print(f"  {step} …", file=sys.stderr, flush=True)
