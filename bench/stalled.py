"""Four uploads that stop half-way: what everybody else's pages take with and without them."""

import socket
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
    """By turns without and with, whoever comes first changing; the same four clients each time."""
    ask(house.port, "/", [], 1, 8)
    took: dict[int, list[float]] = {0: [], UPLOADS: []}
    for turn in range(2 * sizes.rounds):
        for uploads in (0, UPLOADS) if turn % 2 else (UPLOADS, 0):
            took[uploads] += _asked(house, uploads, sizes)
    alone, beside = p95(took[0]), p95(took[UPLOADS])
    what = f"/, 4 clients, {UPLOADS} stalled uploads: p95"
    return [Row(what, f"{beside:.1f} ms", f"{alone:.1f} ms without", beside / alone, MUST)]


def _asked(house: House, uploads: int, sizes: Sizes) -> list[float]:
    with ExitStack() as stack:
        for _ in range(uploads):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", house.port)))
            one.sendall(HALF)
        time.sleep(0.2)
        return ask(house.port, "/", [], UPLOADS, sizes.requests)
