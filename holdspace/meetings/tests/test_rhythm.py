"""The engine against dateutil, which unfolds from the beginning and shares no line with it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from dateutil.rrule import MONTHLY, WEEKLY, rrule, rrulestr, weekday
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.meetings.rhythm import (
    Chosen,
    Monthly,
    NotARhythm,
    Nth,
    Other,
    Pause,
    Rhythm,
    Shape,
    Weekly,
    days_of,
    instant_of,
    lines_of,
    next_occurrences,
    occurrences,
    rhythm_from_lines,
    rhythm_from_rule,
    rule_of,
    shape_from_rule,
    shape_text,
)

ZONES = [
    "Europe/London", "Europe/Berlin", "America/New_York", "America/Santiago", "Asia/Kolkata",
    "Asia/Kathmandu", "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Chatham",
    "America/St_Johns", "Asia/Beirut", "Pacific/Kiritimati", "UTC",
]  # fmt: skip

dates = st.dates(date(2005, 1, 1), date(2034, 12, 31))
walls = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45, 59]))
weekly = st.builds(
    Weekly, st.lists(st.integers(0, 6), min_size=1, max_size=7).map(tuple), st.integers(1, 7)
)
nths = st.builds(Nth, st.sampled_from([1, 2, 3, 4, 5, -1, -2, -3, -4, -5]), st.integers(0, 6))
monthly = st.builds(Monthly, st.lists(nths, min_size=1, max_size=4).map(tuple), st.integers(1, 14))
chosen = st.builds(Chosen, st.lists(dates, min_size=1, max_size=20).map(tuple))
usual = st.one_of(weekly, monthly, chosen)


@st.composite
def rhythms(draw: st.DrawFn, shapes: st.SearchStrategy[Shape] = usual) -> Rhythm:
    """Any rhythm of the usual shapes, with its end and its pauses."""
    shape = draw(shapes)
    starts = shape.days[0] if isinstance(shape, Chosen) else draw(dates)
    end = draw(st.sampled_from(["never", "until", "times"]))
    until = starts + timedelta(days=draw(st.integers(0, 900))) if end == "until" else None
    times = draw(st.integers(1, 120)) if end == "times" else None
    if isinstance(shape, Chosen):
        until = times = None
    pauses = []
    for _number in range(draw(st.integers(0, 2))):
        first = starts + timedelta(days=draw(st.integers(-10, 400)))
        pauses.append(Pause(first, first + timedelta(days=draw(st.integers(0, 40)))))
    return Rhythm(
        shape, starts, draw(walls), draw(st.integers(1, 300)),
        draw(st.sampled_from(ZONES)), until, times, tuple(pauses),
    )  # fmt: skip


def by_dateutil(rhythm: Rhythm, last: date) -> list[date]:
    """The same days, from the first one on, as dateutil finds them."""
    shape = rhythm.shape
    begin = datetime.combine(rhythm.starts, rhythm.at)
    end = datetime.combine(min(last, rhythm.until or last), time.max)
    bounds = {"dtstart": begin, "until": end}
    if isinstance(shape, Chosen):
        found = [d for d in shape.days if rhythm.starts <= d <= last][: rhythm.times]
    else:
        if isinstance(shape, Weekly):
            rule = rrule(WEEKLY, byweekday=shape.days, interval=shape.every, **bounds)
        else:
            byweekday = [weekday(nth.weekday, nth.nth) for nth in shape.days]
            rule = rrule(MONTHLY, byweekday=byweekday, interval=shape.every, **bounds)
        found = [m.date() for m in list(rule)[: rhythm.times]]
    return [d for d in found if not any(p.first <= d <= p.last for p in rhythm.pauses)]


def resolved(day: date, at: time, zone: str) -> datetime:
    """The instant as dateutil sees it: imaginary times pushed forward, the first of two."""
    local = datetime.combine(day, at).replace(tzinfo=tz.gettz(zone))
    return tz.resolve_imaginary(local).astimezone(UTC)


@settings(max_examples=250, deadline=None)
@given(rhythms(), st.integers(-300, 1500), st.integers(0, 700))
def test_days_are_dateutils(rhythm: Rhythm, offset: int, length: int) -> None:
    first = rhythm.starts + timedelta(days=offset)
    last = first + timedelta(days=length)
    expected = [day for day in by_dateutil(rhythm, last) if day >= first]
    assert list(days_of(rhythm, first, last)) == expected


@settings(max_examples=200, deadline=None)
@given(rhythms(), st.integers(-100, 1000), st.integers(0, 400))
def test_instants_are_dateutils(rhythm: Rhythm, offset: int, length: int) -> None:
    day = rhythm.starts + timedelta(days=offset)
    since = datetime.combine(day, time(11, 7), tzinfo=UTC)
    until = since + timedelta(days=length)
    expected = [
        (day, moment)
        for day in by_dateutil(rhythm, until.date() + timedelta(days=2))
        if since <= (moment := resolved(day, rhythm.at, rhythm.zone)) < until
    ]
    found = list(occurrences(rhythm, since, until))
    assert [(o.day, o.begins) for o in found] == expected
    assert all(o.ends - o.begins == timedelta(minutes=rhythm.minutes) for o in found)
    assert all(o.begins.tzinfo is UTC for o in found)


@settings(max_examples=100, deadline=None)
@given(dates, walls, st.sampled_from(ZONES))
def test_wall_clock_is_kept_unless_skipped(day: date, at: time, zone: str) -> None:
    local = instant_of(day, at, zone).astimezone(ZoneInfo(zone))
    back = local.replace(tzinfo=None)
    assert back >= datetime.combine(day, at)
    assert back - datetime.combine(day, at) in (
        timedelta(0), timedelta(minutes=30), timedelta(hours=1), timedelta(days=1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "day", "at", "utc"),
    [
        ("Europe/London", date(2026, 3, 29), time(1, 30), "2026-03-29T01:30"),  # gap: 02:30 BST
        ("Europe/London", date(2026, 10, 25), time(1, 30), "2026-10-25T00:30"),  # fold: first
        ("America/New_York", date(2026, 3, 8), time(2, 15), "2026-03-08T07:15"),
        ("America/New_York", date(2026, 11, 1), time(1, 15), "2026-11-01T05:15"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:45"),  # half an hour
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), "2026-04-04T14:45"),
        ("America/Santiago", date(2026, 9, 6), time(0, 30), "2026-09-06T04:30"),  # at midnight
        ("Asia/Kolkata", date(2026, 3, 29), time(19, 0), "2026-03-29T13:30"),
    ],
)
def test_clock_changes_by_hand(zone: str, day: date, at: time, utc: str) -> None:
    assert instant_of(day, at, zone) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_weekly_evening_keeps_its_hour_across_both_changes() -> None:
    rhythm = Rhythm(Weekly((1,)), date(2026, 3, 24), time(19), 90, "Europe/London")
    since = datetime(2026, 3, 23, tzinfo=UTC)
    hours = {o.begins.hour for o in occurrences(rhythm, since, since + timedelta(days=10))}
    assert hours == {18, 19}
    found = next_occurrences(rhythm, since, 60)
    assert {o.begins.astimezone(ZoneInfo("Europe/London")).hour for o in found} == {19}
    assert len({o.day for o in found}) == 60


@settings(max_examples=200, deadline=None)
@given(rhythms())
def test_text_keeps_the_occurrences(rhythm: Rhythm) -> None:
    lines = lines_of(rhythm)
    last = rhythm.starts + timedelta(days=1500)
    expected = list(days_of(rhythm, rhythm.starts, last))
    if not lines:
        assert expected == []
        return
    back = rhythm_from_lines(lines)
    assert list(days_of(back, back.starts, last)) == expected
    assert (back.at, back.minutes, back.zone) == (rhythm.at, rhythm.minutes, rhythm.zone)
    assert back.shape == rhythm.shape or isinstance(rhythm.shape, Chosen)


@settings(max_examples=150, deadline=None)
@given(st.one_of(weekly, monthly, chosen), dates)
def test_shape_text_round_trips(shape: Shape, starts: date) -> None:
    assert shape_from_rule(shape_text(shape), starts) == shape


@settings(max_examples=150, deadline=None)
@given(rhythms(st.one_of(weekly, monthly)))
def test_dateutil_reads_our_rules(rhythm: Rhythm) -> None:
    zone = tz.gettz(rhythm.zone)
    rule = rrulestr(rule_of(rhythm), dtstart=datetime.combine(rhythm.starts, rhythm.at, zone))
    last = rhythm.starts + timedelta(days=1000)
    unpaused = Rhythm(
        rhythm.shape, rhythm.starts, rhythm.at, rhythm.minutes, rhythm.zone, rhythm.until,
        rhythm.times,
    )  # fmt: skip
    read = rule.between(
        datetime.combine(rhythm.starts, time(), zone),
        datetime.combine(last, time.max, zone),
        inc=True,
    )
    assert [m.date() for m in read] == list(days_of(unpaused, rhythm.starts, last))


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("RRULE:FREQ=WEEKLY", Weekly((3,))),
        ("FREQ=WEEKLY;WKST=SU;INTERVAL=2;BYDAY=TH", Weekly((3,), 2)),
        ("FREQ=DAILY", Weekly((0, 1, 2, 3, 4, 5, 6))),
        ("FREQ=DAILY;BYDAY=MO,WE", Weekly((0, 2))),
        ("freq=monthly;byday=-1su", Monthly((Nth(-1, 6),))),
        ("FREQ=MONTHLY;BYDAY=SU;BYSETPOS=-1", Monthly((Nth(-1, 6),))),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU;INTERVAL=2", Monthly((Nth(1, 1), Nth(3, 1)), 2)),
    ],
)
def test_usual_rules_become_shapes(text: str, shape: Shape) -> None:
    assert shape_from_rule(text, date(2026, 1, 1)) == shape


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=MONTHLY;BYMONTHDAY=15",
        "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=18,19,20,21,22,23,24;BYDAY=SU",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    ],
)
def test_unusual_rules_are_kept_and_unfolded_by_dateutil(text: str) -> None:
    starts = date(2026, 1, 5)
    rhythm = rhythm_from_rule(
        text + ";COUNT=9", starts=starts, at=time(18), minutes=60, zone="Europe/Berlin"
    )
    assert isinstance(rhythm.shape, Other)
    expected = [
        m.date() for m in rrulestr(text + ";COUNT=9", dtstart=datetime.combine(starts, time()))
    ]
    assert list(days_of(rhythm, starts, date(2040, 1, 1))) == expected


def test_until_in_utc_ends_on_the_local_day() -> None:
    rhythm = rhythm_from_rule(
        "FREQ=WEEKLY;UNTIL=20120703T080000Z;BYDAY=TU",
        starts=date(2012, 6, 1), at=time(10), minutes=60, zone="Europe/Berlin",
    )  # fmt: skip
    assert list(days_of(rhythm, date(2012, 6, 20), date(2012, 8, 1)))[-1] == date(2012, 7, 3)
    assert rhythm.until == date(2012, 7, 3)
    early = rhythm_from_rule(
        "FREQ=WEEKLY;UNTIL=20120703T075959Z;BYDAY=TU",
        starts=date(2012, 6, 1), at=time(10), minutes=60, zone="Europe/Berlin",
    )  # fmt: skip
    assert early.until == date(2012, 7, 2)


@pytest.mark.parametrize(
    "text",
    [
        "", "FREQ=", "FREQ=SECONDLY", "FREQ=HOURLY;INTERVAL=2", "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;INTERVAL=two", "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20260101", "FREQ=WEEKLY;UNTIL=soon", "FREQ=YEARLY;BYMONTH=13x",
        "FREQ=DAILY;BYHOUR=9,17", "RDATE:2026", "FREQ=YEARLY;INTERVAL=0",
    ],
)  # fmt: skip
def test_bad_rules_are_refused_in_words(text: str) -> None:
    with pytest.raises(NotARhythm) as refused:
        rhythm_from_rule(
            text, starts=date(2026, 1, 1), at=time(9), minutes=60, zone="Europe/London"
        )
    assert str(refused.value)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="FREQ=WKLYMONTHDAUI;,:TUSBC0123456789+-ZX ", max_size=60))
def test_any_text_gives_a_rhythm_or_a_reason(text: str) -> None:
    try:
        rhythm = rhythm_from_rule(
            text, starts=date(2026, 1, 1), at=time(9), minutes=60, zone="Europe/London"
        )
    except NotARhythm:
        return
    list(days_of(rhythm, date(2026, 1, 1), date(2026, 3, 1)))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Weekly(()),
        lambda: Weekly((7,)),
        lambda: Nth(6, 0),
        lambda: Chosen(()),
        lambda: Pause(date(2026, 2, 1), date(2026, 1, 1)),
        lambda: Rhythm(Weekly((0,)), date(2026, 1, 1), time(9), 60, "Europe/Atlantis"),
        lambda: Rhythm(Weekly((0,)), date(2026, 1, 1), time(9), 0, "UTC"),
        lambda: Rhythm(Weekly((0,)), date(2026, 1, 1), time(9), 60, "../etc/passwd"),
    ],
)
def test_impossible_rhythms_are_refused(make: Callable[[], object]) -> None:
    with pytest.raises(NotARhythm):
        make()


def test_the_ends_of_the_calendar_do_not_raise() -> None:
    rhythm = Rhythm(Weekly((0,)), date(2026, 1, 1), time(9), 60, "UTC")
    ends = datetime(9999, 12, 31, tzinfo=UTC)
    assert list(occurrences(rhythm, ends, ends)) == []
    begin = datetime(1, 1, 1, tzinfo=UTC)
    assert list(occurrences(rhythm, begin, begin)) == []
