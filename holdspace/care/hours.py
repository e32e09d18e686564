"""When a line answers: always, unknown to us, or spans of the week in the line's own zone."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

ALWAYS = "always"
UNKNOWN = "unknown"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = dt.time(0, 0)


@dataclass(frozen=True, slots=True)
class Span:
    """Open on these weekdays (0 is Monday) from `start` until `end`.

    An end not after the start lies on the next day; 00:00 is the end of the day.
    """

    days: tuple[int, ...]
    start: dt.time
    end: dt.time

    def around(self, day: dt.date, zone: ZoneInfo) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """Its opening that begins on `day`, as two moments, if it has one."""
        if day.weekday() not in self.days:
            return
        until = day if self.end > self.start else day + dt.timedelta(days=1)
        yield (
            dt.datetime.combine(day, self.start, zone),
            dt.datetime.combine(until, self.end, zone),
        )


@dataclass(frozen=True, slots=True)
class Now:
    """How it stands at one moment: open, closed, or unknown; and when that changes."""

    known: bool
    open: bool = False
    always: bool = False
    changes: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of one way to reach a line. `spans` is empty for always and unknown."""

    kind: str
    zone: ZoneInfo
    spans: tuple[Span, ...] = ()

    def at(self, moment: dt.datetime) -> Now:
        """How it stands at an aware moment; changes are given in the line's zone."""
        if self.kind == UNKNOWN:
            return Now(known=False)
        if self.kind == ALWAYS:
            return Now(known=True, open=True, always=True)
        return self._by_spans(moment.astimezone(self.zone))

    def _by_spans(self, moment: dt.datetime) -> Now:
        """Walk the openings from yesterday (it may still run) to a week ahead."""
        first = moment.date() - dt.timedelta(days=1)
        week = [first + dt.timedelta(days=n) for n in range(9)]
        each_day = ((day, span) for day in week for span in self.spans)
        openings = sorted(o for day, span in each_day for o in span.around(day, self.zone))
        end = None
        for start, until in openings:
            if start <= (end or moment) and moment < until:
                end = max(end or until, until)  # one opening may run into the next
            elif end is None and start > moment:
                return Now(known=True, changes=start)
        return Now(known=True, open=end is not None, changes=end)


def read_hours(value: object, zone: str) -> Hours:
    """Hours as a file or form writes them: "always", "unknown", or "mon-fri 09:00-18:00; sat …".

    Raises ValueError with a sentence for whoever wrote it.
    """
    if not isinstance(value, str) or not value.strip():
        raise ValueError("hours must be always, unknown, or like mon-fri 09:00-18:00")
    try:
        place = ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as fault:
        raise ValueError(f"there is no time zone {zone!r}") from fault
    value = value.strip().lower()
    if value in (ALWAYS, UNKNOWN):
        return Hours(value, place)
    spans = tuple(_span(part.strip()) for part in value.split(";"))
    return Hours("spans", place, spans)


def _span(text: str) -> Span:
    try:
        days, times = text.split()
        start, end = times.split("-")
        return Span(_days(days), dt.time.fromisoformat(start), dt.time.fromisoformat(end))
    except ValueError as fault:
        raise ValueError(f"hours {text!r} are not like mon-fri 09:00-18:00") from fault


def _days(text: str) -> tuple[int, ...]:
    first, _dash, last = text.partition("-")
    start, end = DAYS.index(first), DAYS.index(last or first)
    if end < start:
        raise ValueError("the week begins on Monday")
    return tuple(range(start, end + 1))
