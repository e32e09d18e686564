"""From nothing running to the first 200 of /healthz, on a folder that is prepared."""

import statistics
import time

from bench.house import House, memory
from bench.sizes import Sizes
from bench.table import Row

MUST = 140.0  # MB


def started(house: House, sizes: Sizes) -> list[Row]:
    """Several starts: looking the folder over (`./manage prepare`), then web and worker."""
    looked, served = [], []
    for _ in range(sizes.starts):
        began = time.perf_counter()
        house.manage("prepare")
        between = time.perf_counter()
        with house.serving():
            served.append(time.perf_counter() - between)
        looked.append(between - began)
    prepare, serve = statistics.median(looked), statistics.median(served)
    floor = f"prepare {prepare:.2f} s, web and worker {serve:.2f} s"
    return [Row("start on a prepared folder", f"{prepare + serve:.2f} s", floor)]


def held(web: int) -> list[Row]:
    """Memory of the web process after everything that was asked of it."""
    now, peak = memory(web)
    return [
        Row(
            "memory of one web process after load", f"{now:.0f} MB, peak {peak:.0f}", "", peak, MUST
        )
    ]
