"""The introductory sessions of a group, as `members` asks for them when somebody wants to visit."""

from typing import TYPE_CHECKING

from holdspace.kit import clock
from holdspace.kit.viewer import Viewer
from holdspace.meetings.models import Meeting
from holdspace.meetings.queries.seen import ahead, free_seats, is_mine, with_taken
from holdspace.meetings.when import when
from holdspace.members.queries import Date, Evening
from holdspace.members.queries import Seat as VisitSeat

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.members.models import Visit

LOOKED_AT = 10


def room_for_visitors(meeting: Meeting) -> int:
    """How many visitors at most a meeting has seats for: never more than half of them."""
    return max(1, meeting.seats // 2)


class Sessions:
    """The calendar of introductory sessions, in the words and the zone they were planned in."""

    def evenings(self, group: "Group", viewer: Viewer) -> list[Evening]:
        """The next ones that have not begun, full ones too."""
        now = clock.now()
        rows = ahead([group.id], now).filter(
            introductory=True, state=Meeting.State.PLANNED, begins__gt=now
        )
        return [
            Evening(
                meeting=meeting.id,
                ends=meeting.ends,
                words=when(meeting, meeting.zone).line,
                room=room_for_visitors(meeting) if free_seats(meeting) else 0,
            )
            for meeting in rows[:LOOKED_AT]
            if meeting.ends is not None
        ]

    def date_of(self, visit: "Visit") -> Date:
        """The evening that a visit asked for, as it stands now."""
        rows = with_taken(Meeting.objects.filter(pk=visit.meeting, group_id=visit.group_id))
        meeting = rows.annotate(is_mine=is_mine([], [visit.pk])).first()
        if meeting is None:
            return Date("", VisitSeat.OFF)
        words = when(meeting, meeting.zone).line
        if meeting.state in {Meeting.State.SKIPPED, Meeting.State.CANCELLED}:
            return Date(words, VisitSeat.OFF)
        if meeting.is_mine:
            return Date(words, VisitSeat.HELD)
        return Date(words, VisitSeat.FREE if free_seats(meeting) else VisitSeat.FULL)
