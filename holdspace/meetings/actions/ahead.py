"""What the clock does: meetings are made ahead, and their exact times go when they are over."""

import datetime as dt

from holdspace.kit import clock
from holdspace.ledger.acts import act
from holdspace.ledger.events import announce
from holdspace.meetings.actions.unfold import unfold
from holdspace.meetings.models import Meeting, Seat, Series
from holdspace.meetings.rules import AFTERWARDS

SEATS_KEPT = dt.timedelta(days=7)  # for "who came" and the questions afterwards
MEETINGS_KEPT = dt.timedelta(days=730)


@act
def make_ahead(*, by: object, series: int) -> int:
    """Make the meetings of the next 60 days of the series with this id; returns how many are new.

    Safe to run again, and when the series has gone meanwhile.
    """
    found = Series.objects.select_for_update().filter(pk=series).first()
    made = unfold(found) if found else []
    if found and made:
        announce("meetings.planned", group=found.group_id)
    return len(made)


@act
def end_past(*, by: object) -> int:
    """Meetings that ended two hours ago are over: their exact times go, the day stays."""
    over = Meeting.objects.filter(ends__lt=clock.now() - AFTERWARDS)
    groups = set(over.values_list("group_id", flat=True))
    planned = over.filter(state=Meeting.State.PLANNED)
    ended = planned.update(state=Meeting.State.DONE, begins=None, ends=None)
    over.update(begins=None, ends=None)
    for group in sorted(groups):
        announce("meetings.ended", group=group)
    return ended


@act
def forget_old(*, by: object) -> int:
    """Seats go a week after their meeting, meetings after two years; returns seats that went."""
    today = clock.today()
    gone, _by_model = Seat.objects.filter(meeting__day__lt=today - SEATS_KEPT).delete()
    Meeting.objects.filter(day__lt=today - MEETINGS_KEPT).delete()
    return gone
