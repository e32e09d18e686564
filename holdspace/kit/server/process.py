"""The web process: which sockets, how it stops, and that it says nothing about anybody."""

import os
import signal
import socket
import sys
from contextlib import suppress
from threading import Thread

import uvicorn

STOP_WITHIN = 3  # seconds for requests under way; stalled uploads are cut off then
OPEN_AT_ONCE = 2_000  # connections; beyond that 503


def loopback(port: int) -> list[socket.socket]:
    """Bound sockets on 127.0.0.1 and, where there is IPv6, on ::1; nothing else can reach them.

    Raises OSError when the port is taken.
    """
    sockets = [_bound(socket.AF_INET, "127.0.0.1", port)]
    with suppress(OSError):  # no IPv6 here: browsers fall back to 127.0.0.1
        sockets.append(_bound(socket.AF_INET6, "::1", sockets[0].getsockname()[1]))
    return sockets


def _bound(family: int, address: str, port: int) -> socket.socket:
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    try:
        bound.bind((address, port))
    except OSError:
        bound.close()
        raise
    bound.set_inheritable(True)
    return bound


def run(sockets: list[socket.socket]) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is under way for `STOP_WITHIN` seconds."""
    config = uvicorn.Config(
        "config.asgi:application",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        ws="none",
        limit_concurrency=OPEN_AT_ONCE,
        timeout_graceful_shutdown=STOP_WITHIN,
    )
    uvicorn.Server(config).run(sockets=sockets)


def end_with_parent() -> None:
    """Stop this process when its standard input closes: whoever started it is gone."""

    def wait() -> None:
        while sys.stdin.buffer.read(1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=wait, daemon=True, name="parent").start()
