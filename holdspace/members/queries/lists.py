"""Waiting: one's own place in the list and the usual wait, honestly."""

import math
from statistics import median
from typing import TYPE_CHECKING

from django.db.models import Min

from holdspace.kit import clock
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.viewer import Viewer
from holdspace.members.models import Waiting
from holdspace.staff.rules import may_coordinate

if TYPE_CHECKING:
    from holdspace.groups.models import Group

ENOUGH_TO_TELL = 3  # waits that ended with an offer; below that the group's own estimate is used
LOOKED_AT = 12


@sees
def usual_wait(group: "Group", *, viewer: Viewer) -> int | None:
    """The usual wait in weeks, rounded up: median of recent waits, else the group's estimate.

    None when nobody can tell.
    """
    rows = Waiting.objects.filter(group=group, offered_on__isnull=False).order_by("-number")
    days: list[int] = [
        (row.offered_on - row.since).days for row in rows[:LOOKED_AT] if row.offered_on
    ]
    if len(days) < ENOUGH_TO_TELL:
        estimate: int | None = group.wait_weeks
        return estimate
    return max(1, math.ceil(median(days) / 7))


@sees
def place_in_line(waiting: Waiting, *, viewer: Viewer) -> int:
    """How many come before this turn, and itself: 1 is next."""
    line = Waiting.objects.filter(group_id=waiting.group_id, standing__in=Waiting.LIVE)
    return line.filter(number__lt=waiting.number).count() + 1


@sees
def length_of_line(group: "Group", *, viewer: Viewer) -> int:
    """How many are waiting or hold an offer."""
    return Waiting.objects.filter(group=group, standing__in=Waiting.LIVE).count()


@sees
def longest_waits(*, viewer: Viewer) -> dict[int, int]:
    """For every group in which somebody waits, for how many days the first has: a coordinator's.

    Offers count: nobody has a place before they took it. Raises Unseen to others.
    """
    if not may_coordinate(viewer):
        raise Unseen
    live = Waiting.objects.filter(standing__in=Waiting.LIVE)
    first = live.values_list("group_id").annotate(since=Min("since"))
    return {group: (clock.today() - since).days for group, since in first}
