"""What the templates need of a meeting: its times in the reader's zone, its address, its facts."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.meetings.models import Meeting
from holdspace.meetings.queries.seen import Listed, Seen
from holdspace.meetings.when import When, when


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting in a list, ready for the page."""

    meeting: Meeting
    time: When
    href: str
    mine: bool
    free: int
    group_name: str = ""

    @property
    def has_signs(self) -> bool:
        """Whether anything stands out about it."""
        usual = self.meeting.is_open and not self.meeting.introductory and not self.mine
        return not (usual and self.free)


def row_of(one: Listed, code: str, zone: str, *, named: bool = False) -> Row:
    """A row; `named` says that the group's name belongs into it."""
    return Row(
        meeting=one.meeting,
        time=when(one.meeting, zone),
        href=address(code, one.meeting.number),
        mine=one.mine,
        free=one.free,
        group_name=one.meeting.group.name if named else "",
    )


def address(code: str, number: int) -> str:
    """Where a meeting's page is."""
    return reverse("meetings:meeting", kwargs={"code": code, "number": number})


def facts_of(seen: Seen) -> list[tuple[str | Promise, Any]]:
    """How people come, roughly where, and whether seats are free; in words."""
    meeting = seen.meeting
    rows: list[tuple[str | Promise, Any]] = [
        (_("How"), meeting.get_attendance_display()),
    ]
    if meeting.area:
        rows.append((_("Where"), meeting.area))
    if meeting.is_open and meeting.begins is not None:
        rows.append((_("Seats"), _seats(seen)))
    return rows


def _seats(seen: Seen) -> str:
    if not seen.free:
        return _("All seats are taken")
    return ngettext(
        "%(free)d of %(seats)d is free", "%(free)d of %(seats)d are free", seen.free
    ) % {
        "free": seen.free,
        "seats": seen.meeting.seats,
    }
