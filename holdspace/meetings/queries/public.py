"""What anybody may see: when groups meet, roughly where, whether seats are free."""

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from holdspace.groups.queries import groups_open
from holdspace.kit import clock
from holdspace.kit.guard import sees
from holdspace.kit.viewer import Viewer
from holdspace.meetings.models import Meeting
from holdspace.meetings.queries.seen import Listed, ahead, listed, live_series, soonest_of
from holdspace.meetings.rhythm import in_words

if TYPE_CHECKING:
    from holdspace.groups.models import Group

NIGHT_ENDS = 4  # o'clock: until then "tonight" is still the evening before


@sees
def next_meetings(group: "Group", *, viewer: Viewer, many: int = 5) -> list[Listed]:
    """The next dates of a group, skipped and cancelled ones too, since those must be seen.

    The caller has shown that the viewer may see the group.
    """
    return listed(list(ahead([group.id], clock.now())[:many]), set())


@sees
def next_of_groups(group_ids: list[int], *, viewer: Viewer) -> dict[int, Listed]:
    """The next planned meeting of each of these groups, by the group's id; for lists of groups."""
    rows = soonest_of(group_ids, clock.now())
    return {one.meeting.group_id: one for one in listed(list(rows), set())}


@sees
def rhythms_of(group: "Group", *, viewer: Viewer) -> list[str]:
    """The rules by which a group meets, in words: "Every second Tuesday, 19:00 to 20:30 …"."""
    return [in_words(series.rhythm) for series in live_series(group)]


@sees
def tonight(*, viewer: Viewer, zone: str) -> list[Listed]:
    """What begins between now and four in the morning in `zone`, in groups that are open.

    Meetings that began within the last ten minutes are there too: the door is still open.
    """
    now = clock.now()
    local = now.astimezone(ZoneInfo(zone))
    end = local.replace(hour=NIGHT_ENDS, minute=0, second=0, microsecond=0)
    if local.hour >= NIGHT_ENDS:
        end += dt.timedelta(days=1)
    groups = [group.id for group in groups_open(viewer=viewer) if group.state == "open"]
    rows = ahead(groups, now).filter(
        state=Meeting.State.PLANNED, begins__gt=now - dt.timedelta(minutes=10), begins__lt=end
    )
    return listed(list(rows.select_related("group")), set())
