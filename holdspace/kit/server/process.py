"""The web process: which sockets, how it stops, and that it says nothing about anybody."""

import asyncio
import os
import signal
import socket
from contextlib import suppress
from threading import Thread
from typing import Any

import uvicorn

STOP_WITHIN = 4  # seconds for requests under way
SEND_WITHIN = 1  # of which somebody may still be sending; stalled uploads are cut off then
OPEN_AT_ONCE = 2_000  # connections; beyond that 503


class Server(uvicorn.Server):
    """Uvicorn's, that does not leave those who are sending to be torn off."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Finish what is under way; who sends for longer than `SEND_WITHIN` is answered."""
        hurry = getattr(self.config.loaded_app, "hurry", None)
        if hurry is not None:
            asyncio.get_running_loop().call_later(SEND_WITHIN, hurry)
        await super().shutdown(sockets)


def run(sockets: list[socket.socket], application: Any = "config.asgi:application") -> None:
    """Serve until SIGTERM or SIGINT, then finish what is under way for `STOP_WITHIN` seconds."""
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        ws="websockets-sansio",
        ws_max_size=1_024,  # bytes; nothing is expected from that side
        ws_per_message_deflate=False,  # compressed beside secrets, lengths would tell
        limit_concurrency=OPEN_AT_ONCE,
        timeout_graceful_shutdown=STOP_WITHIN,
    )
    with suppress(KeyboardInterrupt):  # raised again by uvicorn when it has stopped cleanly
        Server(config).run(sockets=sockets)


def end_with_parent() -> None:
    """Stop this process when its standard input closes: whoever started it is gone."""

    def wait() -> None:
        while os.read(0, 1024):  # not sys.stdin: its lock would be held when Python ends
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=wait, daemon=True, name="parent").start()
