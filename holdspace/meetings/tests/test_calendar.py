"""What the writer writes, read back by two that share no line with it."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar as Read
from icalendar import Timezone

from holdspace.meetings.calendar import Calendar, Conference, Once, Repeated, Said, written
from holdspace.meetings.calendar.lines import escaped, folded
from holdspace.meetings.calendar.zones import zone_lines
from holdspace.meetings.rhythm import (
    Chosen,
    Other,
    Pause,
    Rhythm,
    Weekly,
    instant_of,
    occurrences,
)
from holdspace.meetings.tests.test_rhythm import ZONES, rhythms

NOW = dt.datetime(2026, 11, 15, 10, tzinfo=dt.UTC)
TWO_YEARS = dt.timedelta(days=731)
PLAIN = Said("Appointment")
Span = tuple[dt.datetime, dt.datetime]


def read(*events: Once | Repeated, name: str = "Calendar") -> Any:
    return Read.from_ical(written(Calendar(name, events, NOW)))


def spans_in(calendar: Any, since: dt.datetime, until: dt.datetime) -> list[Span]:
    """Every instance that is not called off, as an independent expander finds it."""
    found = recurring_ical_events.of(calendar).between(since, until)
    spans = []
    for event in found:
        if event["STATUS"] == "CANCELLED":
            continue
        begins = event["DTSTART"].dt.astimezone(dt.UTC)
        if since <= begins < until:
            spans.append((begins, event["DTEND"].dt.astimezone(dt.UTC)))
    return sorted(spans)


@st.composite
def changed(draw: st.DrawFn) -> tuple[Rhythm, dict[dt.date, str], int]:
    """A rhythm, and what became of some of its dates."""
    rhythm = draw(rhythms())
    since = instant_of(rhythm.starts, dt.time(), rhythm.zone)
    days = [one.day for one in occurrences(rhythm, since, since + TWO_YEARS)][:40]
    kinds = st.sampled_from(["left out", "moved", "called off", "longer"])
    told = draw(st.dictionaries(st.sampled_from(days), kinds, max_size=4)) if days else {}
    return rhythm, told, draw(st.integers(1, 200))


def _events(rhythm: Rhythm, told: dict[dt.date, str], hours: int) -> list[Once | Repeated]:
    out = frozenset(day for day, what in told.items() if what == "left out")
    events: list[Once | Repeated] = [Repeated("a", rhythm, PLAIN, left_out=out)]
    for day, what in told.items():
        begins = instant_of(day, rhythm.at, rhythm.zone)
        if what == "moved":
            begins += dt.timedelta(hours=hours)
        length = rhythm.minutes + (hours if what == "longer" else 0)
        original = dt.datetime.combine(day, rhythm.at)
        if what != "left out":
            events.append(
                Once(
                    "a", begins, begins + dt.timedelta(minutes=length), rhythm.zone, PLAIN,
                    sequence=1, original=original, is_off=what == "called off",
                )
            )  # fmt: skip
    return events


def _due(rhythm: Rhythm, told: dict[dt.date, str], hours: int, since: dt.datetime) -> list[Span]:
    spans = []
    for one in occurrences(rhythm, since, since + TWO_YEARS):
        what = told.get(one.day)
        if what in {"left out", "called off"}:
            continue
        later = dt.timedelta(hours=hours if what == "moved" else 0)
        length = dt.timedelta(minutes=rhythm.minutes + (hours if what == "longer" else 0))
        spans.append((one.begins + later, one.begins + later + length))
    return sorted(spans)


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(changed())
def test_every_instance_of_two_years_is_the_same(case: tuple[Rhythm, dict[dt.date, str], int]):
    rhythm, told, hours = case
    since = instant_of(rhythm.starts, dt.time(), rhythm.zone)
    found = spans_in(read(*_events(rhythm, told, hours)), since, since + TWO_YEARS)
    due = [one for one in _due(rhythm, told, hours, since) if one[0] < since + TWO_YEARS]
    assert [begins for begins, _ends in found] == [begins for begins, _ends in due]
    wrong = {ends: due_ends for (_b, ends), (_c, due_ends) in zip(found, due, strict=True)}
    assert [d for e, d in wrong.items() if e != d and not _changing(rhythm.zone, d)] == []


def _changing(zone: str, ends: dt.datetime) -> bool:
    """Whether the clocks change about then: the expander reckons lengths on the wall."""
    around = (ends + dt.timedelta(hours=hours) for hours in (-6, 1))
    return len({moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in around}) > 1


def weekly(**more: Any) -> Rhythm:
    given = {
        "shape": Weekly((1,)), "starts": dt.date(2026, 11, 3), "at": dt.time(19), "minutes": 90,
        "zone": "Europe/London",
    }  # fmt: skip
    return Rhythm(**{**given, **more})


def test_both_clock_changes_keep_the_hour_on_the_wall_and_the_length():
    since = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    found = spans_in(read(Repeated("a", weekly(), PLAIN)), since, since + TWO_YEARS)
    walls = {begins.astimezone(ZoneInfo("Europe/London")).time() for begins, _ends in found}
    assert walls == {dt.time(19)}
    assert {ends - begins for begins, ends in found} == {dt.timedelta(minutes=90)}
    assert {begins.hour for begins, _ends in found} == {18, 19}
    assert found == [(o.begins, o.ends) for o in occurrences(weekly(), since, since + TWO_YEARS)]


@pytest.mark.parametrize("at", ["00:30", "01:00", "01:30", "02:30"])
@pytest.mark.parametrize("starts", [dt.date(2027, 3, 28), dt.date(2027, 10, 31)])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_one_that_begins_in_the_night_of_a_change(at: str, starts: dt.date, zone: str):
    rhythm = weekly(
        shape=Weekly((6,)), starts=starts, at=dt.time.fromisoformat(at), minutes=120, zone=zone
    )
    since = instant_of(starts, dt.time(), zone)
    found = spans_in(read(Repeated("a", rhythm, PLAIN)), since, since + TWO_YEARS)
    assert [b for b, _e in found] == [
        o.begins for o in occurrences(rhythm, since, since + TWO_YEARS)
    ]
    ordinary = [(b, e) for b, e in found if b.month == 6]
    assert {e - b for b, e in ordinary} == {dt.timedelta(hours=2)}


def test_one_meeting_in_an_hour_that_comes_twice_ends_when_it_ends():
    begins = dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)
    one = Once("a", begins, begins + dt.timedelta(minutes=50), "Europe/Berlin", PLAIN)
    (event,) = read(one).walk("VEVENT")
    assert event["DTSTART"].dt.astimezone(dt.UTC) == begins
    assert event["DTEND"].dt.astimezone(dt.UTC) == one.ends


def test_a_moved_one_is_known_by_its_first_time_and_a_skipped_one_is_left_out():
    begins = dt.datetime(2026, 11, 12, 18, tzinfo=dt.UTC)
    first = dt.datetime.combine(dt.date(2026, 11, 10), dt.time(19))
    moved = Once("a", begins, begins, "Europe/London", PLAIN, sequence=3, original=first)
    out = frozenset({dt.date(2026, 11, 17)})
    text = written(Calendar("c", [Repeated("a", weekly(), PLAIN, 2, left_out=out), moved], NOW))
    assert b"\r\nRECURRENCE-ID;TZID=Europe/London:20261110T190000\r\n" in text
    assert b"\r\nDTSTART;TZID=Europe/London:20261112T180000\r\n" in text
    assert b"\r\nEXDATE;TZID=Europe/London:20261117T190000\r\n" in text
    assert b"\r\nSEQUENCE:2\r\n" in text
    assert b"\r\nSEQUENCE:3\r\n" in text
    assert text.count(b"UID:a\r\n") == 2


def test_a_rhythm_told_from_a_later_day_on_keeps_its_phase_and_its_end():
    rhythm = weekly(shape=Weekly((1, 3), 2), times=9)
    since = dt.datetime(2026, 11, 19, tzinfo=dt.UTC)
    event = Repeated("a", rhythm, PLAIN, since=since.date())
    found = spans_in(read(event), dt.datetime(2026, 11, 1, tzinfo=dt.UTC), since + TWO_YEARS)
    assert found == [(o.begins, o.ends) for o in occurrences(rhythm, since, since + TWO_YEARS)]
    assert b"COUNT" not in written(Calendar("c", [event], NOW))


def test_nothing_is_written_of_a_rhythm_without_a_date_left():
    gone = weekly(until=dt.date(2026, 11, 3))
    over = Repeated("a", gone, PLAIN, since=dt.date(2026, 11, 4))
    all_out = Repeated("b", gone, PLAIN, left_out=frozenset({dt.date(2026, 11, 3)}))
    paused = Repeated("c", weekly(pauses=(Pause(dt.date(2026, 1, 1), dt.date(2200, 1, 1)),)), PLAIN)
    assert read(over, all_out, paused).walk("VEVENT") == []


def test_pauses_chosen_dates_and_rules_of_others():
    pause = Pause(dt.date(2026, 12, 20), dt.date(2027, 1, 5))
    days = (dt.date(2026, 11, 3), dt.date(2026, 12, 29), dt.date(2027, 2, 2))
    since = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    for rhythm in (
        weekly(pauses=(pause,)),
        weekly(shape=Chosen(days), pauses=(pause,)),
        weekly(shape=Other("FREQ=MONTHLY;BYMONTHDAY=-1")),
    ):
        found = spans_in(read(Repeated("a", rhythm, PLAIN)), since, since + TWO_YEARS)
        due = list(occurrences(rhythm, since, since + TWO_YEARS))
        assert found == [(o.begins, o.ends) for o in due]


@pytest.mark.parametrize("zone", [*ZONES[:-1], "Europe/Dublin", "America/Sao_Paulo"])
def test_a_zone_brought_along_is_the_zone(zone: str):
    """Read as a calendar must that does not know the zone by its name."""
    made: Any = Timezone.from_ical(zone_lines(zone, 2019, 2032)).to_tz()
    known = ZoneInfo(zone)
    moment = dt.datetime(2019, 3, 1, tzinfo=dt.UTC)
    while moment.year < 2032:
        assert moment.astimezone(made).utcoffset() == moment.astimezone(known).utcoffset(), moment
        moment += dt.timedelta(hours=37)


def test_utc_needs_no_zone():
    text = written(Calendar("c", [Repeated("a", weekly(zone="UTC"), PLAIN)], NOW))
    assert b"VTIMEZONE" not in text
    assert b"DTSTART:20261103T190000Z" in text


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=300)


@settings(max_examples=150, deadline=None)
@given(texts, texts, texts)
def test_words_come_back_as_they_were(summary: str, words: str, place: str):
    begins = dt.datetime(2026, 11, 12, 18, tzinfo=dt.UTC)
    said = Said(summary, words, place, "https://example.org/g/7f3k/?a=1,2;b")
    text = written(Calendar(summary, [Once("a", begins, begins, "UTC", said)], NOW))
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    (event,) = Read.from_ical(text).walk("VEVENT")
    mended = [
        part.replace("\u2028", "\n").replace("\u2029", "\n") for part in (summary, words, place)
    ]
    assert str(event["SUMMARY"]) == mended[0]
    assert str(event.get("DESCRIPTION", "")) == mended[1]
    assert str(event.get("LOCATION", "")) == mended[2]
    assert event["URL"] == said.page


@given(st.text(max_size=200))
def test_no_words_begin_a_line_of_their_own(text: str):
    for one in (escaped(text), folded("X:" + escaped(text))[:-2].replace("\r\n ", "")):
        assert "\n" not in one
        assert "\r" not in one


def test_a_way_to_join_is_told_as_the_standard_says_and_breaks_out_of_nothing():
    link = Conference(
        "https://meet.example.org/a\r\nATTACH:x", ("AUDIO", "VIDEO"), 'Join "here": now'
    )
    begins = dt.datetime(2026, 11, 12, 18, tzinfo=dt.UTC)
    said = Said("Appointment", conferences=(link,))
    (event,) = read(Once("a", begins, begins, "UTC", said)).walk("VEVENT")
    assert "ATTACH" not in event
    assert event["CONFERENCE"] == "https://meet.example.org/aATTACH:x"
    assert event["CONFERENCE"].params["FEATURE"] == ["AUDIO", "VIDEO"]
    assert event["CONFERENCE"].params["LABEL"] == "Join 'here': now"
