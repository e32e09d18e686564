"""When a listing meets next: weekly times by arithmetic, other rules by dateutil, within bounds."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from holdspace.directory.feeds.draft import Rule, Slot

AHEAD = dt.timedelta(days=35)  # how far slots look: a monthly meeting falls within
FARTHEST = dt.timedelta(days=400)  # how far the next meeting of a rare rule is looked for
LATE = dt.timedelta(minutes=30)  # a meeting counts as the next one until then
_MOST_STEPS = 20_000
_EPOCH = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)  # a Monday


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One meeting: two instants in UTC."""

    begins: dt.datetime
    ends: dt.datetime


def upcoming(
    times: Iterable[Slot], rules: Iterable[Rule], zone: str, since: dt.datetime, until: dt.datetime
) -> list[Span]:
    """Every meeting that begins from `since` to `until`, in order."""
    here = ZoneInfo(zone or "UTC")
    found: set[Span] = set()
    for slot in times:
        found |= set(_weekly(slot, here, since, until))
    for rule in rules:
        found |= set(_by_rule(rule, here, since, until))
    return sorted(found)


def _weekly(slot: Slot, zone: ZoneInfo, since: dt.datetime, until: dt.datetime) -> Iterator[Span]:
    day = since.astimezone(zone).date() - dt.timedelta(days=1)
    day += dt.timedelta(days=(slot.day - day.weekday()) % 7)
    last = until.astimezone(zone).date()
    while day <= last:
        span = span_of(day, slot.start, slot.minutes, zone)
        if since <= span.begins <= until:
            yield span
        day += dt.timedelta(days=7)


def _by_rule(rule: Rule, zone: ZoneInfo, since: dt.datetime, until: dt.datetime) -> Iterator[Span]:
    low = since.astimezone(zone).date() - dt.timedelta(days=1)
    high = until.astimezone(zone).date()
    days = {day for day in _days(rule, low, high) if day not in rule.skip}
    days |= {day for day in rule.also if low <= day <= high}
    for day in days:
        span = span_of(day, rule.start, rule.minutes, zone)
        if since <= span.begins <= until:
            yield span


def _days(rule: Rule, low: dt.date, high: dt.date) -> Iterator[dt.date]:
    if not rule.rrule:
        yield from (day for day in (rule.first,) if low <= day <= high)
        return
    try:
        start = dt.datetime.combine(_near(rule, low), dt.time())
        steps = rrulestr(_floating(rule.rrule, high), dtstart=start)
        for moment in islice(steps, _MOST_STEPS):
            if moment.date() > high:
                return
            if moment.date() >= low:
                yield moment.date()
    except (ValueError, TypeError, OverflowError, ArithmeticError, KeyError, IndexError):
        return  # a rule that says nothing has no next meeting


def _near(rule: Rule, low: dt.date) -> dt.date:
    """A later start that gives the same days, so that no rule is unfolded from long ago."""
    simple = all(part not in rule.rrule for part in ("COUNT", "INTERVAL", "YEARLY", "BYSETPOS"))
    if simple and "BYDAY" in rule.rrule and rule.first < low - dt.timedelta(days=70):
        return low - dt.timedelta(days=62)
    return rule.first


def _floating(rrule: str, high: dt.date) -> str:
    """The rule in days, ending at `high`: one that never falls must not be looked for for ever."""
    parts = [part for part in rrule.upper().split(";") if part]
    if any(part.startswith("COUNT=") for part in parts):
        plain = [
            p for p in parts if p.startswith(("FREQ=", "COUNT=", "INTERVAL=", "BYDAY=", "WKST="))
        ]
        return ";".join(plain)
    ends = [part[6:14] for part in parts if part.startswith("UNTIL=")]
    dropped = ("UNTIL=", "BYHOUR", "BYMINUTE", "BYSECOND", "RSCALE", "SKIP")
    kept = [part for part in parts if not part.startswith(dropped)]
    return ";".join([*kept, f"UNTIL={min([*ends, f'{high:%Y%m%d}'])}"])


def span_of(day: dt.date, start: int, minutes: int, zone: ZoneInfo) -> Span:
    """A meeting on a day of the wall's calendar; an hour that does not exist moves on."""
    wall = dt.datetime.combine(day, dt.time(start // 60, start % 60), tzinfo=zone)
    begins = wall.astimezone(dt.UTC)
    return Span(begins, begins + dt.timedelta(minutes=minutes))


def half_hours(spans: Iterable[Span]) -> set[int]:
    """The half-hours of the week, in UTC, in which meetings begin."""
    return {half_hour(span.begins) for span in spans}


def half_hour(moment: dt.datetime) -> int:
    """Which of the 336 half-hours of a week in UTC a moment falls in, from Monday 0:00."""
    return int((moment - _EPOCH).total_seconds() // 1800) % 336


def as_kept(times: Iterable[Slot], rules: Iterable[Rule]) -> tuple[list[Any], list[Any]]:
    """Times and rules as the listing keeps them (JSON)."""
    slots = [[s.day, s.start, s.minutes] for s in times]
    kept = [
        {
            "first": r.first.isoformat(), "start": r.start, "minutes": r.minutes,
            "rrule": r.rrule, "skip": [d.isoformat() for d in r.skip],
            "also": [d.isoformat() for d in r.also],
        }
        for r in rules
    ]  # fmt: skip
    return slots, kept


def from_kept(times: Iterable[Any], rules: Iterable[Any]) -> tuple[list[Slot], list[Rule]]:
    """The way back."""
    return [Slot(*slot) for slot in times], [
        Rule(
            dt.date.fromisoformat(r["first"]),
            r["start"],
            r["minutes"],
            r["rrule"],
            tuple(dt.date.fromisoformat(d) for d in r["skip"]),
            tuple(dt.date.fromisoformat(d) for d in r["also"]),
        )
        for r in rules
    ]
