"""The introductory sessions of a group, as `members` asks for them when somebody wants to visit."""

from typing import TYPE_CHECKING

from holdspace.kit import clock
from holdspace.kit.viewer import Viewer
from holdspace.meetings.models import Meeting
from holdspace.meetings.queries.seen import ahead, free_seats
from holdspace.meetings.when import when
from holdspace.members.queries import Evening

if TYPE_CHECKING:
    from holdspace.groups.models import Group

OFFERED = 5


def introductory_sessions(group: "Group", viewer: Viewer) -> list[Evening]:
    """The next ones with a free seat, in the words and the zone in which they were planned."""
    rows = ahead([group.id], clock.now()).filter(introductory=True, state=Meeting.State.PLANNED)
    return [
        Evening(meeting=meeting.id, ends=meeting.ends, words=when(meeting, meeting.zone).line)
        for meeting in rows[: OFFERED * 2]
        if meeting.ends is not None and free_seats(meeting)
    ][:OFFERED]
