"""What meetings hold on a member: seats at meetings to come and of the last seven days."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from holdspace.kit.holdings import of_a_member, say
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings.actions import release_seats
from holdspace.meetings.models import Seat


def _export(member: int) -> dict[str, Any]:
    seats = Seat.objects.filter(member_id=member).select_related("meeting").order_by("meeting__day")
    return {
        "seats": [
            {"number": seat.meeting.number, "day": seat.meeting.day.isoformat()} for seat in seats
        ]
    }


def _erase(member: int) -> list[int]:
    release_seats(by=SYSTEM, member=member, past_too=True)
    return []


of_a_member("meetings", export=_export, erase=_erase)
say(
    {
        "meetings": _("Meetings"),
        "seats": _("Seats you took"),
        "number": _("Number in the group"),
        "day": _("Day"),
    }
)
