"""Evenings that may be visited, and what became of one's own."""

from typing import TYPE_CHECKING

from holdspace.kit.guard import sees
from holdspace.kit.viewer import Viewer
from holdspace.members import evenings
from holdspace.members.evenings import Date, Evening, Seat, evenings_come_from

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.members.models import Visit

OFFERED = 5

__all__ = ["Date", "Evening", "Seat", "date_of", "evenings_come_from", "evenings_of"]


@sees
def evenings_of(group: "Group", *, viewer: Viewer) -> list[Evening]:
    """The next introductory sessions at which a visitor's seat is free, soonest first."""
    return evenings.with_room(group, evenings.planned(group, viewer))[:OFFERED]


@sees
def date_of(visit: "Visit", *, viewer: Viewer) -> Date | None:
    """The evening of a visit as it stands now, and its seat; None without a date."""
    return evenings.date_of(visit)
