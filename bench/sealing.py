# ruff: noqa: PLC0415 -- Django is set up first
"""Run in a folder with a conversation: what of a page's CPU is opening what was sealed.

What one page opens is noted once; then pages and that alone are timed by turns. Run: PATH COOKIE
"""

import contextvars
import io
import json
import os
import statistics
import sys
import time

ROUNDS, TIMES = 9, 20


def main(path: str, cookie: str) -> None:
    """Milliseconds of a page, of opening what it opens, of asking whether keys went; how many."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    from holdspace.vault import keys, sealing

    def page() -> None:
        contextvars.Context().run(lambda: list(application(_asked(path, cookie), _answered)))

    page()
    noted: list[tuple] = []
    open_bytes = sealing.open_bytes

    def noting(*what) -> bytes:
        noted.append(what)
        return open_bytes(*what)

    sealing.open_bytes = noting
    page()
    sealing.open_bytes = open_bytes

    def opening() -> None:
        for what in noted:
            sealing.unpad(open_bytes(*what))

    keys.begin_request()
    turns = [[_took(one) for one in (page, opening, keys.begin_request)] for _ in range(ROUNDS)]
    whole, opened, checked = (statistics.median(turn[n] for turn in turns) for n in range(3))
    told = {"page": whole, "opening": opened, "checking": checked, "values": len(noted)}
    print(json.dumps(told))


def _took(what) -> float:
    began = time.thread_time()
    for _ in range(TIMES):
        what()
    return (time.thread_time() - began) * 1000 / TIMES


def _asked(path: str, cookie: str) -> dict:
    path, _mark, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost", "HTTP_COOKIE": cookie, "HTTP_ACCEPT_ENCODING": "gzip",
        "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr, "wsgi.version": (1, 0), "wsgi.multithread": True,
        "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip


def _answered(status: str, _headers: list, _fault=None) -> None:
    if not status.startswith("200"):
        raise RuntimeError(status)


if __name__ == "__main__":
    main(*sys.argv[1:3])
