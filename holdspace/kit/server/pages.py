"""ASGI in front of Django's WSGI handler: bodies on the loop, pages in a few threads.

Live lines are let in by a page and then belong to the hub.

Each page runs in a fresh context (nothing set for one request is seen by the next); database
connections belong to the thread. An answer is made whole before it is sent, so that neither a
slow sender nor a slow reader ever holds a page thread. Why ours: docs/decide/0010.
"""

import asyncio
import contextvars
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from holdspace.kit.live import DOOR, when_moved
from holdspace.kit.live.wire import Wire
from holdspace.kit.server import body as bodies
from holdspace.kit.server import lines
from holdspace.kit.server.hub import Hub
from holdspace.kit.server.spool import Spool

THREADS = 2
SWITCH = 0.0005  # seconds a page may keep the interpreter from the event loop
CHUNK = 64 * 1024

Scope = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Pages:
    """An ASGI application that answers HTTP with a WSGI application."""

    hub: Hub

    def __init__(self, wsgi: Wsgi, limit: int, wire: str = "") -> None:
        """`limit` is the largest body taken, in bytes; `wire` Redis's address, if there is one."""
        self.wsgi = wsgi
        self.limit = limit
        self.wire = wire
        self.threads = ThreadPoolExecutor(THREADS, "page")
        self.sending: set[asyncio.Task[Any]] = set()  # those who have not sent everything yet

    async def __call__(self, scope: Scope, receive: bodies.Receive, send: Send) -> None:
        """One connection's request, the process's start and end, or a live line."""
        if scope["type"] == "http":
            await self.answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self.live(receive, send)
        else:
            await lines.serve(self.hub, self.ask, scope, receive, send)

    async def live(self, receive: bodies.Receive, send: Send) -> None:
        """From start to end of the process."""
        await receive()
        sys.setswitchinterval(SWITCH)
        self.hub = Hub()
        deafen = when_moved(self.hub.nudge)
        wire = Wire(self.wire, self.hub.nudge) if self.wire else None
        await send({"type": "lifespan.startup.complete"})
        await receive()
        deafen()
        if wire:
            wire.end()
        self.hub.end()
        self.threads.shutdown(wait=True, cancel_futures=True)
        await send({"type": "lifespan.shutdown.complete"})

    async def answer(self, scope: Scope, receive: bodies.Receive, send: Send) -> None:
        """Gather the request, have the page made, send it."""
        try:
            bodies.check_announced(scope["headers"], self.limit)
            body = await self.gather(receive)
        except bodies.Gone:
            return
        except bodies.Refused as refused:
            start, page = await self.ask(*_unread(scope, refused.status))
            start["headers"].append((b"connection", b"close"))  # the rest of it is not read
        else:
            start, page = await self.ask(scope, body)
        with page:
            await send(start)
            more = True
            while more:
                piece = page.read(CHUNK)
                more = len(piece) == CHUNK
                await send({"type": "http.response.body", "body": piece, "more_body": more})

    async def gather(self, receive: bodies.Receive) -> Spool:
        """The whole body. Raises what bodies.gather does, and Refused(503) when we stop first."""
        mine = asyncio.current_task()
        assert mine is not None  # noqa: S101 -- the server makes one for every request
        self.sending.add(mine)
        try:
            return await bodies.gather(receive, self.limit)
        except asyncio.CancelledError:
            mine.uncancel()
            raise bodies.Refused(503) from None
        finally:
            self.sending.discard(mine)

    def hurry(self) -> None:
        """We stop: whoever is still sending is told so, and waited for no longer."""
        for task in self.sending:
            task.cancel()

    async def ask(self, scope: Scope, body: Spool) -> tuple[dict[str, Any], Spool]:
        """Have the page made in a thread; its start and its whole body."""
        env = environ(scope, body)
        made = self.threads.submit(contextvars.Context().run, self.make, env)
        return await asyncio.wrap_future(made)

    def make(self, env: dict[str, Any]) -> tuple[dict[str, Any], Spool]:
        """In a page thread: call Django and keep the whole answer."""
        start: dict[str, Any] = {"type": "http.response.start"}

        def begin(status: str, headers: list[tuple[str, str]], _fault: Any = None) -> None:
            start["status"] = int(status[:3])
            start["headers"] = [
                (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
            ]

        page = Spool()  # closed once it is sent
        with env["wsgi.input"]:
            pieces = self.wsgi(env, begin)
            try:
                page.writelines(pieces)
            finally:
                getattr(pieces, "close", lambda: None)()
        page.seek(0)
        return start, page


def environ(scope: Scope, body: Spool) -> dict[str, Any]:
    """WSGI's view of a request. The sender's address is not in it: pages cannot keep it."""
    host, port = scope.get("server") or ("localhost", 80)
    env = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    env.update({key: scope[key] for key in (DOOR, bodies.UNREAD) if key in scope})
    for raw, value in scope["headers"]:
        _add_header(env, raw.decode("latin-1"), value.decode("latin-1"))
    if "CONTENT_LENGTH" not in env and "HTTP_TRANSFER_ENCODING" in env:
        env["CONTENT_LENGTH"] = str(body.seek(0, 2))
        body.seek(0)
    return env


def _add_header(env: dict[str, Any], name: str, value: str) -> None:
    if "_" in name:  # a-b and a_b would become the same key: the second could forge the first
        return
    key = name.upper().replace("-", "_")
    if key not in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
        key = f"HTTP_{key}"
    joint = "; " if key == "HTTP_COOKIE" else ","
    env[key] = f"{env[key]}{joint}{value}" if key in env else value


def _unread(scope: Scope, status: int) -> tuple[Scope, Spool]:
    """The same address merely asked for, so that what is refused is said on a page with help."""
    return {**scope, "method": "GET", bodies.UNREAD: status}, Spool()
