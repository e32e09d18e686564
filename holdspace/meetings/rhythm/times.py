"""From days to instants, right across both clock changes.

A time that the clocks skip in spring moves forward by as much as they did (02:30 becomes 03:30);
of a time that comes twice in autumn the first one is meant. Both are what `whenever` calls
"compatible", what RFC 5545 §3.3.5 says of such times, and what people expect: a meeting is never
lost to a clock change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from whenever import PlainDateTime

from holdspace.meetings.rhythm.days import days_of
from holdspace.meetings.rhythm.shapes import Rhythm

# No zone is further than 15 hours from UTC, and one skipped a whole day (Apia, 2011).
MARGIN = timedelta(days=2)
FAR = timedelta(days=366 * 6)
LAST_DAY = date(9999, 12, 1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a rhythm: its day on the wall, and both ends as instants (aware, UTC)."""

    day: date
    begins: datetime
    ends: datetime


def instant_of(day: date, at: time, zone: str) -> datetime:
    """The instant (aware, UTC) at which the clocks of `zone` show `at` on `day`."""
    wall = PlainDateTime(day.year, day.month, day.day, at.hour, at.minute, at.second)
    return wall.assume_tz(zone, disambiguation="compatible").to_instant().to_stdlib()


def occurrences(rhythm: Rhythm, since: datetime, until: datetime) -> Iterator[Occurrence]:
    """Those that begin at or after `since` and before `until` (aware instants), in order."""
    first, last = _around(since, -MARGIN), _around(until, MARGIN)
    length = timedelta(minutes=rhythm.minutes)
    for day in days_of(rhythm, first, last):
        begins = instant_of(day, rhythm.at, rhythm.zone)
        if since <= begins < until:
            yield Occurrence(day, begins, begins + length)


def next_occurrences(rhythm: Rhythm, since: datetime, many: int) -> list[Occurrence]:
    """The next `many` that begin at or after `since`, looking six years ahead."""
    until = since + FAR if since.year < LAST_DAY.year - 7 else since
    return list(islice(occurrences(rhythm, since, until), many))


def _around(moment: datetime, margin: timedelta) -> date:
    """The day of an instant, moved outwards; clamped so that the calendar's ends do not raise."""
    day = moment.date()
    if margin > timedelta(0):
        return min(day, LAST_DAY - margin) + margin
    return max(day, date.min - margin) + margin
