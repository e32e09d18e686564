"""A server like ours in front of a few plain pages, started by the tests as its own process."""

import sys
import time
from contextvars import ContextVar

from holdspace.kit.logs import configure, cover_faults
from holdspace.kit.running.sockets import loopback
from holdspace.kit.server import process
from holdspace.kit.server.pages import Pages

LIMIT = 300_000
seen = ContextVar("seen", default="nobody")


def _page(env):
    if env["PATH_INFO"] == "/slow":
        time.sleep(1)
    if env["PATH_INFO"] == "/secret-place":
        raise ValueError("secret words")
    if env["PATH_INFO"] == "/context":
        before = seen.get()
        seen.set("somebody")
        return before
    if env["PATH_INFO"] == "/environ":
        return "\n".join(f"{key}={env[key]}" for key in sorted(env) if key.isupper())
    if env["PATH_INFO"] == "/large":
        return "x" * 3_000_000
    return str(len(env["wsgi.input"].read()))


def pages(env, start):
    text = _page(env).encode()
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(text)))])
    return [text]


if __name__ == "__main__":
    configure()
    cover_faults()
    process.run(loopback(int(sys.argv[1])), Pages(pages, LIMIT))
