"""A time zone as a calendar must bring it along: every change of its clocks in some years."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

UTC_NAMES = frozenset({"UTC", "Etc/UTC", "Zulu", "Etc/Zulu", "Etc/UCT", "UCT", "Etc/Universal"})
ONE_DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """How the clocks of a zone stand: offset from UTC, whether it is summer time, their name."""

    offset: dt.timedelta
    is_summer: bool
    name: str


@lru_cache(maxsize=1000)
def zone_lines(zone: str, first: int, last: int) -> str:
    """The VTIMEZONE of a zone, right for every moment of the years `first` to `last`.

    Changes are listed by date, not by rule: rules change, and some zones follow the moon.
    """
    begin = _clock(dt.datetime(first, 1, 1, tzinfo=dt.UTC), ZoneInfo(zone))
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    lines += _observance(begin, begin.offset, ["19000101T000000"])
    found: dict[tuple[Clock, dt.timedelta], list[str]] = defaultdict(list)
    for moment, before, after in _changes(zone, first, last):
        wall = moment + before.offset
        found[after, before.offset].append(f"{wall:%Y%m%dT%H%M%S}")
    for (after, offset), starts in found.items():
        lines += _observance(after, offset, starts)
    return "\r\n".join([*lines, "END:VTIMEZONE", ""])


def _observance(clock: Clock, before: dt.timedelta, starts: list[str]) -> list[str]:
    kind = "DAYLIGHT" if clock.is_summer else "STANDARD"
    lines = [f"BEGIN:{kind}", f"DTSTART:{starts[0]}"]
    lines += [f"RDATE:{start}" for start in starts[1:]]
    lines += [f"TZOFFSETFROM:{_offset(before)}", f"TZOFFSETTO:{_offset(clock.offset)}"]
    return [*lines, f"TZNAME:{clock.name}", f"END:{kind}"]


def _offset(offset: dt.timedelta) -> str:
    seconds = int(offset.total_seconds())
    sign = "-" if seconds < 0 else "+"
    hours, rest = divmod(abs(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    return f"{sign}{hours:02}{minutes:02}" + (f"{rest:02}" if rest else "")


def _changes(zone: str, first: int, last: int) -> Iterator[tuple[dt.datetime, Clock, Clock]]:
    """Every moment at which the clocks are changed, with how they stand before and after."""
    here = ZoneInfo(zone)
    moment = dt.datetime(first, 1, 1, tzinfo=dt.UTC)
    end = dt.datetime(last + 1, 1, 1, tzinfo=dt.UTC)
    before = _clock(moment, here)
    while moment < end:
        after = _clock(moment + ONE_DAY, here)
        if after != before:
            yield _found(moment, before, here), before, after
            before = after
        moment += ONE_DAY


def _found(low: dt.datetime, before: Clock, zone: ZoneInfo) -> dt.datetime:
    """The second of a change that comes within a day after `low`."""
    high = low + ONE_DAY
    while high - low > SECOND:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if _clock(middle, zone) == before:
            low = middle
        else:
            high = middle
    return high


def _clock(moment: dt.datetime, zone: ZoneInfo) -> Clock:
    wall = moment.astimezone(zone)
    return Clock(wall.utcoffset() or dt.timedelta(), bool(wall.dst()), wall.tzname() or "")
