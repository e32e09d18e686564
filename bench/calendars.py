# ruff: noqa: PLC0415 -- only the process that measures carries what it measures beside
"""Writing a calendar beside icalendar, and unfolding rhythms beside dateutil, by turns.

Both are given the same things, made beforehand: events for the writers, rules for the expanders.
What comes out is compared first: the calendars part by part as icalendar reads them, the dates
instant by instant. Run: ROUNDS EVENTS SERIES
"""

import datetime as dt
import gc
import json
import random
import statistics
import sys
import time
from zoneinfo import ZoneInfo

from bench.house import House, python
from bench.sizes import Sizes
from bench.table import Row

NOW = dt.datetime(2026, 11, 15, 10, tzinfo=dt.UTC)
AHEAD = dt.timedelta(days=90)
ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata")
WORDS = (
    "By video. You can come once and just listen; camera off is fine.\nYou can leave at any time.",
    "In person. The door is open ten minutes earlier.",
)


def measured(house: House, sizes: Sizes) -> list[Row]:
    """Two rows: the writer and the expander, each beside the library of the field."""
    told = house.told(*python("calendars", str(sizes.rounds), str(sizes.events), str(sizes.series)))
    return [
        _row(f"a calendar of {sizes.events:,} meetings", "icalendar", told["writing"], 6),
        _row(f"{sizes.series:,} series over 90 days", "dateutil", told["unfolding"], 8),
    ]


def _row(what: str, other: str, told: dict, must: float) -> Row:
    ours, theirs, times = told["ours"], told["theirs"], told["times"]
    return Row(what, f"{ours:.1f} ms", f"{theirs:.1f} ms ({other})", times, must, times=True)


def main(rounds: int, events: int, series: int) -> None:
    """Milliseconds of CPU of both, and the median of the rounds' ratios."""
    told = {"writing": _writing(rounds, events), "unfolding": _unfolding(rounds, series)}
    print(json.dumps(told))


def _by_turns(rounds: int, ours, theirs) -> dict:
    turns = []
    for one in range(rounds):
        first, second = (ours, theirs) if one % 2 else (theirs, ours)
        took = {first: _took(first)}
        took[second] = _took(second)
        turns.append((took[ours], took[theirs]))
    return {
        "ours": statistics.median(turn[0] for turn in turns),
        "theirs": statistics.median(turn[1] for turn in turns),
        "times": statistics.median(turn[1] / turn[0] for turn in turns),
    }


def _took(what) -> float:
    gc.collect()
    began = time.thread_time()
    what()
    return (time.thread_time() - began) * 1000


def _writing(rounds: int, many: int) -> dict:
    from icalendar import Calendar as Read

    from holdspace.meetings.calendar import Calendar, written

    calendar = Calendar("Our groups", _events(many), NOW)
    ours, theirs = Read.from_ical(written(calendar)), Read.from_ical(_by_icalendar(calendar))
    if _parts(ours) != _parts(theirs):
        raise RuntimeError("the two calendars say different things")
    return _by_turns(rounds, lambda: written(calendar), lambda: _by_icalendar(calendar))


def _parts(calendar) -> list:
    """Every event as icalendar reads it, property by property; the zones must be the same ones."""
    zones = sorted(str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE"))
    return [zones, *(event.to_ical() for event in calendar.walk("VEVENT"))]


def _events(many: int) -> list:
    """A tenth are repeated; of the rest half stand for one date that was moved."""
    from holdspace.meetings.calendar import Conference, Once, Repeated, Said
    from holdspace.meetings.rhythm import Rhythm, Weekly

    drawn = random.Random(many)
    events: list = []
    for number in range(many):
        zone = drawn.choice(ZONES)
        day = NOW.date() + dt.timedelta(days=drawn.randrange(60))
        at = dt.time(drawn.randrange(9, 21), drawn.choice((0, 15, 30)))
        link = Conference(f"https://meet.example.org/{number}", ("VIDEO",), "Join")
        said = Said(
            f"Circle {number}; for carers, too", drawn.choice(WORDS), "Leith, near the library",
            f"https://groups.example.org/groups/{number:08}/", (link,) if number % 3 else (),
        )  # fmt: skip
        if number % 10 == 0:
            rhythm = Rhythm(Weekly((day.weekday(),)), day, at, 90, zone)
            events.append(Repeated(f"{number:032x}", rhythm, said, 1))
            continue
        wall = dt.datetime.combine(day, at)
        begins = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
        ends, original = begins + dt.timedelta(minutes=90), wall if number % 2 else None
        events.append(Once(f"{number:032x}", begins, ends, zone, said, 2, original))
    return events


def _by_icalendar(calendar) -> bytes:
    """The same calendar, as its library is meant to be used."""
    import icalendar

    made = icalendar.Calendar()
    for name, value in (
        ("VERSION", "2.0"), ("PRODID", "-//Calendar//Meetings//EN"), ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"), ("NAME", calendar.name), ("X-WR-CALNAME", calendar.name),
    ):  # fmt: skip
        made.add(name, value)
    for one in calendar.events:
        made.add_component(_their_event(icalendar, one))
    made.add_missing_timezones()
    return made.to_ical()


def _their_event(icalendar, one):
    event, said = icalendar.Event(), one.said
    for name, value in (("UID", one.uid), ("DTSTAMP", NOW), ("SEQUENCE", one.sequence)):
        event.add(name, value)
    if hasattr(one, "rhythm"):
        zone = ZoneInfo(one.rhythm.zone)
        begins = dt.datetime.combine(one.rhythm.starts, one.rhythm.at, zone)
        ends = begins + dt.timedelta(minutes=one.rhythm.minutes)
        codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        days = [codes[day] for day in one.rhythm.shape.days]
        event.add("RRULE", {"FREQ": "WEEKLY", "BYDAY": days})
    else:
        zone = ZoneInfo(one.zone)
        begins, ends = one.begins.astimezone(zone), one.ends.astimezone(zone)
        if one.original is not None:
            event.add("RECURRENCE-ID", one.original.replace(tzinfo=zone))
    for name, value in (
        ("DTSTART", begins), ("DTEND", ends), ("STATUS", "CONFIRMED"), ("SUMMARY", said.summary),
        ("DESCRIPTION", said.words), ("LOCATION", said.place), ("URL", said.page),
        ("CLASS", "PRIVATE"),
    ):  # fmt: skip
        event.add(name, value)
    for link in said.conferences:
        joined = icalendar.Conference(uri=link.uri, feature=list(link.features), label=link.label)
        event.add("CONFERENCE", joined.to_uri())
    return event


def _unfolding(rounds: int, many: int) -> dict:
    from dateutil.rrule import rrulestr

    from holdspace.meetings.rhythm import occurrences, shape_text

    rhythms = list(_rhythms(many))
    rules = [
        (rrulestr(shape_text(one.shape), dtstart=dt.datetime.combine(one.starts, one.at)),
         ZoneInfo(one.zone))
        for one in rhythms
    ]  # fmt: skip
    until = NOW + AHEAD

    def ours() -> list:
        return [[found.begins for found in occurrences(one, NOW, until)] for one in rhythms]

    def theirs() -> list:
        """On the wall first, which is far faster than with zones, then as instants."""
        margin = dt.timedelta(days=1)
        low, high = NOW.replace(tzinfo=None) - margin, until.replace(tzinfo=None) + margin
        return [
            [
                moment
                for wall in rule.between(low, high)
                if NOW <= (moment := wall.replace(tzinfo=zone).astimezone(dt.UTC)) < until
            ]
            for rule, zone in rules
        ]

    if ours() != theirs():
        raise RuntimeError("the two find different instants")
    return _by_turns(rounds, ours, theirs)


def _rhythms(many: int):
    """Weekly, fortnightly, twice a week, nth and last weekdays; begun in the last two years."""
    from holdspace.meetings.rhythm import Monthly, Nth, Rhythm, Weekly

    drawn = random.Random(many)
    for _number in range(many):
        day = drawn.randrange(7)
        shape = drawn.choice(
            (
                Weekly((day,)), Weekly((day,)), Weekly((day,), 2), Weekly((day, (day + 3) % 7)),
                Monthly((Nth(drawn.choice((1, 2, 3, 4, -1)), day),)),
            )
        )  # fmt: skip
        starts = NOW.date() - dt.timedelta(days=drawn.randrange(730))
        at = dt.time(drawn.randrange(9, 21), drawn.choice((0, 15, 30)))
        yield Rhythm(shape, starts, at, 90, drawn.choice(ZONES))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
