"""What somebody sends, gathered on the event loop so that no page thread waits for it."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from typing import IO, Any

IN_MEMORY = 256 * 1024  # bytes of one request before it goes to a nameless file on disk
SILENCE = 30.0  # seconds without a byte before we stop waiting

Receive = Callable[[], Awaitable[dict[str, Any]]]


class Refused(Exception):
    """The request is not taken. Carries the status to answer with."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gone(Exception):  # noqa: N818 -- no error of ours: they closed the page
    """The other side hung up before everything was sent."""


async def gather(receive: Receive, limit: int) -> IO[bytes]:
    """The whole body as a file set to its start.

    Raises Refused(413) beyond `limit` bytes, Refused(408) after half a minute of silence, and
    Gone when the sender leaves.
    """
    body = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- the page thread closes it
    size = 0
    try:
        while True:
            async with asyncio.timeout(SILENCE):
                message = await receive()
            if message["type"] == "http.disconnect":
                raise Gone
            size += len(message.get("body", b""))
            if size > limit:
                raise Refused(413)
            body.write(message.get("body", b""))
            if not message.get("more_body"):
                body.seek(0)
                return body
    except TimeoutError as silence:
        body.close()
        raise Refused(408) from silence
    except BaseException:
        body.close()
        raise


def announced_size(headers: list[tuple[bytes, bytes]]) -> int:
    """The length the sender announces, 0 when none. Raises Refused(400) when it is no number."""
    for name, value in headers:
        if name == b"content-length":
            if not value.isdigit():
                raise Refused(400)
            return int(value)
    return 0
