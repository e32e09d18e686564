"""iCalendar (RFC 5545): one event at a time, whatever the length of the calendar."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _
from icalendar import Component, Event

from holdspace.directory.feeds import fields
from holdspace.directory.feeds.draft import Draft, Mode, Outcome, Refused, Rule, Standing
from holdspace.directory.feeds.records import MOST_RECORDS, Utf8

_MOST_LINES = 2_000  # in one event
_MOST_LINE = 100_000  # characters, unfolded
_MOST_DATES = 400
_MOST_CHANGES = 100_000
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


class _Unreadable(Exception):
    pass


def read(stream: BinaryIO) -> Iterator[Outcome]:
    """Every event of the calendar as a draft; changes of one date are folded into their series.

    The stream is read twice: first for single changed dates, then for the events themselves.
    """
    changed = _changes(stream)
    stream.seek(0)
    zone = ""
    number = 0
    for kind, lines in _blocks(stream):
        if kind == "zone":
            zone = fields.zone(lines[0])
            continue
        number += 1
        if number > MOST_RECORDS:
            yield Refused(_("There are more records than we read from one file."), number, True)
            return
        if (outcome := _outcome(lines, number, zone, changed)) is not None:
            yield outcome


def _outcome(
    lines: list[str], number: int, zone: str, changed: dict[str, list[tuple[date, date | None]]]
) -> Outcome | None:
    try:
        event = _event(lines)
        if event.get("RECURRENCE-ID") is not None:
            return None  # already folded into its series
        return _draft(event, zone, changed)
    except _Unreadable as verdict:
        return Refused(verdict.args[0], number)
    except RecursionError:
        return Refused(_("It is nested too deeply."), number)
    except Exception:  # noqa: BLE001 -- the parser raises many kinds; one event must not stop us
        return Refused(_("It could not be read."), number)


def _blocks(stream: BinaryIO) -> Iterator[tuple[str, list[str]]]:
    """The calendar's own zone and the lines of each event, unfolded."""
    inside: list[str] | None = None
    for line in _unfolded(stream):
        mark = line.strip().upper()
        if mark == "BEGIN:VEVENT":
            inside = [line.strip()]
        elif inside is not None:
            inside.append(line)
            if mark == "END:VEVENT":
                yield "event", inside
                inside = None
            elif len(inside) > _MOST_LINES:
                yield "event", [inside[0], "END:VEVENT"]
                inside = None
        elif mark.startswith("X-WR-TIMEZONE"):
            yield "zone", [line.partition(":")[2]]


def _unfolded(stream: BinaryIO) -> Iterator[str]:
    held = ""
    for line in _lines(stream):
        if line[:1] in {" ", "\t"}:
            held = (held + line[1:])[:_MOST_LINE]
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _lines(stream: BinaryIO) -> Iterator[str]:
    clean, rest = Utf8(stream), b""
    while chunk := clean.read():
        *whole, rest = (rest + chunk).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for line in whole:
            yield line[:_MOST_LINE].decode("utf-8", "replace")
        rest = rest[:_MOST_LINE]
    yield rest.decode("utf-8", "replace")


def _event(lines: list[str]) -> Component:
    try:
        return Event.from_ical("\r\n".join(lines))
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as problem:
        raise _Unreadable(_("It is not a valid calendar entry.")) from problem


def _changes(stream: BinaryIO) -> dict[str, list[tuple[date, date | None]]]:
    """By series: the original day of each changed date, and its new day unless cancelled."""
    found: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
    total = 0
    for kind, lines in _blocks(stream):
        if kind != "event" or not any(x.upper().startswith("RECURRENCE-ID") for x in lines):
            continue
        try:
            event = _event(lines)
            was, now = event.decoded("RECURRENCE-ID"), event.decoded("DTSTART", None)
        except Exception:  # noqa: BLE001, S112 -- reported when it is read as an event
            continue
        cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
        if (day := fields.day(was)) and (total := total + 1) <= _MOST_CHANGES:
            found[str(event.get("UID", ""))].append((day, None if cancelled else fields.day(now)))
    return found


def _draft(
    event: Component, zone: str, changed: dict[str, list[tuple[date, date | None]]]
) -> Draft:
    key = fields.identity(str(event.get("UID", "")))
    name = fields.title(str(event.get("SUMMARY", "")))
    if not name:
        raise _Unreadable(_("It has no name."))
    if not key:
        start = event.get("DTSTART")
        key = fields.identity(f"{name}-{start.to_ical().decode() if start else ''}")
    if type(_decoded(event, "DTSTART")) is date:
        raise _Unreadable(_("It takes whole days, so it is not a meeting."))
    place = fields.words(str(event.get("LOCATION", "")), 300)
    online = event.get("CONFERENCE") is not None or _is_link(str(event.get("LOCATION", "")))
    made = _rule(event)
    swaps = changed.get(str(event.get("UID", "")), [])
    where = _position(event)
    return Draft(
        source_id=key,
        name=name,
        text=fields.prose(str(event.get("DESCRIPTION", ""))),
        topics=_categories(event),
        mode=_mode(here=bool(place), online=online),
        standing=Standing.INACTIVE
        if str(event.get("STATUS", "")).upper() == "CANCELLED"
        else Standing.ACTIVE,
        place=place,
        latitude=where and where[0],
        longitude=where and where[1],
        approximate=where is None,
        zone=_zone(event) or zone,
        rules=(_swapped(made, swaps),) if made else (),
        url=fields.page(str(event.get("URL", ""))),
        updated=fields.day(_decoded(event, "LAST-MODIFIED") or _decoded(event, "DTSTAMP")),
    )


def _mode(*, here: bool, online: bool) -> Mode:
    if here and online:
        return Mode.HYBRID
    if online:
        return Mode.ONLINE
    return Mode.IN_PERSON if here else Mode.UNSTATED


def _is_link(text: str) -> bool:
    return text.strip().lower().startswith(("http://", "https://"))


def _decoded(event: Component, name: str) -> Any:
    """A property's value, or None when it is missing or senseless; of several, the first."""
    try:
        held = event.get(name)
        return (held[0] if isinstance(held, list) else held).dt if held is not None else None
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        return None


def _rule(event: Component) -> Rule | None:
    start, end = _decoded(event, "DTSTART"), _decoded(event, "DTEND")
    if not isinstance(start, datetime):
        return None
    span = _decoded(event, "DURATION")
    if isinstance(end, datetime) and (end.tzinfo is None) == (start.tzinfo is None):
        span = end - start
    minutes = int(span.total_seconds() // 60) if isinstance(span, timedelta) else 0
    begins = start.hour * 60 + start.minute
    return Rule(
        start.date(),
        begins,
        fields.length(begins, begins + minutes) if minutes > 0 else fields.USUAL_MINUTES,
        _rrule(event),
        skip=_dates(event, "EXDATE"),
        also=_dates(event, "RDATE"),
    )


def _rrule(event: Component) -> str:
    held = event.get("RRULE")
    held = held[0] if isinstance(held, list) else held
    if held is None:
        return ""
    freq = {str(f).upper() for f in held.get("FREQ", [])}
    return held.to_ical().decode()[:300] if len(freq) == 1 and freq <= _FREQUENCIES else ""


def _dates(event: Component, name: str) -> tuple[date, ...]:
    held = event.get(name)
    found: list[date] = []
    for part in held if isinstance(held, list) else [held]:
        for item in getattr(part, "dts", [])[:_MOST_DATES]:
            value = item.dt[0] if isinstance(item.dt, tuple) else item.dt
            if (day := fields.day(value)) is not None:
                found.append(day)
    return tuple(sorted(set(found)))[:_MOST_DATES]


def _swapped(rule: Rule, swaps: list[tuple[date, date | None]]) -> Rule:
    moved = {new for old, new in swaps if new is not None and new != old}
    gone = {old for old, new in swaps if new != old}
    return replace(
        rule,
        skip=tuple(sorted({*rule.skip, *gone} - moved)),
        also=tuple(sorted({*rule.also, *moved})),
    )


def _zone(event: Component) -> str:
    held = event.get("DTSTART")
    held = held[0] if isinstance(held, list) else held
    named = fields.zone(str(held.params.get("TZID", ""))) if held is not None else ""
    moment = _decoded(event, "DTSTART")
    if not named and isinstance(moment, datetime) and moment.tzinfo is not None:
        offset = moment.utcoffset()
        return "UTC" if offset is not None and not offset else fields.zone(str(moment.tzinfo))
    return named


def _position(event: Component) -> tuple[float, float] | None:
    held = event.get("GEO")
    return fields.position(getattr(held, "latitude", None), getattr(held, "longitude", None))


def _categories(event: Component) -> tuple[str, ...]:
    held = event.get("CATEGORIES")
    lists = held if isinstance(held, list) else [held]
    said = (fields.words(str(c), 60).lower() for one in lists for c in getattr(one, "cats", []))
    return tuple(dict.fromkeys(word for word in said if word))[:12]
