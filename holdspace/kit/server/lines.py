"""A live line from its handshake to its end: the page's own rules let somebody in."""

from collections.abc import Awaitable, Callable
from typing import Any

from holdspace.kit.live.listening import DOOR, Listening
from holdspace.kit.server.hub import Hub, Listener, Send
from holdspace.kit.server.spool import Spool

Receive = Callable[[], Awaitable[dict[str, Any]]]
Asking = Callable[[dict[str, Any], Spool], Awaitable[tuple[dict[str, Any], Spool]]]
HTTP = {"ws": "http", "wss": "https"}


def is_from_here(headers: list[tuple[bytes, bytes]]) -> bool:
    """Whether a page of this very host opens the line: no other site may use our cookies."""
    named = dict(headers)
    origin, host = named.get(b"origin", b""), named.get(b"host", b"")
    return bool(host) and origin.rpartition(b"://")[2] == host


async def serve(hub: Hub, ask: Asking, scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """One line. `ask` answers the address as a page would; its view puts the listener in."""
    await receive()
    let_in: list[Listening] = []
    if is_from_here(scope["headers"]):
        as_page = {"method": "GET", "scheme": HTTP[scope["scheme"]], DOOR: let_in}
        _start, page = await ask({**scope, **as_page}, Spool())
        page.close()
    if not let_in:
        await send({"type": "websocket.close", "code": 1008})  # before accepting: answered as 403
        return
    await send({"type": "websocket.accept"})
    listener = Listener(let_in[0], send)
    hub.enter(listener)
    try:
        while (await receive())["type"] != "websocket.disconnect":
            pass  # what listeners say is not listened to: they write by forms
    finally:
        hub.leave(listener)
