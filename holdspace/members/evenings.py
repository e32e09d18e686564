"""Evenings that may be visited: told to us by whoever keeps the calendar above.

Read here by rules and queries alike, inside one act or page; asked without a viewer.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from holdspace.kit.remembering import once_a_request
from holdspace.kit.viewer import Viewer
from holdspace.members.models import Visit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from holdspace.groups.models import Group


@dataclass(frozen=True, slots=True)
class Evening:
    """One introductory session: an opaque id, when it is over, how it is said ("Tuesday …").

    `room` is how many visitors at most may come, as the calendar sees it; 0 when it is full.
    """

    meeting: int
    ends: dt.datetime
    words: str
    room: int


class Seat(StrEnum):
    """What became of a visitor's seat at the evening they asked for."""

    HELD = "held"
    FREE = "free"  # there is room: it is theirs in a moment, or by their own touch
    FULL = "full"
    OFF = "off"  # skipped, cancelled, or gone from the calendar


@dataclass(frozen=True, slots=True)
class Date:
    """The evening of one visit as it stands now, and the seat."""

    words: str
    seat: Seat


class Calendar(Protocol):
    """What the package that keeps the calendar tells us."""

    def evenings(self, group: "Group", viewer: Viewer) -> list[Evening]:
        """The next introductory sessions, full ones too."""
        ...

    def date_of(self, visit: Visit) -> Date:
        """The evening that a visit asked for."""
        ...


_calendars: list[Calendar] = []


def evenings_come_from(calendar: Calendar) -> None:
    """Register the calendar: called once, in AppConfig.ready of the package that keeps it."""
    if calendar not in _calendars:
        _calendars.append(calendar)


@once_a_request
def planned(group: "Group", viewer: Viewer) -> list[Evening]:
    """The next introductory sessions, soonest first; empty when none is known."""
    found = [evening for one in _calendars for evening in one.evenings(group, viewer)]
    return sorted(found, key=lambda evening: (evening.ends, evening.meeting))


def with_room(group: "Group", evenings: Iterable[Evening]) -> list[Evening]:
    """Those at which one more visitor may come: members always keep the other seats."""
    known = list(evenings)
    if not known:
        return []
    coming, most = _coming(group), group.visitor_seats
    return [one for one in known if coming[one.meeting] < min(one.room, most)]


@once_a_request
def _coming(group: "Group") -> Counter[int | None]:
    """How many visits each evening has."""
    return Counter(visits_to(group).values_list("meeting", flat=True))


def visits_to(group: "Group") -> "QuerySet[Visit]":
    """Visits that are asked or expected, each of which takes one of the visitors' seats."""
    rows: QuerySet[Visit] = Visit.objects.filter(group=group, standing__in=Visit.LIVE)
    return rows


@once_a_request
def date_of(visit: Visit) -> Date | None:
    """The evening of a visit as it stands now; None while it has no date, or nobody keeps one."""
    if visit.meeting is None or not _calendars:
        return None
    return _calendars[0].date_of(visit)
