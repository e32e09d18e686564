"""What a calendar says of a meeting: as much as whoever keeps it chose, and never more than may be.

A calendar is copied to services and devices that we do not know, so what it says is decided by
what may be told there, not by what its owner may see here.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from holdspace.meetings.calendar import Conference, Said
from holdspace.meetings.models import Attendance, Meeting

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.meetings.models import Series

NUMBER = re.compile(r"\+?[0-9][0-9 ()./-]{4,30}(?:[,;][0-9#*,;]{1,30})?")
VIDEO, WRITING, LEADING = ("AUDIO", "VIDEO"), ("CHAT",), "MODERATOR"


@dataclass(frozen=True, slots=True)
class Telling:
    """How much a calendar says.

    `called` stands for every meeting in place of its group's name, and with it nothing else is
    said of the group. `place` and `link` were chosen by who keeps the calendar. `leads` is for a
    facilitator's own; `is_open` for one that anybody may read. `house` is where its pages are.
    """

    called: str = ""
    place: bool = False
    link: bool = False
    leads: bool = False
    is_open: bool = False
    house: str = ""

    @property
    def is_discreet(self) -> bool:
        """Whether nothing says of which group it is."""
        return bool(self.called)


def said_of(one: "Series | Meeting", group: "Group", how: Telling, *, opened: bool = False) -> Said:
    """What stands in the calendar. `opened` says that place and link may be read by its owner."""
    ways = _ways(one, how) if opened and how.link and one.on_a_line else ()
    return Said(
        summary=_summary(one, group, how),
        words="\n".join(filter(None, [*_words(one, how), *(way.uri for way in ways)])),
        place=_place(one, how, opened=opened),
        page=_page(one, group, how),
        conferences=ways,
        is_private=not how.is_open,
    )


def _summary(one: "Series | Meeting", group: "Group", how: Telling) -> str:
    name = how.called or group.name
    if isinstance(one, Meeting) and one.state in {Meeting.State.CANCELLED, Meeting.State.SKIPPED}:
        return _("Cancelled: %(name)s") % {"name": name}
    return name


def _words(one: "Series | Meeting", how: Telling) -> list[str]:
    if how.is_discreet:
        return []
    introductory = _("Introductory session: you can come once and just listen.")
    return [one.attendance_words, introductory if one.introductory else ""]


def _place(one: "Series | Meeting", how: Telling, *, opened: bool) -> str:
    """The exact place only where it was chosen and may be read; else the part of town, if that."""
    if not one.in_a_room:
        return ""
    exact = one.exact_place if opened and how.place else ""
    near = one.area if how.place or not how.is_discreet else ""
    return ", ".join(exact.split("\n")) if exact else near


def _page(one: "Series | Meeting", group: "Group", how: Telling) -> str:
    if how.is_discreet:
        return ""
    if how.is_open:
        return f"{how.house}/groups/{group.code}/"
    if isinstance(one, Meeting):
        kwargs = {"code": group.code, "number": one.number}
        return how.house + reverse("meetings:meeting", kwargs=kwargs)
    return how.house + reverse("meetings:meetings", kwargs={"code": group.code})


def _ways(one: "Series | Meeting", how: Telling) -> tuple[Conference, ...]:
    """The link as calendars join by it; what is no address and no number is told nowhere."""
    link = one.join_link.strip()
    if link.lower().startswith(("https://", "http://")):
        features = WRITING if one.attendance == Attendance.TEXT else VIDEO
        uri = link
    elif NUMBER.fullmatch(link):
        features, uri = ("PHONE",), "tel:" + re.sub(r"[ ()./-]", "", link)
    else:
        return ()
    return (Conference(uri, (*features, LEADING) if how.leads else features, _("Join")),)
