"""What stands in a calendar: an event that takes place once, and one that is repeated."""

import datetime as dt
from dataclasses import dataclass

from holdspace.meetings.rhythm import Rhythm


@dataclass(frozen=True, slots=True)
class Conference:
    """A way to join from afar. `features` are those of RFC 7986, such as AUDIO and VIDEO."""

    uri: str
    features: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Said:
    """What an event says of itself. `is_private` is a hint that calendars may heed."""

    summary: str
    words: str = ""
    place: str = ""
    page: str = ""
    conferences: tuple[Conference, ...] = ()
    is_private: bool = True


@dataclass(frozen=True, slots=True)
class Once:
    """One that takes place once, or stands for one date of a repeated one.

    `begins` and `ends` are instants (aware). `original` is the time on the wall of `zone` at which
    its rhythm had it, whatever became of it since: that is how calendars know which one is meant.
    """

    uid: str
    begins: dt.datetime
    ends: dt.datetime
    zone: str
    said: Said
    sequence: int = 0
    original: dt.datetime | None = None
    original_zone: str = ""
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class Repeated:
    """One that is repeated by a rhythm, from `since` on; `left_out` are dates that do not hold."""

    uid: str
    rhythm: Rhythm
    said: Said
    sequence: int = 0
    since: dt.date | None = None
    left_out: frozenset[dt.date] = frozenset()
