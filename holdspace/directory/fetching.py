"""Fetching a feed from an address: for the command line only, within limits."""

import time
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

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


def fetched(url: str, *, largest: int = LARGEST, longest: float = LONGEST) -> BinaryIO:
    """The content of an http(s) address as a seekable stream.

    Raises NotFetched for other schemes, errors of the line, and what is too large or too slow.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise NotFetched("only http and https addresses are fetched")
    asked = Request(url, headers={"User-Agent": "Holdspace directory import"})  # noqa: S310
    kept = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- given to the caller
    ends, size = time.monotonic() + longest, 0
    try:
        with build_opener(_OnlyWeb).open(asked, timeout=_WAIT) as answer:
            while chunk := answer.read(_CHUNK):
                size += len(chunk)
                if size > largest:
                    raise NotFetched("it is larger than we read")
                if time.monotonic() > ends:
                    raise NotFetched("it took too long")
                kept.write(chunk)
    except (TimeoutError, URLError, OSError, ValueError) as problem:
        raise NotFetched(str(problem)) from problem
    kept.seek(0)
    return cast(BinaryIO, kept)
