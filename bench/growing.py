"""The same pages where much was said and where little was, by turns: what p95 does with it."""

from contextlib import ExitStack
from pathlib import Path

from bench.asking import Form, Server, ask, p95
from bench.house import SERVER, House, cpu, pin, python
from bench.sizes import Sizes
from bench.table import Row

MUST = 1.3
BROWSERS, HEATING = 4, 8
NAMES = {"page": "thread page", "list": "list of threads", "search": "search in a group"}


def measured(prepared: House, folder: Path, sizes: Sizes) -> list[Row]:
    """Two installations, each with one group; both are served at once, on one core."""
    many = sizes.many_posts
    with ExitStack() as stack:
        both, wrote = [], []
        for size in (many, sizes.few_posts):
            house = prepared.copied(folder / f"talked{size}")
            told = house.told(*python("talking", str(BROWSERS), str(size)))
            web = stack.enter_context(house.serving())
            pin(web.pid, SERVER)
            both.append(Server(web.pid, house.port, _paths(told), told["cookies"]))
            wrote.append(told["seconds"])
        written = Row(f"writing {many:,} posts in bulk, sealed", f"{wrote[0]:.0f} s")
        return [written, *(_row(what, both, sizes) for what in NAMES)]


def _paths(told: dict) -> dict[str, str | Form]:
    talk = f"/g/{told['code']}/talk/"
    return {
        "page": f"{talk}{told['threads'] // 2}/?from=1",
        "list": talk,
        "search": Form("/my-groups/search/", lambda: {"words": "kettle shower"}, 200),
    }


def _row(what: str, both: list[Server], sizes: Sizes) -> Row:
    """Judged by CPU, one request at a time: the clock's p95 is that of whoever else is busy."""
    worked: tuple[list[float], list[float]] = ([], [])
    clocks: tuple[list[float], list[float]] = ([], [])
    for one in both:
        one.asked(what, 1, HEATING)
    for _ in range(sizes.rounds * sizes.requests // 4):
        for one, work, took in zip(both, worked, clocks, strict=True):
            before = cpu(one.pid)
            took.extend(ask(one.port, one.paths[what], one.cookies, 1, 1))
            work.append((cpu(one.pid) - before) * 1000)
    high, low = (p95(times) for times in worked)
    walls = [p95(times) for times in clocks]
    return Row(
        f"{NAMES[what]}, {sizes.many_posts:,} posts: p95 of CPU (clock)",
        f"{high:.1f} ms ({walls[0]:.1f})",
        f"{low:.1f} ms ({walls[1]:.1f}) at {sizes.few_posts:,}",
        high / low,
        MUST,
    )
