"""Fetching a feed from an address: for the command line only, within limits.

Why no page takes an address, and where a redirect may lead: docs/decide/0022.
"""

import time
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    build_opener,
)

LARGEST = 500_000_000  # bytes
LONGEST = 600  # seconds for all of it
_WAIT = 20  # seconds for one answer
_IN_MEMORY = 2_000_000
_CHUNK = 64 * 1024


class NotFetched(Exception):
    """The address gave no feed; the message says why."""


class _OnlyWeb(HTTPRedirectHandler):
    """Follows redirects to http and https only."""

    def redirect_request(  # noqa: PLR0917 -- urllib's own shape
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).scheme not in {"http", "https"}:
            raise NotFetched("it leads to something else than a web address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Way:
    """Where one fetching has been: from the open net nothing leads on into a network of ours."""

    def __init__(self) -> None:
        self._was_outside = False

    def arrive(self, address: str) -> None:
        """A connection stands. Asked of the line itself: a name may mean something else by now."""
        inside = is_inside(address)
        if inside and self._was_outside:
            raise NotFetched("it leads from the open net into this network")
        self._was_outside = self._was_outside or not inside


def is_inside(address: str) -> bool:
    """Whether a number is of this machine or a network of one's own, not of the open net."""
    return not ip_address(address.partition("%")[0]).is_global


def _opener(way: _Way) -> OpenerDirector:
    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            way.arrive(self.sock.getpeername()[0])

    class Sealed(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            way.arrive(self.sock.getpeername()[0])

    class OverPlain(HTTPHandler):
        def http_open(self, req: Request) -> HTTPResponse:
            return self.do_open(Plain, req)

    class OverSealed(HTTPSHandler):
        def https_open(self, req: Request) -> HTTPResponse:
            return self.do_open(Sealed, req)

    return build_opener(_OnlyWeb, OverPlain, OverSealed)


def fetched(url: str, *, largest: int = LARGEST, longest: float = LONGEST) -> BinaryIO:
    """The content of an http(s) address as a seekable stream.

    Raises NotFetched for other schemes, errors of the line, what is too large, too slow or broke
    off, and what leads from the open net into a network of one's own.
    """
    kept = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- given to the caller
    try:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise NotFetched("only http and https addresses are fetched")
        asked = Request(url, headers={"User-Agent": "Holdspace directory import"})  # noqa: S310
        with _opener(_Way()).open(asked, timeout=_WAIT) as answer:
            _read(answer, kept, largest, time.monotonic() + longest)
    except (OSError, HTTPException, ValueError) as problem:
        raise NotFetched(str(problem) or type(problem).__name__) from problem
    kept.seek(0)
    return cast(BinaryIO, kept)


def _read(answer: HTTPResponse, kept: Any, largest: int, ends: float) -> None:
    size = 0
    while chunk := answer.read1(_CHUNK):  # what came so far: a full chunk may never come
        size += len(chunk)
        if size > largest:
            raise NotFetched("it is larger than we read")
        if time.monotonic() > ends:
            raise NotFetched("it took too long")
        kept.write(chunk)
    promised = answer.headers.get("Content-Length")
    if promised is not None and size != int(promised):
        raise NotFetched("it broke off")
