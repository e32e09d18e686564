"""Clients: so many at once, each on a connection it keeps, as browsers do."""

import http.client
import os
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urldefrag, urlencode

from bench.house import CLIENTS, cpu

OK = 200
MOVED = (301, 302, 303)
TOKEN = "benchmark" * 3 + "token"  # of a form: Django takes any 32 letters that the cookie says too


@dataclass(frozen=True)
class Form:
    """An address that takes a form: `fields` anew each time, and the `status` of its answer."""

    path: str
    fields: Callable[[], dict[str, str]]
    status: int
    read: bool = False  # the page it leads to is asked for too, as browsers do


@dataclass(frozen=True)
class Server:
    """One that is asked: its process, where it listens, what it shows and to whom."""

    pid: int
    port: int
    paths: dict[str, str | Form]
    cookies: list[str]

    def visited(self, path: str) -> None:
        """Everybody has been to this page once, and keeps the cookies it gave, as browsers do."""
        self.cookies[:] = [_kept(self.port, path, cookie) for cookie in self.cookies]

    def asked(self, what: str, clients: int, requests: int) -> tuple[float, float]:
        """Milliseconds of its CPU for one request of so many, and requests a second."""
        before, began = cpu(self.pid), time.perf_counter()
        done = ask(self.port, self.paths[what], self.cookies, clients, requests)
        took = time.perf_counter() - began
        return (cpu(self.pid) - before) * 1000 / len(done), len(done) / took


def ask(
    port: int, what: str | Form, cookies: Sequence[str], clients: int, requests: int
) -> list[float]:
    """Ask that many times in all; milliseconds of each. Raises RuntimeError for another answer."""
    each = max(1, requests // clients)
    with ThreadPoolExecutor(clients) as pool:
        jars = [cookies[n % len(cookies)] if cookies else "" for n in range(clients)]
        done = [pool.submit(_one_client, port, what, jar, each) for jar in jars]
        return [took for one in done for took in one.result()]


def _kept(port: int, path: str, cookie: str) -> str:
    """The cookies somebody has after a page. Without the token of forms: `_words` adds ours."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        asked.request(*_words(path, cookie)[0])
        answer = asked.getresponse()
        answer.read()
    finally:
        asked.close()
    given = [one.partition(";")[0].strip() for one in answer.headers.get_all("Set-Cookie", [])]
    names = {one.partition("=")[0] for one in cookie.split("; ")} | {"csrftoken"}
    return "; ".join([cookie, *(one for one in given if one.partition("=")[0] not in names)])


def _one_client(port: int, what: str | Form, cookie: str, times: int) -> list[float]:
    os.sched_setaffinity(0, {CLIENTS})
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    took = []
    try:
        for _ in range(times):
            words, expected = _words(what, cookie)
            began = time.perf_counter()
            asked.request(*words)
            answer = asked.getresponse()
            answer.read()
            if answer.status != expected:
                raise RuntimeError(f"{words[1]}: {answer.status}")
            if isinstance(what, Form) and what.read:
                _follow(asked, answer, words[3])
            took.append((time.perf_counter() - began) * 1000)
    finally:
        asked.close()
    return took


def _follow(
    asked: http.client.HTTPConnection, answer: http.client.HTTPResponse, headers: dict[str, str]
) -> None:
    """To the page that stands at the end. Raises RuntimeError when there is none."""
    while answer.status in MOVED:
        path = urldefrag(answer.headers["Location"]).url
        asked.request("GET", path, None, headers)
        answer = asked.getresponse()
        answer.read()
    if answer.status != OK:
        raise RuntimeError(f"{path}: {answer.status}")


def _words(what: str | Form, cookie: str) -> tuple[tuple, int]:
    """Method, address, body and headers of one request, and the status it should have."""
    headers = {"Host": "localhost", "Accept-Encoding": "gzip"}
    if cookie:
        headers["Cookie"] = f"{cookie}; csrftoken={TOKEN}"  # as a browser has after its first page
    if isinstance(what, str):
        return ("GET", what, None, headers), OK
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **what.fields()})
    return ("POST", what.path, body, headers), what.status


def p95(took: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(took, n=20)[18] if len(took) > 1 else took[0]
