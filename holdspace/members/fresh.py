"""A row as it is now, not as a page read it a moment ago: locked until the act ends."""

from typing import Any, TypeVar

from holdspace.kit.guard import Unseen
from holdspace.members.models import Member, Visit

W = TypeVar("W", bound=Member | Visit)


def afresh(who: W) -> W:
    """The member or the visit as it stands, with its group. Raises Unseen when it has gone.

    Rows that only point at it (a seat, a support) can be written meanwhile: `no_key`.
    """
    rows: Any = type(who).objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("group")
    found: W | None = rows.filter(pk=who.pk).first()
    if found is None:
        raise Unseen
    return found
