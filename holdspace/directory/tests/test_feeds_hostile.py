"""Files that nobody meant well with: broken, endless, nested, packed to burst."""

import json
import tracemalloc
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.directory.feeds import meeting_guide
from holdspace.directory.feeds.draft import Draft, Mode, Outcome, Refused, Standing
from holdspace.directory.feeds.reading import Format, read_feed

FEEDS = Path(__file__).parent / "feeds"
SAMPLES = sorted(p for p in FEEDS.rglob("*") if p.suffix in {".json", ".ics", ".csv"})
KEYS = ["name", "slug", "day", "time", "end_time", "types", "notes", "latitude", "longitude",
        "timezone", "url", "attendance_option", "updated", "coordinates", "id", "status",
        "schedules", "service_at_locations", "organization", "languages", "attributes",
        "approximate", "formatted_address", "maximum_age", "location_type"]  # fmt: skip


def read(source: bytes, wanted: Format = Format.AUTO) -> list[Outcome]:
    return list(read_feed(BytesIO(source), wanted))


def sound(found: list[Outcome]) -> None:
    """Whatever came out can be kept by any database and shown on a page."""
    for one in found:
        assert isinstance(one, Draft | Refused)
        if isinstance(one, Refused):
            assert str(one.reason)
            continue
        assert one.name
        assert one.source_id
        assert len(one.name) <= 160
        assert len(one.text) <= 2_000
        assert isinstance(one.mode, Mode)
        assert isinstance(one.standing, Standing)
        for text in (one.name, one.text, one.place, one.source_id, one.cost):
            text.encode("utf-8")
            assert "\x00" not in text
        assert all(0 <= s.start < 1_440 and 0 < s.minutes <= 720 for s in one.times)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(KEYS) | st.text(max_size=5), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip
records = st.lists(st.dictionaries(st.sampled_from(KEYS), anything, max_size=12), max_size=6)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(records, st.sampled_from([Format.AUTO, Format.MEETING_GUIDE, Format.HSDS]))
def test_any_json_records(feed: list[Any], wanted: Format) -> None:
    sound(read(json.dumps(feed).encode(), wanted))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(list(Format)))
def test_any_bytes(source: bytes, wanted: Format) -> None:
    sound(read(source, wanted))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.sampled_from([Format.CSV, Format.ICAL]))
def test_any_text(source: str, wanted: Format) -> None:
    head = "name,day,time\n" if wanted is Format.CSV else "BEGIN:VEVENT\nSUMMARY:x\n"
    sound(read((head + source + "\nEND:VEVENT\n").encode("utf-8", "replace"), wanted))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_damaged_samples(path: Path) -> None:
    whole, chance = path.read_bytes()[:20_000], Random(path.name)
    for _turn in range(12):
        damaged = bytearray(whole)
        for _spot in range(chance.randrange(1, 20)):
            if damaged:
                at = chance.randrange(len(damaged))
                damaged[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
        sound(read(bytes(damaged[: chance.randrange(len(damaged) + 1)])))


@pytest.mark.parametrize(
    "source",
    [
        b"[" * 100_000, b'{"a":' * 100_000, b'[{"name":' + b"[" * 5_000,
        b'[{"name":"a","slug":"b","latitude":1e999999999,"longitude":1}]',
        b'[{"name":"a","slug":"b","day":' + b"9" * 6_000 + b"}]",
        b'[{"name":"a","slug":"b","notes":"\\ud800\\u0000"}]', b'[{"name":NaN}]', b"[,]", b"[null]",
        b'{"contents":{"contents":[]}}', b"", b" ", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04",
        b"name\n" + b"," * 200_000, b'name\n"' + b"x" * 2_000_000, b"BEGIN:VEVENT\n" * 5_000,
        b"BEGIN:VCALENDAR\n" + b" x" * 500_000, b"<html><body>404</body></html>", b"\x00" * 5_000,
        b"BEGIN:VEVENT\nSUMMARY:a\nRRULE:FREQ=SECONDLY\nDTSTART:99999999T999999\nEND:VEVENT",
    ],
    ids=lambda s: str(s[:20]),
)  # fmt: skip
def test_the_usual_tricks(source: bytes) -> None:
    for wanted in Format:
        sound(read(source, wanted))


def test_one_bad_record_never_stops_the_rest() -> None:
    bad = ["null", "3", "[]", '{"name":{}}', '{"slug":"x"}', '{"name":"n","slug":[1]}',
           '{"name":"deep","slug":"d","x":' + "[" * 60 + "]" * 60 + "}"]  # fmt: skip
    good = [f'{{"name":"Group {n}","slug":"g{n}"}}' for n in range(len(bad))]
    feed = ",".join(part for pair in zip(bad, good, strict=True) for part in pair)
    found = read(f"[{feed}]".encode())
    assert [d.name for d in found if isinstance(d, Draft)] == [
        f"Group {n}" for n in range(len(bad))
    ]
    assert [r.record for r in found if isinstance(r, Refused)] == [1, 3, 5, 7, 9, 11, 13]


def a_zip(members: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_zip_bomb_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holdspace.directory.feeds.hsds_tables._MOST_UNPACKED", 1_000_000)
    (one,) = read(a_zip({"services.csv": b"0" * 2_000_000}))
    assert isinstance(one, Refused)
    assert "unpacks" in str(one.reason)


def test_too_many_members_and_paths_upwards() -> None:
    assert isinstance(read(a_zip({f"{n}.csv": b"" for n in range(300)}))[0], Refused)
    services = b"id,name,status,url\n1,Evening group,active,https://example.org/\n"
    found = read(a_zip({"../../etc/services.csv": services}))
    assert [d.name for d in found if isinstance(d, Draft)] == ["Evening group"]


def a_workbook(replace: dict[str, bytes]) -> bytes:
    stream, out = BytesIO(), BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["name"])
    book.save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            new.writestr(member, replace.get(member, old.read(member)))
    return out.getvalue()


def test_xml_entities_are_refused() -> None:
    bomb = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
    <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData>&b;</sheetData></worksheet>"""
    for member in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
        (one,) = read(a_workbook({member: bomb}))
        assert isinstance(one, Refused), member


def test_a_cell_at_the_end_of_the_world() -> None:
    sheet = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
    <sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>
    <row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"""
    sound(read(a_workbook({"xl/worksheets/sheet1.xml": sheet})))


class Endless:
    """A long feed made while it is read."""

    def __init__(self, count: int) -> None:
        self._parts = self._written(count)
        self._rest = b""

    def _written(self, count: int) -> Iterator[bytes]:
        notes = "Come in by the side door. Call 0113 496 0000. " * 5
        yield b"["
        for n in range(count):
            record = {"name": f"Group {n}", "slug": f"g{n}", "day": n % 7, "time": "19:00",
                      "notes": notes}  # fmt: skip
            yield (b"," if n else b"") + json.dumps(record).encode()
        yield b"]"

    def read(self, size: int = -1) -> bytes:
        return next(self._parts, b"")


@pytest.mark.slow
def test_memory_stays_flat() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        total = sum(1 for _one in meeting_guide.read(Endless(count)))
        high = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert total == count
        return high

    peak(50)
    assert peak(3_000) < peak(300) + 1_000_000
