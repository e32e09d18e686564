"""Every published sample is read as what it is, and nothing personal comes through."""

import os
import re
from dataclasses import fields as parts_of
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from holdspace.directory.feeds.draft import Draft, Mode, Refused, Rule, Slot, Standing
from holdspace.directory.feeds.reading import Format, read_feed, recognised

FEEDS = Path(__file__).parent / "feeds"
ELSEWHERE = os.environ.get("HOLDSPACE_FEEDS", "")
FILES = sorted(
    p for folder in [FEEDS, *([Path(ELSEWHERE)] if ELSEWHERE else [])]
    for p in folder.rglob("*") if p.suffix in {".json", ".ics", ".csv"}
)  # fmt: skip


def drafts(source: bytes | Path, wanted: Format = Format.AUTO) -> list[Draft]:
    found = read_feed(BytesIO(source) if isinstance(source, bytes) else source, wanted)
    return [one for one in found if isinstance(one, Draft)]


def refusals(source: bytes | Path, wanted: Format = Format.AUTO) -> list[Refused]:
    found = read_feed(BytesIO(source) if isinstance(source, bytes) else source, wanted)
    return [one for one in found if isinstance(one, Refused)]


def all_text(draft: Draft) -> str:
    return " ¶ ".join(str(getattr(draft, f.name)) for f in parts_of(draft) if f.name != "source_id")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
@pytest.mark.parametrize("wanted", list(Format), ids=str)
def test_any_file_is_survived_in_any_format(path: Path, wanted: Format) -> None:
    for one in read_feed(path, wanted):
        assert isinstance(one, Draft | Refused)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_nobody_comes_through(path: Path) -> None:
    for draft in drafts(path):
        text = all_text(draft)
        assert "@" not in text
        assert "zoom.us" not in text
        assert "Ann Persona" not in text, "a contact of the HSDS examples"
        assert not re.search(r"John D\b", text)
        assert not re.search(r"\+\d[\d\s-]{6,}", text)


def test_the_sample_feeds_are_recognised() -> None:
    kinds = {
        "family-massachusetts.json": "meeting-guide",
        "edge-invalid.json": "meeting-guide",
        "hsds/examples-service_full.json": "hsds",
        "hsds/examples-location.json": "hsds",
        "hsds/csv/services.csv": "csv",
        "ical/bom_calendar.ics": "ical",
        "ical/event_with_recurrence.ics": "ical",
    }
    for name, kind in kinds.items():
        with (FEEDS / name).open("rb") as stream:
            assert recognised(stream) == kind, name


def test_attendance_is_taken_as_stated() -> None:
    found = drafts(FEEDS / "family-massachusetts.json")
    assert len(found) == 60
    assert {d.mode for d in found} == {Mode.IN_PERSON, Mode.ONLINE, Mode.HYBRID}
    paused = [d for d in found if d.standing is Standing.PAUSED]
    assert paused, "inactive with the place closed is temporarily closed, not in person"


def test_an_invalid_file_gives_what_came_before() -> None:
    path = FEEDS / "edge-invalid.json"
    assert len(drafts(path)) == 8
    (last,) = refusals(path)
    assert last.stops
    assert last.record == 9


def test_days_and_times_of_meeting_guide() -> None:
    by_key = {d.source_id: d for d in drafts(FEEDS / "edge-invalid.json")}
    assert by_key["monday-7pm"].times == (Slot(0, 19 * 60, 120),)
    assert by_key["sunday-8pm"].times == (Slot(6, 20 * 60, 60),), "day 7 is a Sunday"
    assert by_key["appointment"].times == ()
    feed = b'[{"name":"A","slug":"a","day":[1,"3"],"time":"6:00 PM","end_time":"00:30"}]'
    (made,) = drafts(feed)
    assert made.times == (Slot(0, 18 * 60, 390), Slot(2, 18 * 60, 390))


def test_both_zones_of_the_sample_are_kept() -> None:
    zones = {d.source_id: d.zone for d in drafts(FEEDS / "edge-timezones.json")}
    assert zones == {"sf-meeting": "America/Los_Angeles", "pa-meeting": "America/New_York"}


def test_contact_fields_of_a_meeting_are_dropped() -> None:
    text = " ".join(all_text(d) for d in drafts(FEEDS / "edge-times.json"))
    for trace in ("John", "555-0100", "john.d"):
        assert trace not in text


def test_the_full_hsds_service() -> None:
    (made,) = drafts(FEEDS / "hsds" / "examples-service_full.json")
    assert made.name == "Community Counselling"
    assert made.kind == "professional"
    assert made.mode is Mode.HYBRID
    assert made.languages == ("ur",)
    assert set(made.access) == {"step-free", "hearing-loop"}
    assert made.run_by == "Example Organization Inc."
    assert made.latitude is None, "100 degrees north is nowhere"
    rule = "FREQ=WEEKLY;BYDAY=TH,FR;BYMONTHDAY=2,3,4;UNTIL=20050101"
    assert made.rules == (Rule(date(2005, 1, 1), 600, 480, rule),)


def test_monthly_schedules_of_hsds() -> None:
    (made,) = drafts(FEEDS / "hsds" / "schedules-services.json")
    assert [r.rrule for r in made.rules][2] == "FREQ=MONTHLY;BYDAY=1SA;UNTIL=20201107"


def test_hsds_tables_say_the_same_as_the_json() -> None:
    (from_tables,) = drafts(FEEDS / "hsds" / "csv")
    (from_json,) = drafts(FEEDS / "hsds" / "examples-service_full.json")
    for field in ("name", "text", "mode", "rules", "languages", "access", "run_by", "place"):
        assert getattr(from_tables, field) == getattr(from_json, field), field


def test_organisations_and_terms_are_refused_with_a_reason() -> None:
    for name in ("examples-organization_list.json", "examples-taxonomy_term_list.json"):
        (one,) = refusals(FEEDS / "hsds" / name)
        assert "not a service" in str(one.reason)


def test_services_of_which_nobody_knows_where_or_when_are_refused() -> None:
    path = FEEDS / "hsds" / "attributes-service.json"
    assert drafts(path) == []
    assert {str(one.reason) for one in refusals(path)} == {
        "It says neither when nor where, and names nobody to ask."
    }


@pytest.mark.parametrize("name", ["contacts", "phones", "programs", "languages", "taxonomies"])
def test_single_side_tables_of_hsds_hold_no_groups(name: str) -> None:
    path = FEEDS / "hsds" / "csv" / f"{name}.csv"
    assert drafts(path) == []
    assert refusals(path)[0].stops


def test_ndjson_and_a_bare_object() -> None:
    one = b'{"id":"1","name":"Evening group","status":"active","url":"https://example.org/"}'
    assert [d.name for d in drafts(one)] == ["Evening group"]
    both = drafts(one + b"\n" + one.replace(b'"1"', b'"2"'))
    assert [d.source_id for d in both] == ["1", "2"]


def test_a_key_that_comes_twice_is_refused_once() -> None:
    feed = b'[{"name":"A","slug":"a"},{"name":"B","slug":"a"}]'
    assert [d.name for d in drafts(feed)] == ["A"]
    assert "before" in str(refusals(feed)[0].reason)


def test_calendar_changes_are_folded_into_their_series() -> None:
    calendar = b"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:a@b.example
SUMMARY:Evening circle
DTSTART;TZID=Europe/London:20260106T190000
DTEND;TZID=Europe/London:20260106T203000
RRULE:FREQ=WEEKLY;BYDAY=TU
EXDATE;TZID=Europe/London:20260113T190000
END:VEVENT
BEGIN:VEVENT
UID:a@b.example
RECURRENCE-ID;TZID=Europe/London:20260120T190000
DTSTART;TZID=Europe/London:20260121T190000
SUMMARY:Evening circle
END:VEVENT
BEGIN:VEVENT
UID:a@b.example
RECURRENCE-ID;TZID=Europe/London:20260127T190000
DTSTART;TZID=Europe/London:20260127T190000
STATUS:CANCELLED
SUMMARY:Evening circle
END:VEVENT
END:VCALENDAR
"""
    (made,) = drafts(calendar)
    (rule,) = made.rules
    assert rule.minutes == 90
    assert rule.skip == (date(2026, 1, 13), date(2026, 1, 20), date(2026, 1, 27))
    assert rule.also == (date(2026, 1, 21),)


def test_empty_and_whole_day_entries_are_refused_one_by_one() -> None:
    assert len(refusals(FEEDS / "ical" / "big_bad_calendar.ics")) == 20
    assert len(refusals(FEEDS / "ical" / "example.ics")) == 3
    assert drafts(FEEDS / "ical" / "bom_calendar.ics") == []


def test_custom_and_named_calendar_zones() -> None:
    (new_york,) = drafts(FEEDS / "ical" / "america_new_york.ics")
    (fiji,) = drafts(FEEDS / "ical" / "pacific_fiji.ics")
    assert (new_york.zone, fiji.zone) == ("America/New_York", "Pacific/Fiji")


SHEET = [
    ["Group name", "Day", "Start time", "End", "Town", "Country", "Format", "Led by", "For",
     "Topics", "Language", "Access", "Phone", "Contact"],
    ["Sleep and worry", "Tuesdays", "7 pm", "8.30 pm", "Leeds", "GB", "In person", "Peers",
     "Own experience", "anxiety, sleep", "English; Urdu", "wheelchair ramp", "0113 496 0000",
     "Pat Jones"],
    [None] * 14,
    ["Kind carers", "Mon, Thu", "18:00", None, "Leeds", "GB", "Online", "Professional",
     "Families", "", "", "", "", ""],
    ["", "Mon", "18:00", None, None, None, None, None, None, None, None, None, None, None],
]  # fmt: skip


def check_sheet(found: list[Draft], refused: list[Refused]) -> None:
    first, second = found
    assert (first.kind, first.audience, first.mode) == ("peer", "lived", Mode.IN_PERSON)
    assert first.times == (Slot(1, 19 * 60, 90),)
    assert first.topics == ("anxiety", "sleep")
    assert first.languages == ("en", "ur")
    assert first.access == ("step-free",)
    assert "Pat" not in all_text(first)
    assert "0113" not in all_text(first)
    assert (second.kind, second.audience, second.mode) == ("professional", "family", Mode.ONLINE)
    assert len(second.times) == 2
    assert [str(r.reason) for r in refused] == ["It has no name."]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_csv_of_any_dialect(separator: str, encoding: str) -> None:
    rows = [[f'"{cell or ""}"' for cell in row] for row in SHEET]
    source = "\r\n".join(separator.join(row) for row in rows).encode(encoding)
    check_sheet(drafts(source), refusals(source))


def test_a_workbook() -> None:
    book = openpyxl.Workbook()
    for row in SHEET:
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    check_sheet(drafts(stream.getvalue()), refusals(stream.getvalue()))


def test_a_list_of_people_is_refused_whole() -> None:
    source = b"Name,First name,Surname\nA group,Pat,Jones\n"
    assert drafts(source) == []
    assert "people" in str(refusals(source)[0].reason)
