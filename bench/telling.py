"""The command: which parts, how much, and the table at the end."""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import (
    calendars,
    conversation,
    directories,
    first_view,
    growing,
    live,
    pages,
    stalled,
    starting,
)
from bench.house import ROOT, House, databases, python
from bench.sizes import FULL, SMALL, SMOKE, Sizes
from bench.table import Row, lines

LISTED = 60  # listings beside our groups, so that the directory's first page is full
PARTS = ("house", "conversation", "growing", "directory", "calendar")


def main(words: Sequence[str]) -> int:
    """Measure, print; 0 also with misses: the table says so itself."""
    parser = argparse.ArgumentParser("./bench/run", description="Figures beside their floors.")
    parser.add_argument("part", nargs="*", help=f"of: {', '.join(PARTS)} (default: all)")
    parser.add_argument("--small", action="store_true", help="1,000 and 10,000 listings")
    parser.add_argument("--postgresql", action="store_true", help="on one, started for it")
    parser.add_argument("--smoke", action="store_true", help="as little as runs through at all")
    chosen = parser.parse_args(words)
    if unknown := set(chosen.part) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    sizes = SMOKE if chosen.smoke else SMALL if chosen.small else FULL
    began, load = time.monotonic(), os.getloadavg()[0]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="holdspace-bench-")))
        server = stack.enter_context(_server()) if chosen.postgresql else ""
        rows = _measured(House(folder / "prepared", server), folder, sizes, chosen.part or PARTS)
    print("\n".join(lines(rows)))
    took = time.monotonic() - began
    print(
        f"\n{os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{'PostgreSQL' if chosen.postgresql else 'SQLite'}, load {load:.1f} before "
        f"and {os.getloadavg()[0]:.1f} after; {took:.0f} s"
    )
    return 0


@contextmanager
def _server() -> Iterator[str]:
    """A PostgreSQL for the length of the run, in memory and without fsync, as the tests use it."""
    sys.path.append(str(ROOT / ".ci"))
    import machine  # noqa: PLC0415 -- only where it is wanted
    import postgres  # noqa: PLC0415 -- only where it is wanted

    with postgres.cluster(machine.postgresql()) as leads:
        server = leads["HOLDSPACE_TEST_DATABASE_URL"].rpartition("/")[0]
        databases(server, "prepared")
        yield server


def _measured(prepared: House, folder: Path, sizes: Sizes, parts: Sequence[str]) -> list[Row]:
    rows: list[Row] = []
    prepared.manage("prepare")
    if "house" in parts:
        rows += _house(prepared, folder, sizes)
    if "conversation" in parts:
        rows += _conversation(prepared, folder, sizes)
    if "growing" in parts:
        _say("much said, and little")
        rows += growing.measured(prepared, folder, sizes)
    if "directory" in parts:
        _say("the directory")
        rows += directories.measured(prepared, folder, sizes)
    if "calendar" in parts:
        _say("calendars written, series unfolded")
        rows += calendars.measured(prepared, sizes)
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


def _conversation(prepared: House, folder: Path, sizes: Sizes) -> list[Row]:
    """One group whose people have said much: read, answered, and listened to."""
    _say("a group in conversation")
    house = prepared.copied(folder / "conversation")
    settled = house.told(*python("talking", str(sizes.readers), str(sizes.posts)))
    with house.serving() as web:
        _say("page, list and reply beside a bare page and a forum")
        rows = conversation.alone(house, settled)
        rows += conversation.measured(house, web.pid, settled, sizes, folder)
        _say("readers who hear as it comes")
        return rows + live.measured(house, web.pid, settled, sizes, folder)


def _say(step: str) -> None:
    print(f"  {step} …", file=sys.stderr, flush=True)
