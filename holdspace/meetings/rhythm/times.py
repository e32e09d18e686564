"""From days to instants, right across both clock changes.

A time that the clocks skip in spring moves forward by as much as they did (02:30 becomes 03:30);
of a time that comes twice in autumn the first one is meant. Both are what `whenever` calls
"compatible", what RFC 5545 §3.3.5 says of such times, and what people expect: a meeting is never
lost to a clock change.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from whenever import PlainDateTime

from holdspace.meetings.rhythm.days import days_of
from holdspace.meetings.rhythm.shapes import Rhythm

# No zone is further than 15 hours from UTC, and one skipped a whole day (Apia, 2011).
MARGIN = timedelta(days=2)
FAR = timedelta(days=366 * 6)
LAST_DAY = date(9999, 12, 1)
ONE_DAY = timedelta(days=1)
NOON = time(12)


class Occurrence(NamedTuple):
    """One date of a rhythm: its day on the wall, and both ends as instants (aware, UTC)."""

    day: date
    begins: datetime
    ends: datetime


def instant_of(day: date, at: time, zone: str) -> datetime:
    """The instant (aware, UTC) at which the clocks of `zone` show `at` on `day`."""
    wall = PlainDateTime(day.year, day.month, day.day, at.hour, at.minute, at.second)
    return wall.assume_tz(zone, disambiguation="compatible").to_instant().to_stdlib()


@lru_cache(maxsize=50_000)
def _midnight(day: date, zone: str) -> datetime | None:
    """When a day begins; None where the clocks change on it or on one beside it.

    Many meetings share a day and a zone, and no zone changes its clocks there and back in two days.
    """
    if not date.min + ONE_DAY < day < LAST_DAY:
        return None
    before, after = instant_of(day - ONE_DAY, NOON, zone), instant_of(day + ONE_DAY, NOON, zone)
    if after - before != 2 * ONE_DAY:
        return None
    return before + ONE_DAY / 2


def occurrences(rhythm: Rhythm, since: datetime, until: datetime) -> Iterator[Occurrence]:
    """Those that begin at or after `since` and before `until` (aware instants), in order."""
    first, last = _around(since, -MARGIN), _around(until, MARGIN)
    length = timedelta(minutes=rhythm.minutes)
    at, zone = rhythm.at, rhythm.zone
    after = timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
    for day in days_of(rhythm, first, last):
        midnight = _midnight(day, zone)
        begins = instant_of(day, at, zone) if midnight is None else midnight + after
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
