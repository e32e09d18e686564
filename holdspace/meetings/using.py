"""Who used their place, as meetings know it: a seat taken, and a first meeting that went by."""

import datetime as dt
from typing import TYPE_CHECKING

from holdspace.kit import clock
from holdspace.meetings.models import Meeting, Seat

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.members.models import Member

SETTLING = dt.timedelta(days=6)  # a newcomer has this long, whatever meeting comes before
LOOKED_BACK = dt.timedelta(days=6)  # seats are kept a week: later nobody could tell


def seated_in(group: "Group") -> set[int]:
    """The members who have a seat at a meeting of the group, past or to come."""
    seats = Seat.objects.filter(meeting__group=group, member__isnull=False)
    return set(seats.values_list("member_id", flat=True))


def had_their_first_meeting(group: "Group", members: list["Member"]) -> list["Member"]:
    """Those whose first meeting in the group was in the last days, and who had time to come."""
    today = clock.today()
    rows = Meeting.objects.filter(group=group, state=Meeting.State.DONE).order_by("day")
    held = list(rows.values_list("day", flat=True))
    had = []
    for member in members:
        first = next((day for day in held if day > member.joined_on), None)
        lately = first is not None and today - LOOKED_BACK <= first < today
        if lately and member.joined_on <= today - SETTLING:
            had.append(member)
    return had
