"""What somebody sends, gathered on the event loop so that no page thread waits for it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from holdspace.kit.server.spool import Spool

SILENCE = 30.0  # seconds without a byte before we stop waiting
UNREAD = "holdspace.unread"  # under this key a page is told the status its body was refused with

Receive = Callable[[], Awaitable[dict[str, Any]]]


class Refused(Exception):
    """The request is not taken. Carries the status to answer with."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gone(Exception):
    """The other side hung up before everything was sent."""


async def gather(receive: Receive, limit: int) -> Spool:
    """The whole body as a file set to its start.

    Raises Refused(413) beyond `limit` bytes, Refused(408) after half a minute of silence, and
    Gone when the sender leaves.
    """
    body = Spool()  # the page thread closes it
    try:
        async for piece in _pieces(receive):
            if body.tell() + len(piece) > limit:
                raise Refused(413)  # noqa: TRY301 -- the file is closed below
            body.write(piece)
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body


async def _pieces(receive: Receive) -> AsyncIterator[bytes]:
    more = True
    while more:
        try:
            async with asyncio.timeout(SILENCE):
                message = await receive()
        except TimeoutError as silence:
            raise Refused(408) from silence
        if message["type"] == "http.disconnect":
            raise Gone
        more = message.get("more_body", False)
        yield message.get("body", b"")


def check_announced(headers: list[tuple[bytes, bytes]], limit: int) -> None:
    """Raises Refused(413) when the sender announces more than `limit` bytes."""
    for name, value in headers:
        if name == b"content-length" and (not value.isdigit() or int(value) > limit):
            raise Refused(413)
