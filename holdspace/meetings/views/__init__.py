"""Pages about meetings."""

from holdspace.meetings.views.calendars import (
    calendar,
    end_calendar,
    group_feed,
    open_calendar,
    renew_calendar,
)
from holdspace.meetings.views.dates import (
    add_meeting,
    cancel_meeting,
    move_meeting,
    restore_meeting,
    skip_meeting,
)
from holdspace.meetings.views.pages import meeting, meetings, week, zone
from holdspace.meetings.views.planning import change_series, end_series, plan_series
from holdspace.meetings.views.seats import give_up_seat, take_seat

__all__ = [
    "add_meeting",
    "calendar",
    "cancel_meeting",
    "change_series",
    "end_calendar",
    "end_series",
    "give_up_seat",
    "group_feed",
    "meeting",
    "meetings",
    "move_meeting",
    "open_calendar",
    "plan_series",
    "renew_calendar",
    "restore_meeting",
    "skip_meeting",
    "take_seat",
    "week",
    "zone",
]
