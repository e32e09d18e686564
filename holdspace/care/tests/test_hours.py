"""Hours of a line, judged in its own zone."""

import contextlib
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.care.hours import read_hours

VIENNA = ZoneInfo("Europe/Vienna")
EVENINGS = read_hours("mon-fri 16:00-23:00; sat-sun 20:00-02:00", "Europe/Vienna")


def at(text, zone=VIENNA):
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


def test_always_and_unknown():
    moment = at("2026-11-22T03:00")
    assert read_hours("always", "Europe/Vienna").at(moment).open
    assert read_hours("always", "Europe/Vienna").at(moment).always
    unknown = read_hours("unknown", "Europe/Vienna").at(moment)
    assert (unknown.known, unknown.open) == (False, False)


@pytest.mark.parametrize(
    ("moment", "is_open", "changes"),
    [
        ("2026-11-23T15:59", False, "2026-11-23T16:00"),  # a Monday
        ("2026-11-23T16:00", True, "2026-11-23T23:00"),
        ("2026-11-23T23:00", False, "2026-11-24T16:00"),
        ("2026-11-22T01:59", True, "2026-11-22T02:00"),  # Saturday's night still runs
        ("2026-11-22T02:00", False, "2026-11-22T20:00"),
        ("2026-11-21T23:30", True, "2026-11-22T02:00"),
    ],
)
def test_spans_of_the_week(moment, is_open, changes):
    now = EVENINGS.at(at(moment))
    assert (now.open, now.changes) == (is_open, at(changes))


def test_the_zone_is_the_lines_and_not_the_readers():
    now = EVENINGS.at(at("2026-11-23T22:30", ZoneInfo("Asia/Kolkata")))  # 18:00 in Vienna
    assert now.open


def test_openings_that_touch_are_one():
    hours = read_hours("mon 08:00-12:00; mon 12:00-18:00", "Europe/Vienna")
    assert hours.at(at("2026-11-23T09:00")).changes == at("2026-11-23T18:00")


def test_midnight_is_the_end_of_the_day():
    hours = read_hours("mon-sun 00:00-00:00", "Europe/Vienna")
    assert hours.at(at("2026-11-23T00:00")).open
    assert hours.at(at("2026-11-29T23:59")).open


@pytest.mark.parametrize(
    "text",
    ["", "24/7", "mon", "mon 9-17", "mon 09:00", "fri-mon 09:00-17:00", "daily 09:00-10:00", None],
)
def test_what_is_not_hours_is_said_so(text):
    with pytest.raises(ValueError, match="hours"):
        read_hours(text, "Europe/Vienna")


def test_a_zone_must_exist():
    with pytest.raises(ValueError, match="zone"):
        read_hours("always", "Europe/Nowhere")


@given(st.text(max_size=30))
def test_no_text_brings_it_down(text):
    with contextlib.suppress(ValueError):
        read_hours(text, "Europe/Vienna").at(at("2026-11-23T12:00"))
