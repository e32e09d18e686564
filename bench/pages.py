"""A group's page and "my groups", signed in, against the bare page: CPU of one request."""

import statistics
from pathlib import Path

from bench.asking import ask
from bench.house import SERVER, House, cpu, free_port, pin, python, wait_until_ready
from bench.sizes import Sizes
from bench.table import Row

MUST = 2.2
MEETINGS = 3  # shown on a group's page


def measured(house: House, web: int, settled: dict, sizes: Sizes, folder: Path) -> list[Row]:
    """Both pages at 1 and 16 clients, ours and the floor by turns on the same core."""
    code = settled["groups"][0]
    paths = {
        f"/g/…/, {settled['people']} members": (f"/g/{code}/", settled["people"] + MEETINGS),
        "/my-groups/, 3 groups": ("/my-groups/", 2 * len(settled["groups"])),
    }
    rows = []
    pin(web, SERVER)
    for what, (path, lines) in paths.items():
        port = free_port()
        floor = house.beside(folder / f"bare{lines}")
        with floor.process(
            *python("bare", str(floor.folder), str(port), str(lines), "rows")
        ) as bare:
            cookie = bare.stdout.readline().strip()
            wait_until_ready(port, "/")
            pin(bare.pid, SERVER)
            for clients in (1, 16):
                both = (web, house.port, path, settled["cookies"]), (bare.pid, port, "/", [cookie])
                rows.append(_row(what, clients, both, sizes))
    return rows


def _row(what: str, clients: int, both: tuple, sizes: Sizes) -> Row:
    for one in both:
        _a_request(one, clients, 16)
    turns = [
        [_a_request(one, clients, sizes.requests) for one in both] for _ in range(sizes.rounds)
    ]
    ratio = statistics.median(ours / floor for ours, floor in turns)
    ours, floor = (statistics.median(turn[n] for turn in turns) for n in (0, 1))
    name = f"{what}, {clients} client{'s' if clients > 1 else ''}: CPU a request"
    return Row(name, f"{ours:.2f} ms", f"{floor:.2f} ms bare", ratio, MUST)


def _a_request(one: tuple, clients: int, requests: int) -> float:
    """Milliseconds of the server's CPU for one request of so many."""
    pid, port, path, cookies = one
    before = cpu(pid)
    asked = ask(port, path, cookies, clients, requests)
    return (cpu(pid) - before) * 1000 / len(asked)
