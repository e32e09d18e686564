"""One way in for every format: what is this, and what does it hold?"""

import codecs
import hashlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from holdspace.directory.feeds import hsds, hsds_tables, ical, meeting_guide, table
from holdspace.directory.feeds.draft import Draft, Outcome, Refused

_SNIFFED = 64 * 1024
_DRAWERS = 4_096  # keys that were read lie in so many short rows
_DAMAGED = _("The file could not be read.")


class Format(StrEnum):
    """What the command and the page offer."""

    AUTO = "auto"
    MEETING_GUIDE = "meeting-guide"
    HSDS = "hsds"
    CSV = "csv"
    XLSX = "xlsx"
    ICAL = "ical"


_READERS: dict[str, Callable[[BinaryIO], Iterator[Outcome]]] = {
    "meeting-guide": meeting_guide.read,
    "hsds": hsds.read,
    "hsds-zip": hsds_tables.read_zip,
    "csv": table.read_csv,
    "xlsx": table.read_xlsx,
    "ical": ical.read,
}


def read_feed(source: BinaryIO | Path, wanted: Format = Format.AUTO) -> Iterator[Outcome]:
    """Drafts and refusals of a seekable stream, a file or a folder of HSDS tables.

    A key that comes twice is refused the second time. Never raises for what a file holds.
    """
    if isinstance(source, Path) and source.is_dir():
        yield from _once(hsds_tables.read_folder(source))
        return
    if isinstance(source, Path):
        with source.open("rb") as stream:
            yield from read_feed(stream, wanted)
        return
    kind = recognised(source, wanted)
    if not kind:
        yield Refused(_("We do not know this kind of file."), 0, stops=True)
        return
    yield from _once(_READERS[kind](source))


def recognised(stream: BinaryIO, wanted: Format = Format.AUTO) -> str:
    """Which reader fits, from the first bytes; the stream is put back to its beginning."""
    head = stream.read(_SNIFFED)
    stream.seek(0)
    packed = head.startswith(b"PK\x03\x04")
    if wanted is Format.HSDS and packed:
        return "hsds-zip"
    if wanted is not Format.AUTO:
        return str(wanted)
    if packed:
        return _in_archive(stream)
    return _by_text(_text(head).lstrip("\ufeff \t\r\n\0"))


def _text(head: bytes) -> str:
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return head.decode("utf-16" if wide else "utf-8", "replace")


def _by_text(head: str) -> str:
    upper = head[:2_000].upper()
    if "BEGIN:VCALENDAR" in upper or upper.startswith("BEGIN:VEVENT"):
        return "ical"
    if head[:1] in {"[", "{"}:
        return "hsds" if _looks_hsds(head) else "meeting-guide"
    first_line = head.split("\n", 1)[0]
    return "csv" if any(mark in first_line for mark in ",;\t|") or "name" in first_line else ""


def _looks_hsds(head: str) -> bool:
    signs = ('"contents"', '"services"', '"service_at_locations"', '"organization"',
             '"location_type"', '"taxonomy', '"legal_status"', '"eligibility', '"schedules"',
             '"total_items"', '"$schema"')  # fmt: skip
    return '"slug"' not in head and (head[0] == "{" or any(sign in head for sign in signs))


def _in_archive(stream: BinaryIO) -> str:
    tail_start = max(0, stream.seek(0, 2) - _SNIFFED)
    stream.seek(tail_start)
    tail = stream.read()
    stream.seek(0)
    return "xlsx" if b"[Content_Types].xml" in tail else "hsds-zip"


def _once(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    seen: dict[int, array[int]] = defaultdict(lambda: array("Q"))  # a set would take 80 bytes each
    number = 0
    try:
        for number, outcome in enumerate(outcomes, start=1):
            if isinstance(outcome, Draft):
                key = hashlib.blake2b(outcome.source_id.encode(), digest_size=8).digest()
                mark = int.from_bytes(key, "big")
                if mark in seen[mark % _DRAWERS]:
                    yield Refused(_("Its key came before in this file."), number)
                    continue
                seen[mark % _DRAWERS].append(mark)
            yield outcome
    except (OSError, EOFError, MemoryError):
        yield Refused(_DAMAGED, number + 1, stops=True)
