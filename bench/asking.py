"""Clients: so many at once, each on a connection it keeps, as browsers do."""

import http.client
import os
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from bench.house import CLIENTS

OK = 200


def ask(port: int, path: str, cookies: Sequence[str], clients: int, requests: int) -> list[float]:
    """Ask that many times in all; milliseconds of each. Raises RuntimeError for any but 200."""
    each = max(1, requests // clients)
    with ThreadPoolExecutor(clients) as pool:
        jars = [cookies[n % len(cookies)] if cookies else "" for n in range(clients)]
        done = [pool.submit(_one_client, port, path, jar, each) for jar in jars]
        return [took for one in done for took in one.result()]


def _one_client(port: int, path: str, cookie: str, times: int) -> list[float]:
    os.sched_setaffinity(0, {CLIENTS})
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Host": "localhost", "Accept-Encoding": "gzip"}
    if cookie:
        headers["Cookie"] = cookie
    took = []
    try:
        for _ in range(times):
            began = time.perf_counter()
            asked.request("GET", path, headers=headers)
            answer = asked.getresponse()
            answer.read()
            took.append((time.perf_counter() - began) * 1000)
            if answer.status != OK:
                raise RuntimeError(f"{path}: {answer.status}")
    finally:
        asked.close()
    return took


def p95(took: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(took, n=20)[18] if len(took) > 1 else took[0]
