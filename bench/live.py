"""Many readers of one thread on the live line, a reply each second, pages asked for meanwhile."""

import json
import statistics
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.asking import Form, Server, ask
from bench.house import SERVER, House, cpu, free_port, pin, python, wait_until_ready
from bench.raw import SAY
from bench.sizes import Sizes
from bench.table import Row
from bench.words import POSTS, said

MUST_CPU, MUST_P99 = 2.5, 3.0
THREAD = 3  # nobody else writes in it
PAGES = 10  # asked for each second
ROUNDS, REST = 3, 1.0
MESSAGE = 1_900  # letters of what one reply of ours makes an open page hear, about


@dataclass
class Heard:
    """What readers showed: how late the words came, what it cost the server, what was missing."""

    late: list[float] = field(default_factory=list)  # ms from the answer that the writer got
    each: list[float] = field(default_factory=list)  # µs of CPU for one delivery
    missing: int = 0  # never heard within a second after the last


@dataclass
class Side:
    """One of the two: who is asked, where its lines are, how far its thread has turned."""

    server: Server
    cookies: list[str]
    line: str
    turn: int
    heard: Heard = field(default_factory=Heard)


def measured(house: House, web: int, settled: dict, sizes: Sizes, folder: Path) -> list[Row]:
    """Ours and a raw broadcast by turns on one core, each with readers and without."""
    talk, cookies = f"/g/{settled['code']}/talk/", settled["cookies"][: sizes.readers]
    reply = Form(f"{talk}{THREAD}/reply/", _fields, 303)
    mine = Server(web, house.port, {"page": f"{talk}1/?from=1", "reply": reply}, cookies[:16])
    ours = Side(mine, cookies, f"{talk}{THREAD}/live/", POSTS)
    with _raw(folder) as server:
        raw = Side(server, server.cookies * len(cookies), "/live/", 0)
        for one in (ours, raw):
            pin(one.server.pid, SERVER)
            one.server.asked("page", 1, 16)
        for _ in range(min(ROUNDS, sizes.rounds)):
            for one in (ours, raw):
                _round(house, one, sizes)
    return _rows(ours.heard, raw.heard, sizes)


def _fields() -> dict[str, str]:
    now = time.time_ns()
    return {"words": said(now), "key": str(now)}


@contextmanager
def _raw(folder: Path) -> Iterator[Server]:
    port, floor = free_port(), House(folder / "raw")
    with floor.process(*python("raw", str(floor.folder), str(port))) as raw:
        cookie = raw.stdout.readline().strip()
        wait_until_ready(port, "/")
        say = Form(SAY, lambda: {"words": "x" * MESSAGE}, 204)
        yield Server(raw.pid, port, {"page": "/", "reply": say}, [cookie])


def _round(house: House, one: Side, sizes: Sizes) -> None:
    """The same replies without readers and with them: the difference is theirs. Then with pages."""
    alone, _sent = _while(one, sizes, pages=False)
    words = python("listening", str(one.server.port), f"{one.line}?after={one.turn}")
    with house.process(*words) as readers:
        _say(readers, json.dumps(one.cookies))
        readers.stdout.readline()
        beside, answered = _while(one, sizes, pages=False)
        one.heard.each.append((beside - alone) * 1e6 / (len(one.cookies) * sizes.replies))
        answered += _while(one, sizes, pages=True)[1]
        time.sleep(REST)
        _say(readers, "report")
        heard = json.loads(readers.stdout.readline())
    for moments in heard:
        one.heard.missing += len(answered) - len(moments)
        late = [1000 * (at - since) for at, since in zip(moments, answered, strict=False)]
        one.heard.late += [max(0.0, took) for took in late[sizes.replies :]]


def _say(readers: Any, words: str) -> None:
    readers.stdin.write(f"{words}\n")
    readers.stdin.flush()


def _while(one: Side, sizes: Sizes, *, pages: bool) -> tuple[float, list[float]]:
    """Seconds of CPU while replies were sent, and when each was answered."""
    server, answered = one.server, []
    before = cpu(server.pid)
    with ThreadPoolExecutor(1) as pool:
        for _ in range(sizes.replies):
            until = time.perf_counter() + 1
            reading = pool.submit(_read, server, PAGES if pages else 0)
            ask(server.port, server.paths["reply"], server.cookies, 1, 1)
            answered.append(time.perf_counter())
            one.turn += 1
            reading.result()
            time.sleep(max(0.0, until - time.perf_counter()))
    return cpu(server.pid) - before, answered


def _read(server: Server, many: int) -> None:
    for _ in range(many):
        ask(server.port, server.paths["page"], server.cookies, 1, 1)
        time.sleep(0.5 / PAGES)


def _rows(ours: Heard, raw: Heard, sizes: Sizes) -> list[Row]:
    name = f"live, {sizes.readers} readers, a reply a second"
    (high, low), (each, bare) = (
        (_p99(ours.late), _p99(raw.late)),
        (statistics.median(ours.each), statistics.median(raw.each)),
    )
    return [
        Row(
            f"{name}, pages meanwhile: p99 until heard", f"{high:.0f} ms", f"{low:.0f} ms raw ASGI",
            high / max(low, 0.1), MUST_P99,
        ),
        Row(
            f"{name}: CPU a delivery", f"{each:.0f} µs", f"{bare:.0f} µs raw ASGI",
            each / max(bare, 0.1), MUST_CPU,
        ),
        Row(f"{name}: not heard", str(ours.missing), f"{raw.missing} raw ASGI", ours.missing, 0),
    ]  # fmt: skip


def _p99(took: Sequence[float]) -> float:
    return statistics.quantiles(took, n=100)[98] if len(took) > 1 else sum(took)
