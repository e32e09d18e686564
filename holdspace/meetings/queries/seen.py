"""Meetings as one viewer sees them: sealed parts opened only for whom they are meant."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from holdspace.kit import clock
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


def ahead(group_ids: list[int], mine: Q | None = None) -> QuerySet[Meeting]:
    """Meetings of these groups that are not over, soonest first, with taken seats counted.

    With `mine`, which picks the viewer's own seats, each also knows whether they have one.
    """
    rows = with_taken(Meeting.objects.filter(group_id__in=group_ids, ends__gt=clock.now()))
    if mine is not None:
        rows = rows.annotate(is_mine=Exists(Seat.objects.filter(mine, meeting=OuterRef("pk"))))
    return rows.order_by("begins", "id")


def with_taken(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """The same, each with `seats_taken`, and without its sealed columns."""
    return meetings.defer(*HIDDEN).annotate(seats_taken=Count("taken"))


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
    """Rows of a list that came from `ahead` with `mine`."""
    return listed(meetings, {m.id for m in meetings if m.is_mine})  # type: ignore[attr-defined]


def listed(meetings: list[Meeting], mine: set[int]) -> list[Listed]:
    """Rows of a list; `mine` are the meetings at which the viewer has a seat."""
    return [Listed(meeting, free_seats(meeting), meeting.id in mine) for meeting in meetings]


def seats_at(meetings: list[Meeting], whose: dict[str, Any]) -> set[int]:
    """At which of these meetings that person has a seat."""
    if not meetings or not whose:
        return set()
    found = Seat.objects.filter(meeting__in=[m.id for m in meetings], **whose)
    return set(found.values_list("meeting_id", flat=True))
