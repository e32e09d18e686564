"""Four uploads that stop half-way: what everybody else's pages take with and without them."""

import socket
import statistics
import time
from contextlib import ExitStack

from bench.asking import ask, p95
from bench.house import House
from bench.sizes import Sizes
from bench.table import Row

UPLOADS = 4
MUST = 1.5  # the machine's own noise in a 95th percentile
HALF = (
    b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b"
    b"\r\nContent-Length: 200000\r\n\r\n--b\r\nhalf a sentence"
)


def measured(house: House, sizes: Sizes) -> list[Row]:
    """By turns without and with; the same four clients each time."""
    ask(house.port, "/", [], 1, 8)
    turns = [(_p95(house, 0, sizes), _p95(house, UPLOADS, sizes)) for _ in range(sizes.rounds)]
    ratio = statistics.median(beside / alone for alone, beside in turns)
    alone, beside = (statistics.median(turn[n] for turn in turns) for n in (0, 1))
    what = f"/, 4 clients, {UPLOADS} stalled uploads: p95"
    return [Row(what, f"{beside:.1f} ms", f"{alone:.1f} ms without", ratio, MUST)]


def _p95(house: House, uploads: int, sizes: Sizes) -> float:
    with ExitStack() as stack:
        for _ in range(uploads):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", house.port)))
            one.sendall(HALF)
        time.sleep(0.2)
        return p95(ask(house.port, "/", [], UPLOADS, sizes.requests))
