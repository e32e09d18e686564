"""HSDS 3 as tables: a folder of CSV files, or the same in a zip, joined on disk, not in memory."""

import csv
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from holdspace.directory.feeds import hsds
from holdspace.directory.feeds.draft import Outcome, Refused
from holdspace.directory.feeds.records import Broken, as_text, outcomes

_MOST_UNPACKED = 2_000_000_000  # bytes of all tables together
_MOST_FILES = 200
# table: the column that says whose row it is
_OWNERS = {
    "organizations": "id", "locations": "id", "addresses": "location_id",
    "service_at_location": "service_id", "schedules": "service_id", "languages": "service_id",
    "accessibility": "location_id", "attributes": "link_id", "taxonomy_terms": "id",
}  # fmt: skip
# Contacts, phones and the history of changes are never opened: they hold people.

Tables = Mapping[str, Callable[[], BinaryIO]]
Row = dict[str, Any]


def read_folder(folder: Path) -> Iterator[Outcome]:
    """Every service in a folder of HSDS tables."""
    found = {p.stem.lower(): _opener(p) for p in folder.glob("*.csv") if p.is_file()}
    return _read(found)


def _opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


def read_zip(stream: BinaryIO) -> Iterator[Outcome]:
    """Every service in a zip of HSDS tables. Refuses archives that unpack without bounds."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            if len(members) > _MOST_FILES or sum(m.file_size for m in members) > _MOST_UNPACKED:
                yield Refused(_("The archive unpacks to more than we read."), 0, stops=True)
                return
            tables = {
                PurePosixPath(m.filename).stem.lower(): _member(archive, m)
                for m in members
                if m.filename.lower().endswith(".csv")
            }
            yield from _read(tables)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError,
            EOFError, ValueError):  # fmt: skip
        yield Refused(_("The archive is damaged or locked."), 0, stops=True)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: archive.open(member)  # type: ignore[return-value]


def _read(tables: Tables) -> Iterator[Outcome]:
    if "services" not in tables:
        yield Refused(_("There is no table “services.csv” in it."), 0, stops=True)
        return
    with closing(sqlite3.connect("")) as store:  # a temporary file, gone when closed
        store.execute("CREATE TABLE part (name TEXT, owner TEXT, body TEXT)")
        for name, column in _OWNERS.items():
            if name in tables:
                store.executemany("INSERT INTO part VALUES (?, ?, ?)", _parts(tables, name, column))
        store.execute("CREATE INDEX owned ON part (name, owner)")
        services = (_joined(store, row) for row in rows(tables["services"]()))
        yield from outcomes(services, hsds.draft)


def _parts(tables: Tables, name: str, column: str) -> Iterator[tuple[str, str, str]]:
    try:
        for row in rows(tables[name]()):
            if row.get(column):
                yield name, row[column], json.dumps(row)
    except Broken:
        return  # what was readable of a side table stands


def rows(stream: IO[bytes]) -> Iterator[dict[str, str]]:
    """The rows of one table as mappings. Raises Broken where it stops being a table."""
    csv.field_size_limit(1_000_000)
    with closing(stream):
        text = as_text(stream)
        try:
            for row in csv.DictReader(text):
                yield {
                    str(k).strip().lower(): v for k, v in row.items() if k and isinstance(v, str)
                }
        except (csv.Error, UnicodeError, zipfile.BadZipFile, OSError, EOFError) as problem:
            raise Broken(_("From here on the file is not a table.")) from problem


def _joined(store: sqlite3.Connection, service: Row) -> Row:
    key = service.get("id", "")
    at = _of(store, "service_at_location", key)
    service["organization"] = _of(store, "organizations", service.get("organization_id", ""))[:1]
    service["schedules"] = _of(store, "schedules", key)
    service["languages"] = _of(store, "languages", key)
    service["attributes"] = [
        {"taxonomy_term": _of(store, "taxonomy_terms", a.get("taxonomy_term_id", ""))[:1]}
        for a in _of(store, "attributes", key)
    ]
    service["service_at_locations"] = [
        {
            "location": [
                _located(store, p) for p in _of(store, "locations", a.get("location_id", ""))
            ]
        }
        for a in at
    ]
    return service


def _located(store: sqlite3.Connection, place: Row) -> Row:
    key = place.get("id", "")
    return {
        **place,
        "addresses": _of(store, "addresses", key),
        "accessibility": _of(store, "accessibility", key),
    }


def _of(store: sqlite3.Connection, name: str, owner: str) -> list[Row]:
    found = store.execute(
        "SELECT body FROM part WHERE name = ? AND owner = ? LIMIT 50", (name, owner)
    )
    return [json.loads(body) for (body,) in found]
