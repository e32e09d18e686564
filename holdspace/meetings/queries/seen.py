"""Meetings as one viewer sees them: sealed parts opened only for whom they are meant."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from holdspace.kit import clock
from holdspace.kit.prepared import prepared
from holdspace.meetings.models import Meeting, Seat, Series

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.members.models import Member, Visit

HIDDEN = ("place", "link")  # never even loaded for a list


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting in a list: no exact place, no link."""

    meeting: Meeting
    free: int
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """A group's meetings ahead and its series, without what is sealed."""

    meetings: list[Listed]
    series: list[Series]
    runs: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A meeting on its own page. `place`, `link` and `words` are empty for whom they are not.

    `hidden` says why the place is not shown.
    """

    meeting: Meeting
    group: "Group"
    who: "Member | Visit | None"
    runs: bool
    sees_coming: bool
    free: int
    mine: bool
    may_take: bool = False
    why_not: str | Promise = ""
    shows_place: bool = False
    hidden: str | Promise = ""
    place: str = ""
    link: str = ""
    words: str = ""
    moved: bool = False
    moved_from: Any = None
    may_change: bool = False
    may_restore: bool = False

    @property
    def link_opens(self) -> bool:
        """Whether the link is an address and not a number to dial."""
        return self.link.lower().startswith(("https://", "http://"))


@dataclass(frozen=True, slots=True)
class Coming:
    """Someone with a seat, as their group knows them."""

    alias: str
    seed: int
    is_new: bool
    is_visit: bool
    greeted: bool = False
    listens: bool = False

    @property
    def note(self) -> str:
        """What a host wants to know of them beforehand."""
        words = [
            _("visiting, new") if self.is_visit else _("new here") if self.is_new else "",
            _("would like to be greeted") if self.greeted else "",
            _("wants to listen") if self.listens else "",
        ]
        return ", ".join(filter(None, words))


def ahead(groups: list[int], now: dt.datetime) -> QuerySet[Meeting]:
    """Meetings of these groups that are not over, soonest first, with taken seats counted."""
    rows = with_taken(Meeting.objects.filter(group_id__in=groups, ends__gt=now))
    return rows.order_by("begins", "id")


def soonest_of(groups: list[int], now: dt.datetime) -> QuerySet[Meeting]:
    """The next planned meeting of each of these groups, looked for once in each."""
    planned = Meeting.objects.filter(state=Meeting.State.PLANNED, ends__gt=now)
    first = planned.filter(group=OuterRef("pk")).order_by("begins", "id").values("pk")[:1]
    every: Any = Meeting._meta.get_field("group").related_model
    soonest = every.objects.filter(pk__in=groups).values_list(Subquery(first))
    return with_taken(Meeting.objects.filter(pk__in=soonest))


@prepared("many")
def ahead_and_mine(
    *, groups: list[int], members: list[int], visits: list[int], now: dt.datetime, many: int
) -> QuerySet[Meeting]:
    """The next of them; each knows in `is_mine` whether one of these people has a seat."""
    return ahead(groups, now).annotate(is_mine=is_mine(members, visits))[:many]


def is_mine(members: list[int], visits: list[int]) -> Exists:
    """Whether one of these members or visits has a seat at the meeting of the outer query."""
    theirs = Q(member__in=members) | Q(visit__in=visits)
    return Exists(Seat.objects.filter(theirs, meeting=OuterRef("pk")))


def with_taken(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """The same, each with `seats_taken`, and without its sealed columns."""
    seats = Seat.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    taken = Subquery(seats.annotate(many=Count("pk")).values("many"))
    return meetings.defer(*HIDDEN).annotate(seats_taken=Coalesce(taken, 0))


def live_series(group: "Group") -> QuerySet[Series]:
    """The series of a group that are not over, without their sealed columns."""
    lasting = Q(last_day__isnull=True) | Q(last_day__gte=clock.today())
    rows = Series.objects.filter(lasting, group=group).order_by("introductory", "first_day", "id")
    return rows.defer(*HIDDEN)


def free_seats(meeting: Meeting) -> int:
    """Seats that nobody has taken; the row must come from `with_taken`."""
    taken: int = meeting.seats_taken  # type: ignore[attr-defined]
    return max(0, meeting.seats - taken)


def listed_mine(meetings: list[Meeting]) -> list[Listed]:
    """Rows of a list that know whether they are the viewer's own."""
    return listed(meetings, {m.id for m in meetings if m.is_mine})  # type: ignore[attr-defined]


def listed(meetings: list[Meeting], mine: set[int]) -> list[Listed]:
    """Rows of a list; `mine` are the meetings at which the viewer has a seat."""
    return [Listed(meeting, free_seats(meeting), meeting.id in mine) for meeting in meetings]
