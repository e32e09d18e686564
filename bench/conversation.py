"""A group's conversation as a member meets it: beside a bare page, and beside a forum, by turns."""

import itertools
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import first_view, forum
from bench.asking import Form, Server
from bench.house import SERVER, House, free_port, pin, python, wait_until_ready
from bench.sizes import Sizes
from bench.table import Row
from bench.words import POSTS, said

MUST = 2.2  # CPU beside the bare page
MUST_VIEW, MUST_SEALING = 60.0, 3.0  # kB; percent of the page's CPU
TIMES = {"page": 6.0, "list": 4.0, "sent": 3.0, "reply": 3.0}  # requests a second beside the forum
NAMES = {
    "page": f"thread page, {POSTS} posts",
    "list": "list of threads",
    "reply": "a reply, sent and read",
    "sent": "a reply, its form alone",
}
CLIENTS = (1, 16)
Turn = dict[str, tuple[float, float]]  # by who was asked: CPU of a request, requests a second


def measured(house: House, web: int, settled: dict, sizes: Sizes, folder: Path) -> list[Row]:
    """Page, list and reply at 1 and 16 clients, everybody by turns on the same core."""
    with ExitStack() as stack:
        asked = {"ours": Server(web, house.port, _paths(settled), settled["cookies"][:16])}
        for name, what in (("page", "posts"), ("list", "rows")):
            floor = house.beside(folder / f"bare-{name}")
            asked[f"bare {name}"] = stack.enter_context(_bare(floor, name, what))
        other, why = forum.beside(stack, folder, sizes)
        if other is not None:
            asked["forum"] = other
        for one in asked.values():
            pin(one.pid, SERVER)
            one.visited(next(path for path in one.paths.values() if isinstance(path, str)))
        each = itertools.product(NAMES, CLIENTS)
        return [row for what, many in each for row in _rows(what, many, asked, sizes, why)]


def _paths(settled: dict) -> dict[str, str | Form]:
    talk, more = f"/g/{settled['code']}/talk/", itertools.count(1)

    def fields() -> dict[str, str]:
        return {"words": said(next(more)), "key": str(time.time_ns())}

    return {
        "page": f"{talk}1/?from=1",
        "list": talk,
        "reply": Form(f"{talk}2/reply/", fields, 303, read=True),
        "sent": Form(f"{talk}2/reply/", fields, 303),
    }


def alone(house: House, settled: dict) -> list[Row]:
    """What needs no other: the bytes of a first view, and what of a page is sealing."""
    path, cookie = _paths(settled)["page"], settled["cookies"][0]
    viewed = first_view.viewed(house, "a thread", str(path), MUST_VIEW, cookie)
    told = house.told(*python("sealing", str(path), cookie))
    opened, asked, whole = told["opening"], told["checking"], told["page"]
    share = 100 * (opened + asked) / whole
    name = f"sealing, {told['values']} values opened and the keys asked after: % of the page's CPU"
    shares = f"{1000 * opened:.0f} and {1000 * asked:.0f} µs", f"{whole:.2f} ms a page"
    return [viewed, Row(name, *shares, share, MUST_SEALING)]


@contextmanager
def _bare(floor: House, name: str, what: str) -> Iterator[Server]:
    port = free_port()
    words = python("bare", str(floor.folder), str(port), str(POSTS), what)
    with floor.process(*words) as bare:
        cookie = bare.stdout.readline().strip()
        wait_until_ready(port, "/")
        yield Server(bare.pid, port, {name: "/"}, [cookie])


def _rows(
    what: str, clients: int, asked: dict[str, Server], sizes: Sizes, why: str
) -> Iterator[Row]:
    """One line beside the bare page, where there is one, and one beside the forum."""
    here = {name: one for name, one in asked.items() if what in one.paths}
    for one in here.values():
        one.asked(what, clients, 16)
    turns = [
        {name: one.asked(what, clients, sizes.requests) for name, one in here.items()}
        for _ in range(sizes.rounds)
    ]
    name = f"{NAMES[what]}, {clients} client{'s' if clients > 1 else ''}"
    if f"bare {what}" in here:
        yield _beside_bare(name, what, turns)
    if "forum" in here:
        yield _beside_forum(name, what, turns)
    else:
        yield Row(f"{name}: beside django-spirit", "", f"NOT RUN: {why}")


def _beside_bare(name: str, what: str, turns: Sequence[Turn]) -> Row:
    ours, bare = (_median(turns, one, 0) for one in ("ours", f"bare {what}"))
    ratio = statistics.median(turn["ours"][0] / turn[f"bare {what}"][0] for turn in turns)
    return Row(f"{name}: CPU a request", f"{ours:.2f} ms", f"{bare:.2f} ms bare", ratio, MUST)


def _beside_forum(name: str, what: str, turns: Sequence[Turn]) -> Row:
    """How many times the requests that a second of CPU answers; by the clock in brackets."""
    ours, forums = (
        f"{1000 / _median(turns, one, 0):.0f}/s ({_median(turns, one, 1):.0f})"
        for one in ("ours", "forum")
    )
    times = statistics.median(turn["forum"][0] / turn["ours"][0] for turn in turns)
    name = f"{name}: requests a second of CPU (clock)"
    return Row(name, ours, f"{forums} django-spirit", times, TIMES[what], times=True)


def _median(turns: Sequence[Turn], one: str, which: int) -> float:
    return statistics.median(turn[one][which] for turn in turns)
