"""What comes by the clock, and what follows when a group ends, someone leaves or means to visit."""

from holdspace.kit import clock, scope
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import after, every
from holdspace.meetings import actions
from holdspace.meetings.models import Meeting, Series
from holdspace.meetings.using import LOOKED_BACK, had_their_first_meeting
from holdspace.meetings.when import when
from holdspace.members.actions import follow_meeting, free_unused
from holdspace.members.queries import unused_in


@every("6h")
def make_meetings_ahead() -> None:
    """Keep sixty days of meetings ahead in every group that has not ended."""
    with scope.everywhere("the clock makes meetings ahead"):
        live = Series.objects.exclude(group__state="ended").exclude(last_day__lt=clock.today())
        # Ids first: a cursor still open would tie the writes below to an old snapshot on SQLite.
        for number in list(live.order_by("pk").values_list("pk", flat=True)):
            actions.make_ahead(by=SYSTEM, series=number)


@every("10m")
def end_meetings() -> None:
    """Meetings that are over lose their exact times."""
    with scope.everywhere("the clock ends meetings"):
        actions.end_past(by=SYSTEM)


@every("day 03:20")
def forget_meetings() -> None:
    """Seats go a week after their meeting, meetings after two years."""
    with scope.everywhere("the clock forgets old meetings"):
        actions.forget_old(by=SYSTEM)


@every("day 04:05")
def free_unused_places() -> None:
    """After a first meeting a place that nobody used goes to whoever waits."""
    with scope.everywhere("places that nobody used"):
        since = clock.today() - LOOKED_BACK
        held = Meeting.objects.filter(state=Meeting.State.DONE, day__gte=since)
        groups = {one.group_id: one.group for one in held.select_related("group")}
        for group in groups.values():
            over = had_their_first_meeting(group, unused_in(group))
            if over:
                free_unused(by=SYSTEM, group=group, members=[member.id for member in over])


@after("groups.changed")
def call_off_what_ended(group: int, organisation: int) -> None:
    """A group that ended meets no more."""
    with scope.entered(organisation):
        actions.end_group_meetings(by=SYSTEM, group=group)


@after("members.left")
@after("members.removed")
def release_seats_of(*, member: int, **_facts: object) -> None:
    """Who left takes no seat from others; their calendar, which tells nothing since, goes too."""
    with scope.everywhere("a member left"):
        actions.release_seats(by=SYSTEM, member=member)
        actions.end_group_calendar(by=SYSTEM, member=member)


@after("meetings.changed")
def tell_its_visits(group: int, meeting: int = 0) -> None:
    """A session was moved: its visits are kept until it is over, and say when it is."""
    with scope.everywhere("a meeting was moved"):
        found = Meeting.objects.filter(pk=meeting, ends__isnull=False).first()
        if found is not None and found.ends is not None:
            evening = when(found, found.zone).line
            follow_meeting(by=SYSTEM, meeting=meeting, ends=found.ends, evening=evening)


@after("members.visit_asked")
@after("members.visit_confirmed")
@after("members.visit_declined")
def seat_a_visit(group: int, visit: int) -> None:
    """A visitor who is expected gets the seat they asked for, while there is one; others none."""
    with scope.everywhere("a visitor is expected"):
        actions.seat_visit(by=SYSTEM, visit=visit)
