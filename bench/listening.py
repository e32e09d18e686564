"""Readers: so many open lines to one thread; says when each heard what. Run: PORT PATH

Cookies come as JSON on standard input. It says "ready", and at each further line of input, as JSON,
the moments (of the machine's own clock) at which each line heard something since, line by line.
"""

import asyncio
import json
import os
import sys
import time

from websockets.asyncio.client import connect

from bench.house import CLIENTS


async def main(port: str, path: str) -> None:
    """Open them all, listen until standard input ends."""
    os.sched_setaffinity(0, {CLIENTS})
    loop = asyncio.get_running_loop()
    cookies = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    heard: list[list[float]] = [[] for _ in cookies]
    lines = []
    for cookie, moments in zip(cookies, heard, strict=True):
        line = await connect(
            f"ws://localhost:{port}{path}", origin=f"http://localhost:{port}",
            additional_headers={"Cookie": cookie}, compression=None,
        )  # fmt: skip
        lines.append(loop.create_task(_listen(line, moments)))
    print("ready", flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(heard), flush=True)
        for moments in heard:
            moments.clear()
    for task in lines:
        task.cancel()


async def _listen(line, moments: list[float]) -> None:
    async for _words in line:
        moments.append(time.perf_counter())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
