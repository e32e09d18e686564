"""What meetings hold on a member: seats to come and of the last seven days, and a calendar."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from holdspace.kit.holdings import of_a_member, say
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings.actions import end_group_calendar, release_seats
from holdspace.meetings.models import GroupCalendar, Seat


def _export(member: int) -> dict[str, Any]:
    seats = Seat.objects.filter(member_id=member).select_related("meeting").order_by("meeting__day")
    calendar = GroupCalendar.objects.filter(member_id=member).first()
    kept = {"calendar": _said(calendar.chosen)} if calendar else {}
    return {
        "seats": [
            {"number": seat.meeting.number, "day": seat.meeting.day.isoformat()} for seat in seats
        ],
        **kept,
    }


def _said(chosen: dict[str, Any]) -> dict[str, Any]:
    return {f"calendar_{name}": chosen[name] for name in ("called", "own", "language")}


def _erase(member: int) -> list[int]:
    release_seats(by=SYSTEM, member=member, past_too=True)
    end_group_calendar(by=SYSTEM, member=member)
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
