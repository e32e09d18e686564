"""The directory: feeds of three sizes brought in, small and large searched by turns."""

import statistics
from pathlib import Path

from bench.asking import p95
from bench.house import SERVER, House, pin, python
from bench.searching import NAMES
from bench.sizes import Sizes
from bench.table import Row

MUST = 2.0
MOST_COUNTED = 100  # as search counts
FLAT = 1.15  # memory: the interpreter's own pages come and go


def measured(prepared: House, folder: Path, sizes: Sizes) -> list[Row]:
    """All of it, in three installations of their own."""
    houses, told = {}, {}
    for size in (sizes.few, sizes.middle, sizes.many):
        houses[size] = prepared.copied(folder / f"directory{size}")
        told[size] = houses[size].told(*python("importing", str(size), "bench"))
    few, many = houses[sizes.few], houses[sizes.many]
    return [*_imported(sizes, told), *_searched(few, many, sizes)]


def _imported(sizes: Sizes, told: dict[int, dict]) -> list[Row]:
    middle, many = told[sizes.middle], told[sizes.many]
    rates = [one["created"] / one["seconds"] for one in (many, middle)]
    peaks = [one["peak"] for one in (many, middle)]
    what = f"import of {sizes.many:,} listings"
    at = f"at {sizes.middle:,}"
    return [
        Row(f"{what}: records/s", f"{rates[0]:.0f}", f"{rates[1]:.0f} {at}"),
        Row(
            f"{what}: peak memory", f"{peaks[0]:.0f} MB", f"{peaks[1]:.0f} MB {at}",
            peaks[0] / peaks[1], FLAT,
        ),
    ]  # fmt: skip


def _searched(few: House, many: House, sizes: Sizes) -> list[Row]:
    """Each wish in the small and the large directory by turns, both on one core."""
    words = python("searching", "bench")
    with few.process(*words) as small, many.process(*words) as large:
        both = (large, small)
        for one in both:
            one.stdout.readline()
            pin(one.pid, SERVER)
        every: tuple[list[float], list[float]] = ([], [])
        rows = [_row(name, both, sizes, every) for name in NAMES]
    high, low = p95(every[0]), p95(every[1])
    together = "search, all of these together: p95 of CPU"
    return [
        *rows,
        Row(together, f"{high:.1f} ms", f"{low:.1f} ms at {sizes.few:,}", high / low, MUST),
    ]


def _row(name: str, both: tuple, sizes: Sizes, every: tuple[list[float], list[float]]) -> Row:
    """Judged by CPU: on a busy machine the clock's 95th percentile is that of whoever else is.

    How many were found is said, so that nobody takes a full page beside an empty one for a slope.
    What each turn took is added to `every`.
    """
    worked: tuple[list[float], list[float]] = ([], [])
    took: tuple[list[float], list[float]] = ([], [])
    counts = [0, 0]
    for _ in range(sizes.turns):
        for place, one in enumerate(both):
            one.stdin.write(f"{name}\n")
            one.stdin.flush()
            cpu, wall, found = one.stdout.readline().split()
            worked[place].append(float(cpu))
            took[place].append(float(wall))
            counts[place] = int(found)
    for kept, more in zip(every, worked, strict=True):
        kept.extend(more)
    high, low = p95(worked[0]), p95(worked[1])
    middles = [statistics.median(times) for times in took]
    many, few = (f"{n} found" if n <= MOST_COUNTED else "many found" for n in counts)
    return Row(
        f"search, {name}: p95 of CPU (clock, median)", f"{high:.1f} ms ({middles[0]:.1f}), {many}",
        f"{low:.1f} ms ({middles[1]:.1f}), {few} at {sizes.few:,}", high / low, MUST,
    )  # fmt: skip
