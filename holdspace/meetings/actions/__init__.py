"""What can be done about meetings. The only writer of this package.

Locks are taken in one order: a series, then its meetings by ascending id, then seats. A seat is
taken under the lock of its meeting's row on PostgreSQL; on SQLite every act is an IMMEDIATE
transaction and so alone. Whoever counts seats counts them under that lock.
"""

from holdspace.meetings.actions.ahead import end_past, forget_old, make_ahead
from holdspace.meetings.actions.calendars import (
    begin_group_calendar,
    choose_for_group_calendar,
    end_group_calendar,
)
from holdspace.meetings.actions.dates import (
    add_meeting,
    cancel_meeting,
    move_meeting,
    restore_meeting,
    skip_meeting,
)
from holdspace.meetings.actions.plan import (
    change_series_from,
    end_group_meetings,
    end_series,
    plan_series,
)
from holdspace.meetings.actions.seats import give_up_seat, release_seats, seat_visit, take_seat

__all__ = [
    "add_meeting",
    "begin_group_calendar",
    "cancel_meeting",
    "change_series_from",
    "choose_for_group_calendar",
    "end_group_calendar",
    "end_group_meetings",
    "end_past",
    "end_series",
    "forget_old",
    "give_up_seat",
    "make_ahead",
    "move_meeting",
    "plan_series",
    "release_seats",
    "restore_meeting",
    "seat_visit",
    "skip_meeting",
    "take_seat",
]
