"""The writer: a calendar as bytes."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from zoneinfo import ZoneInfo

from holdspace.meetings.calendar.events import Once, Repeated, Said
from holdspace.meetings.calendar.lines import address, escaped, folded, quoted
from holdspace.meetings.calendar.zones import UTC_NAMES, zone_lines
from holdspace.meetings.rhythm import Chosen, Rhythm, days_of, instant_of, rule_of

MAKER = "-//Calendar//Meetings//EN"  # names nobody: it stands in every calendar that reads it
AGAIN = "PT4H"  # how often a calendar should ask anew, if it heeds us
YEARS_AHEAD = 12
LAST = dt.date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar with a name, as it stood at `now`, a moment that no event depends on."""

    name: str
    events: Sequence[Once | Repeated]
    now: dt.datetime


def written(calendar: Calendar) -> bytes:
    """The calendar as `text/calendar`, UTF-8, with the zones that its events name."""
    stamp = f"{calendar.now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    events = "".join(_event(one, stamp) for one in calendar.events)
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
        f"PRODID:{MAKER}\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"
        + folded(f"NAME:{escaped(calendar.name)}")
        + folded(f"X-WR-CALNAME:{escaped(calendar.name)}")
        + f"REFRESH-INTERVAL;VALUE=DURATION:{AGAIN}\r\nX-PUBLISHED-TTL:{AGAIN}\r\n"
        + "".join(_zones(calendar))
        + events
        + "END:VCALENDAR\r\n"
    ).encode()


def _zones(calendar: Calendar) -> Iterator[str]:
    """Each zone that stands in the calendar, from its first event on."""
    first: dict[str, int] = {}
    for one in calendar.events:
        for zone, year in _named(one):
            first[zone] = min(year, first.get(zone, year))
    for zone in sorted(first.keys() - UTC_NAMES):
        yield zone_lines(zone, first[zone] - 1, calendar.now.year + YEARS_AHEAD)


def _named(one: Once | Repeated) -> Iterator[tuple[str, int]]:
    if isinstance(one, Repeated):
        yield one.rhythm.zone, max(one.rhythm.starts, one.since or one.rhythm.starts).year
        return
    yield one.zone, one.begins.year
    if one.original is not None:
        yield one.original_zone or one.zone, one.original.year


def _event(one: Once | Repeated, stamp: str) -> str:
    times = _repeated_times(one) if isinstance(one, Repeated) else _single_times(one)
    if not times:
        return ""
    off = isinstance(one, Once) and one.is_off
    return (
        f"BEGIN:VEVENT\r\nUID:{one.uid}\r\nDTSTAMP:{stamp}\r\nSEQUENCE:{one.sequence}\r\n"
        f"{times}STATUS:{'CANCELLED' if off else 'CONFIRMED'}\r\n{_said(one.said)}END:VEVENT\r\n"
    )


def _single_times(one: Once) -> str:
    zone = ZoneInfo(one.zone)
    begins, ends = one.begins.astimezone(zone), one.ends.astimezone(zone)
    lines = ""
    if one.original is not None:
        original_zone = one.original_zone or one.zone
        lines = f"RECURRENCE-ID{_at(one.original, original_zone)}\r\n"
    return f"{lines}DTSTART{_instant(begins, one.zone)}\r\nDTEND{_instant(ends, one.zone)}\r\n"


def _instant(wall: dt.datetime, zone: str) -> str:
    """A moment; in UTC where the wall shows its hour twice, and the later one is meant."""
    return _at(wall.astimezone(dt.UTC), "UTC") if wall.fold else _at(wall, zone)


def _at(wall: dt.datetime, zone: str) -> str:
    if zone in UTC_NAMES:
        return f":{wall:%Y%m%dT%H%M%SZ}"
    return f";TZID={zone}:{wall:%Y%m%dT%H%M%S}"


def _repeated_times(one: Repeated) -> str:
    """First date, end and rule; empty when no date is left."""
    rhythm = one.rhythm
    first = max(rhythm.starts, one.since or rhythm.starts)
    plain = _without_pauses(rhythm)
    begin = next(days_of(plain, first, LAST), None)
    if begin is None or not any(d not in one.left_out for d in _some_days(rhythm, begin)):
        return ""
    lines = [
        f"DTSTART{_at(dt.datetime.combine(begin, rhythm.at), rhythm.zone)}",
        _end(rhythm, begin),
        *_rule(plain, begin),
        *_dates("EXDATE", sorted(_paused(plain, rhythm, begin) | one.left_out), rhythm),
    ]
    return "".join(folded(line) for line in lines)


def _end(rhythm: Rhythm, begin: dt.date) -> str:
    """When the first one ends, or how long it lasts where the clocks change within it.

    Either holds for all the others, by the clock in the hand and not by the one on the wall;
    from an end beyond a change some calendars would reckon an hour more or less for all of them.
    """
    length = dt.timedelta(minutes=rhythm.minutes)
    wall = dt.datetime.combine(begin, rhythm.at) + length
    ends = instant_of(begin, rhythm.at, rhythm.zone) + length
    if ends.astimezone(ZoneInfo(rhythm.zone)).replace(tzinfo=None) != wall:
        return f"DURATION:PT{rhythm.minutes}M"
    return f"DTEND{_at(wall, rhythm.zone)}"


def _some_days(rhythm: Rhythm, first: dt.date) -> Iterator[dt.date]:
    """As many as could all be left out and still leave one to find."""
    return islice(days_of(rhythm, first, LAST), 1000)


def _without_pauses(rhythm: Rhythm) -> Rhythm:
    return Rhythm(
        rhythm.shape, rhythm.starts, rhythm.at, rhythm.minutes, rhythm.zone, rhythm.until,
        rhythm.times,
    )  # fmt: skip


def _rule(plain: Rhythm, begin: dt.date) -> list[str]:
    """The rule from `begin` on. What counts from the beginning is said by its last day instead."""
    if isinstance(plain.shape, Chosen):
        rest = [day for day in days_of(plain, begin, LAST) if day != begin]
        return _dates("RDATE", rest, plain)
    if plain.times is None:
        return ["RRULE:" + rule_of(plain)]
    *_before, last = days_of(plain, plain.starts, LAST)
    bounded = Rhythm(plain.shape, plain.starts, plain.at, plain.minutes, plain.zone, until=last)
    return ["RRULE:" + rule_of(bounded)]


def _paused(plain: Rhythm, rhythm: Rhythm, begin: dt.date) -> set[dt.date]:
    return {
        day
        for pause in rhythm.pauses
        if pause.last >= begin
        for day in days_of(plain, max(pause.first, begin), pause.last)
    }


def _dates(name: str, days: Sequence[dt.date], rhythm: Rhythm) -> list[str]:
    if not days:
        return []
    head, _colon, _first = _at(dt.datetime.combine(days[0], rhythm.at), rhythm.zone).partition(":")
    end = "Z" if rhythm.zone in UTC_NAMES else ""
    return [f"{name}{head}:" + ",".join(f"{d:%Y%m%d}T{rhythm.at:%H%M%S}{end}" for d in days)]


def _said(said: Said) -> str:
    lines = [f"SUMMARY:{escaped(said.summary)}"]
    if said.words:
        lines.append(f"DESCRIPTION:{escaped(said.words)}")
    if said.place:
        lines.append(f"LOCATION:{escaped(said.place)}")
    if said.page:
        lines.append(f"URL:{address(said.page)}")
    for one in said.conferences:
        features = ",".join(one.features)
        lines.append(
            f"CONFERENCE;VALUE=URI;FEATURE={features};LABEL={quoted(one.label)}:{address(one.uri)}"
        )
    lines.append(f"CLASS:{'PRIVATE' if said.is_private else 'PUBLIC'}")
    return "".join(map(folded, lines))
