"""My own meetings, across all my groups: what is next, and the time they take."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.kit import clock
from holdspace.kit.guard import sees
from holdspace.kit.viewer import Viewer
from holdspace.kit.zones import on_the_wall
from holdspace.meetings.models import Meeting, Seat
from holdspace.meetings.parties import my_groups
from holdspace.meetings.queries.seen import Listed, ahead, listed, listed_mine
from holdspace.meetings.when import lasting, long_day

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
    groups, mine = my_groups(viewer)
    if not groups:
        return []
    return listed_mine(list(ahead(groups, mine).select_related("group")[:many]))


@sees
def seats_of(*, viewer: Viewer) -> set[int]:
    """The ids of meetings ahead at which I have a seat."""
    groups, mine = my_groups(viewer)
    if not groups:
        return set()
    return _taken(list(ahead(groups)), mine)


@sees
def my_week(*, viewer: Viewer, zone: str) -> Week:
    """The next seven days by day, and the usual time each group takes over four weeks."""
    now = clock.now()
    groups, mine = my_groups(viewer)
    span = ahead(groups).filter(begins__lt=now + SPAN * WEEK) if groups else Meeting.objects.none()
    rows = list(span.select_related("group"))
    near = [m for m in rows if m.begins is not None and m.begins < now + WEEK]
    open_ones = [m for m in near if m.is_open]
    return Week(
        days=_days(listed(near, _taken(near, mine)), now, zone),
        groups=_shares(rows),
        minutes=sum(_minutes(m) for m in open_ones),
        many=len(open_ones),
    )


def _taken(rows: list[Meeting], mine: Q) -> set[int]:
    if not rows:
        return set()
    found = Seat.objects.filter(mine, meeting__in=[m.id for m in rows])
    return set(found.values_list("meeting_id", flat=True))


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
