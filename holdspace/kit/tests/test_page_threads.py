"""Who makes a page: whoever was busy last; all at once when there is need; nobody waits in vain."""

import asyncio
import threading

import pytest

from holdspace.kit.server.pages import THREADS, Pages
from holdspace.kit.server.spool import Spool

TOGETHER = threading.Barrier(THREADS, timeout=20)


def page(env, start):
    """Says which thread made it; `/both` waits until all are at it, `/broken` fails."""
    if env["PATH_INFO"] == "/both":
        TOGETHER.wait()
    if env["PATH_INFO"] == "/broken":
        raise RuntimeError
    start("200 OK", [])
    return [threading.current_thread().name.encode()]


async def made_by(pages, path="/"):
    asked = {"method": "GET", "path": path, "query_string": b"", "http_version": "1.1"}
    _start, made = await pages.ask({**asked, "headers": []}, Spool())
    return made.read()


def of(*paths, at_once):
    """The threads that made these pages."""

    async def asking():
        pages = Pages(page, 1_000)
        if at_once:
            return await asyncio.gather(*[made_by(pages, path) for path in paths])
        return [await made_by(pages, path) for path in paths]

    return asyncio.run(asking())


def test_pages_one_after_another_are_made_by_one_thread():
    assert len(set(of(*["/"] * 6, at_once=False))) == 1


def test_pages_at_once_are_made_by_all_threads_and_more_wait_for_their_turn():
    names = of(*["/both"] * THREADS, *["/"] * 9, at_once=True)
    assert len(set(names[:THREADS])) == THREADS
    assert len(names) == THREADS + 9


def test_a_page_that_fails_gives_its_thread_back():
    async def asking():
        pages = Pages(page, 1_000)
        for _ in range(THREADS + 1):
            with pytest.raises(RuntimeError):
                await made_by(pages, "/broken")
        return await made_by(pages)

    assert asyncio.run(asking())
