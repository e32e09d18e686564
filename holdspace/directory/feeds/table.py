"""Spreadsheets: a header row in plain words, one group a row, from CSV or XLSX."""

import csv
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext_lazy as _
from openpyxl.utils.exceptions import InvalidFileException

from holdspace.directory.feeds import codes, fields, hsds, meeting_guide
from holdspace.directory.feeds.draft import Draft, Outcome, Refused, Standing
from holdspace.directory.feeds.records import Broken, as_text, outcomes

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_MOST_COLUMNS = 100
_MOST_BLANK_ROWS = 1_000
_MOST_UNPACKED = 500_000_000
# What a column may be called: ours and Meeting Guide's plain-language headers.
_HEADERS = {
    "slug": ("slug", "id", "key", "reference"),
    "name": ("name", "group name", "meeting name", "title", "meeting", "group"),
    "notes": ("notes", "description", "about", "text", "details"),
    "day": ("day", "days", "weekday", "day of week"),
    "time": ("time", "start", "start time", "starts", "begins"),
    "end_time": ("end time", "end", "ends", "finish"),
    "timezone": ("timezone", "time zone", "zone"),
    "address": ("address", "street", "street address"),
    "formatted_address": ("formatted address", "full address"),
    "location": ("location", "venue", "place", "building"),
    "location_notes": ("location notes", "directions"),
    "city": ("city", "town"),
    "state": ("state", "county", "province"),
    "postal_code": ("postal code", "postcode", "zip", "zip code"),
    "country": ("country",),
    "region": ("region", "area"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng"),
    "approximate": ("approximate",),
    "types": ("types", "type codes"),
    "url": ("url", "website", "web page", "link"),
    "updated": ("updated", "last updated", "confirmed"),
    "attendance_option": ("attendance option", "attendance", "format", "how"),
    "conference_url": ("conference url", "online url"),
    "conference_phone": ("conference phone",),
    "entity": ("entity", "run by", "organisation", "organization", "charity"),
    "kind": ("kind", "who leads", "led by"),
    "audience": ("audience", "for", "for whom", "who for"),
    "topics": ("topics", "topic", "subject", "condition"),
    "languages": ("languages", "language"),
    "access": ("access", "accessibility", "access needs"),
    "cost": ("cost", "fee", "price"),
}
# Columns of single HSDS tables and of address books: a name in them is not a group's.
_SERVICES = frozenset({"id", "name", "organization id", "status"})
_PARTS = frozenset({"organization id", "service id", "location id", "link id", "taxonomy id",
                    "character set", "tax status", "resource id", "taxonomy"})  # fmt: skip
_TAXONOMY = frozenset({"uri", "version"})
_PEOPLE = frozenset({"surname", "last name", "first name", "given name", "family name",
                     "date of birth", "department", "job title"})  # fmt: skip
_BY_HEADER = {header: key for key, headers in _HEADERS.items() for header in headers}
_KINDS = {"peer": "peer", "professional": "professional", "clinic": "professional",
          "therapist": "professional"}  # fmt: skip
_AUDIENCES = {"famil": "family", "carer": "family", "caregiver": "family", "both": "both",
              "everyone": "both", "lived": "lived", "own experience": "lived"}  # fmt: skip
_ATTENDANCE = {"in person": "in_person", "face to face": "in_person", "hybrid": "hybrid",
               "both": "hybrid", "online": "online", "video": "online", "phone": "online",
               "inactive": "inactive"}  # fmt: skip


def read_csv(stream: BinaryIO) -> Iterator[Outcome]:
    """Every row of a CSV file, whatever its separator and encoding."""
    csv.field_size_limit(1_000_000)
    text = as_text(stream)
    try:
        head = text.readline(100_000)
    except (UnicodeError, OSError, EOFError):
        yield Refused(_("The file could not be read."), 0, stops=True)
        return
    separator = max(",;\t|", key=head.count)
    yield from read_rows(_lines(csv.reader(_again(head, text), delimiter=separator)))


def _again(head: str, text: Iterable[str]) -> Iterator[str]:
    yield head
    yield from text


def _lines(reader: Iterable[list[str]]) -> Iterator[Sequence[object]]:
    try:
        yield from reader
    except (csv.Error, UnicodeError, OSError, EOFError) as problem:
        raise Broken(_("From here on the file is not a table.")) from problem


def read_xlsx(stream: BinaryIO) -> Iterator[Outcome]:
    """Every row of a workbook's first sheet. XML entities and endless unpacking are refused."""
    try:
        with zipfile.ZipFile(stream) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MOST_UNPACKED:
                yield Refused(_("The workbook unpacks to more than we read."), 0, stops=True)
                return
        stream.seek(0)
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        yield from read_rows(_cells(sheet.iter_rows(values_only=True)))
    except (zipfile.BadZipFile, InvalidFileException, DefusedXmlException, ParseError, KeyError,
            ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, RuntimeError,
            NotImplementedError, ArithmeticError):  # fmt: skip
        yield Refused(_("The workbook is damaged, locked or not a workbook."), 0, stops=True)


def _cells(rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    blank = 0
    for row in rows:
        cells = row[:_MOST_COLUMNS]
        blank = 0 if any(c is not None for c in cells) else blank + 1
        if blank > _MOST_BLANK_ROWS:
            return
        yield cells


def read_rows(rows: Iterator[Sequence[object]]) -> Iterator[Outcome]:
    """Rows below a header as drafts. Blank rows are passed over, unknown columns are not kept."""
    try:
        titles = [_plain_header(cell) for cell in next(rows, ())]
    except Broken as broken:
        yield Refused(str(broken), 0, stops=True)
        return
    if problem := _unfit(set(titles)):
        yield Refused(problem, 0, stops=True)
        return
    if titles and set(titles) >= _SERVICES:
        yield from outcomes(_records([t.replace(" ", "_") for t in titles], rows), hsds.draft)
        return
    yield from outcomes(_records([_BY_HEADER.get(t, "") for t in titles], rows), draft)


def _unfit(titles: set[str]) -> "_StrPromise | None":
    """Why a table with these columns holds no groups, if it does not."""
    if titles & _PEOPLE:
        return _("This looks like a list of people. We read groups only.")
    if titles >= _TAXONOMY or (titles & _PARTS and not titles >= _SERVICES):
        return _("This is one table of a larger set. Give us the folder, or a zip of all tables.")
    if not titles & set(_HEADERS["name"]):
        return _("No column is called “name”.")
    return None


def _plain_header(cell: object) -> str:
    return " ".join(str(cell or "").replace("_", " ").strip().lower().split())[:60]


def _records(header: list[str], rows: Iterable[Sequence[object]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        record: dict[str, Any] = {}
        for key, cell in zip(header, row, strict=False):
            if key and cell not in (None, ""):
                record.setdefault(key, cell)
        if record:
            yield record


def draft(record: Mapping[str, Any]) -> Draft:
    """One row. Raises NotTaken without a name; a row without a key is known by what it says."""
    row = dict(record)
    row.setdefault("slug", _key(row))
    stated = _lookup(_ATTENDANCE, str(row.get("attendance_option", "")).replace("_", " "))
    if stated:
        row["attendance_option"] = stated
    made = meeting_guide.draft(row)
    access = codes.access_in(str(row.get("access", ""))[:500])
    spoken = (codes.language(part) for part in _many(row.get("languages")))
    return _with(
        made,
        kind=_lookup(_KINDS, str(row.get("kind", ""))),
        audience=_lookup(_AUDIENCES, str(row.get("audience", ""))),
        topics=(*made.topics, *(fields.words(p, 60).lower() for p in _many(row.get("topics")))),
        languages=(*made.languages, *(code for code in spoken if code)),
        access=(*made.access, *access),
        cost=fields.words(row.get("cost"), 200),
        standing=Standing.PAUSED if "closed" in str(row.get("status", "")) else made.standing,
    )


def _with(made: Draft, **changes: Any) -> Draft:
    kept = {name: getattr(made, name) for name in Draft.__slots__}
    unique = {k: tuple(dict.fromkeys(v)) if isinstance(v, tuple) else v for k, v in changes.items()}
    return Draft(**{**kept, **unique})


def _key(row: Mapping[str, Any]) -> str:
    said = [fields.words(row.get(k)) for k in ("name", "day", "time", "city", "location")]
    return "-".join(part.lower() for part in said if part)


def _many(value: object) -> list[str]:
    text = value if isinstance(value, str) else ""
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()][:12]


def _lookup(table: Mapping[str, str], said: str) -> str:
    low = said.strip().lower()
    return next((value for sign, value in table.items() if sign in low), "")
