"""Walking a JSON file of any length: one record in memory at a time, whatever the file holds."""

import codecs
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import TextIOWrapper
from typing import IO, Any, BinaryIO

import ijson
from django.utils.translation import gettext_lazy as _

from holdspace.directory.feeds.draft import Draft, NotTaken, Outcome, Refused

MOST_RECORDS = 500_000
_MOST_EVENTS = 20_000  # in one record
_MOST_DEPTH = 40
_CHUNK = 64 * 1024


class Broken(Exception):
    """Raised by a walk when nothing after this point can be read."""


def outcomes(
    records: Iterable[object], draft: Callable[[Mapping[str, Any]], Draft]
) -> Iterator[Outcome]:
    """Each record as a draft or a refusal, counted from 1. A broken file ends with a refusal."""
    number = 0
    try:
        for number, record in enumerate(records, start=1):
            if number > MOST_RECORDS:
                yield Refused(_("There are more records than we read from one file."), number, True)
                return
            yield one(record, number, draft)
    except Broken as broken:
        yield Refused(str(broken), number + 1, stops=True)


def one(record: object, number: int, draft: Callable[[Mapping[str, Any]], Draft]) -> Outcome:
    """One record judged. Nothing a stranger puts into it may stop the others."""
    if not isinstance(record, Mapping):
        return Refused(_("It is not a record with named fields."), number)
    try:
        return draft(record)
    except NotTaken as verdict:
        return Refused(verdict.reason, number)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError):
        return Refused(_("It could not be read."), number)
    except RecursionError:
        return Refused(_("It is nested too deeply."), number)


class Utf8:
    """A byte stream as clean UTF-8, whatever encoding the file is in (BOM, UTF-16, Latin-1)."""

    def __init__(self, stream: BinaryIO | IO[bytes]) -> None:
        head = stream.read(4)
        encoding, skip = "utf-8", 0
        if head.startswith(codecs.BOM_UTF8):
            skip = 3
        elif head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            encoding = "utf-16"
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._stream = stream
        self._ready = self._clean(head[skip:], final=False)

    def _clean(self, chunk: bytes, *, final: bool) -> bytes:
        text = self._decoder.decode(chunk, final)
        return text.encode("utf-8", "replace")

    def read(self, size: int = _CHUNK) -> bytes:
        """At least one byte until the end, whatever size is asked for."""
        if size == 0:
            return b""
        while not self._ready:
            chunk = self._stream.read(_CHUNK)
            self._ready = self._clean(chunk, final=not chunk)
            if not chunk:
                break
        ready, self._ready = self._ready, b""
        return ready


class _Layer(Utf8):
    """The cleaned stream as the text layer above wants it."""

    closed = False

    def readable(self) -> bool:
        return True

    writable = seekable = lambda self: False

    def read1(self, size: int = -1) -> bytes:
        return self.read(size)

    def flush(self) -> None:
        return

    def close(self) -> None:
        self.closed = True


def as_text(stream: BinaryIO | IO[bytes]) -> TextIOWrapper:
    """The same as text, for readers of lines."""
    return TextIOWrapper(_Layer(stream), encoding="utf-8", newline="")  # type: ignore[arg-type]


def json_records(stream: BinaryIO, lists: tuple[str, ...]) -> Iterator[object]:
    """The elements of the array at the top, of arrays under these names, or each object (ndjson).

    Raises Broken where the text stops being JSON; everything before it has been given.
    """
    events = ijson.basic_parse(Utf8(stream), multiple_values=True, use_float=True)
    try:
        for event, value in events:
            if event == "start_array":
                yield from _elements(events)
            elif event == "start_map":
                yield from _top(events, lists)
            else:
                yield value
    except (ijson.JSONError, ValueError, OverflowError, RecursionError) as problem:
        raise Broken(_("From here on the file is not valid JSON.")) from problem


def _top(events: Iterator[tuple[str, Any]], lists: tuple[str, ...]) -> Iterator[object]:
    """An object at the top: the lists in it are the records, else it is one itself."""
    record: dict[str, Any] = {}
    gave = False
    key = ""
    for event, value in events:
        if event == "map_key":
            key = value
        elif event == "end_map":
            break
        elif event == "start_array" and key in lists:
            gave = True
            yield from _elements(events)
        else:
            record[key] = _value(events, event, value)
    if not gave:
        yield record


def _elements(events: Iterator[tuple[str, Any]]) -> Iterator[object]:
    for event, value in events:
        if event == "end_array":
            return
        yield _value(events, event, value)


def _value(events: Iterator[tuple[str, Any]], event: str, value: Any) -> Any:
    """The value that begins with this event; one too deep or too long comes back as None."""
    if event not in {"start_map", "start_array"}:
        return value
    builder = ijson.ObjectBuilder()
    builder.event(event, value)
    depth, seen, whole = 1, 0, True
    while depth:
        event, value = next(events)
        seen += 1
        depth += event.startswith("start_")
        depth -= event.startswith("end_")
        whole = whole and depth <= _MOST_DEPTH and seen <= _MOST_EVENTS
        if whole:
            builder.event(event, value)
    return builder.value if whole else None
