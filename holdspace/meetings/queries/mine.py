"""My own meetings, across all my groups: what is next, and the time they take."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.kit import clock
from holdspace.kit.guard import sees
from holdspace.kit.prepared import prepared
from holdspace.kit.viewer import Viewer
from holdspace.kit.zones import on_the_wall
from holdspace.meetings.models import Meeting
from holdspace.meetings.parties import my_places
from holdspace.meetings.queries.seen import (
    Listed,
    ahead,
    ahead_and_mine,
    is_mine,
    listed_mine,
    soonest_of,
)
from holdspace.meetings.when import lasting, long_day

if TYPE_CHECKING:
    from holdspace.members.models import Member

WEEK = dt.timedelta(days=7)
SPAN = 4  # weeks over which the usual time is reckoned


@dataclass(frozen=True, slots=True)
class Day:
    """One day of my week, as the reader's clock has it."""

    name: str
    meetings: list[Listed]


@dataclass(frozen=True, slots=True)
class Share:
    """The time one group takes in a usual week."""

    name: str
    minutes: int
    words: str


@dataclass(frozen=True, slots=True)
class Week:
    """The next seven days, and what all groups take in a usual week."""

    days: list[Day]
    groups: list[Share]
    minutes: int
    many: int

    @property
    def is_empty(self) -> bool:
        """Nothing in the next seven days."""
        return not any(day.meetings for day in self.days)

    @property
    def most(self) -> int:
        """The longest share, against which the others are drawn."""
        return max((share.minutes for share in self.groups), default=0)

    @property
    def sentence(self) -> str:
        """How many meetings in the next seven days, and their time together."""
        return ngettext(
            "%(many)d meeting in the next seven days, %(time)s in all.",
            "%(many)d meetings in the next seven days, %(time)s in all.",
            self.many,
        ) % {"many": self.many, "time": lasting(self.minutes)}

    @property
    def table(self) -> list[tuple[str, str]]:
        """The shares in words."""
        return [(share.name, lasting(share.minutes)) for share in self.groups]


@sees
def my_next_meetings(*, viewer: Viewer, many: int = 10) -> list[Listed]:
    """The next meetings of all groups I belong to, each with whether I have a seat.

    `meeting.group` is loaded.
    """
    mine = my_places(viewer)
    ids = [one.pk for one in mine.values()]
    now = clock.now()
    rows = ahead_and_mine(groups=[*mine], members=ids, visits=[], now=now, many=many)
    return _listed(rows, mine)


@sees
def my_soonest(*, viewer: Viewer) -> dict[int, Listed]:
    """The next meeting that takes place of each group I belong to, by the group's id."""
    mine = my_places(viewer)
    rows = _soonest(groups=[*mine], members=[one.pk for one in mine.values()], now=clock.now())
    return {one.meeting.group_id: one for one in _listed(rows, mine)}


@prepared()
def _soonest(
    *, groups: list[int], members: list[int], now: dt.datetime
) -> QuerySet[Meeting, Meeting]:
    return soonest_of(groups, now).annotate(is_mine=is_mine(members, []))


@sees
def my_week(*, viewer: Viewer, zone: str) -> Week:
    """The next seven days by day, and the usual time each group takes over four weeks."""
    now = clock.now()
    mine = my_places(viewer)
    ids = [one.pk for one in mine.values()]
    found = _between(groups=[*mine], members=ids, now=now, until=now + SPAN * WEEK)
    rows = _listed(found, mine)
    near = [m for m in rows if m.meeting.begins is not None and m.meeting.begins < now + WEEK]
    open_ones = [one.meeting for one in near if one.meeting.is_open]
    return Week(
        days=_days(near, now, zone),
        groups=_shares([one.meeting for one in rows]),
        minutes=sum(_minutes(m) for m in open_ones),
        many=len(open_ones),
    )


@prepared()
def _between(
    *, groups: list[int], members: list[int], now: dt.datetime, until: dt.datetime
) -> QuerySet[Meeting, Meeting]:
    rows = ahead(groups, now).filter(begins__lt=until)
    return rows.annotate(is_mine=is_mine(members, []))


def _listed(rows: list[Meeting], mine: "dict[int, Member]") -> list[Listed]:
    for meeting in rows:
        meeting.group = mine[meeting.group_id].group
    return listed_mine(rows)


def _minutes(meeting: Meeting) -> int:
    if meeting.begins is None or meeting.ends is None:
        return 0
    return int((meeting.ends - meeting.begins).total_seconds() // 60)


def _days(rows: list[Listed], now: dt.datetime, zone: str) -> list[Day]:
    first = on_the_wall(now, zone).date()
    by_day: dict[dt.date, list[Listed]] = defaultdict(list)
    for one in rows:
        if one.meeting.begins is not None:
            by_day[max(first, on_the_wall(one.meeting.begins, zone).date())].append(one)
    days = [first + dt.timedelta(days=step) for step in range(8)]
    names = {days[0]: _("Today"), days[1]: _("Tomorrow")}
    return [Day(names.get(day) or long_day(day), by_day[day]) for day in days]


def _shares(rows: list[Meeting]) -> list[Share]:
    took: dict[int, int] = defaultdict(int)
    names: dict[int, str] = {}
    for meeting in rows:
        names[meeting.group_id] = meeting.group.name
        took[meeting.group_id] += _minutes(meeting) if meeting.is_open else 0
    shares = []
    for group, minutes in sorted(took.items(), key=lambda pair: (-pair[1], names[pair[0]])):
        usual = minutes // SPAN
        words = _("%(group)s: %(time)s") % {"group": names[group], "time": lasting(usual)}
        shares.append(Share(names[group], usual, words))
    return shares
