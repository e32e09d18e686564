"""Taking a seat and giving it up: once or twice pressed, the same comes of it."""

from typing import TYPE_CHECKING

from holdspace.kit import clock, scope
from holdspace.kit.guard import Refused, Unseen, demand
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.meetings.evenings import room_for_visitors
from holdspace.meetings.models import Meeting, Seat
from holdspace.meetings.parties import seat_of
from holdspace.meetings.rules import may_take_seat
from holdspace.members.queries import as_it_stands, visit_of

if TYPE_CHECKING:
    from holdspace.members.models import Member, Visit


@act
def take_seat(*, by: "Member | Visit", meeting: Meeting) -> Seat:
    """A seat at this meeting; the one they have already when it is asked for again.

    The meeting's row is locked before seats are counted, so that two people never get the last
    one; whoever comes is read afresh and held, so that nobody who is leaving at this moment keeps a
    seat. Raises Refused with the reason, such as that all seats are taken, Unseen for who has gone.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    whose = seat_of(by)
    who = as_it_stands(by)
    mine: Seat | None = Seat.objects.filter(meeting=meeting, **whose).first()
    free = meeting.seats - Seat.objects.filter(meeting=meeting).count()
    if "visit_id" in whose:
        visitors = Seat.objects.filter(meeting=meeting, visit__isnull=False).count()
        most = min(room_for_visitors(meeting), who.group.visitor_seats)
        free = min(free, most - visitors)
    demand(may_take_seat(who, meeting, 1 if mine else free))
    if mine is not None:
        return mine
    seat = Seat(organisation_id=meeting.organisation_id, meeting=meeting, **whose)
    seat.save(force_insert=True)
    return seat


@act
def give_up_seat(*, by: "Member | Visit", meeting: Meeting) -> bool:
    """The seat is free for somebody else; whether there was one."""
    gone, _by_model = Seat.objects.filter(meeting=meeting, **seat_of(by)).delete()
    return bool(gone)


@act
def release_seats(*, by: object, member: int, past_too: bool = False) -> int:
    """Someone left the group: their seats at meetings to come are free; returns how many.

    `past_too` takes those of the last days as well, when a membership is erased.
    """
    seats = Seat.objects.filter(member_id=member)
    if not past_too:
        seats = seats.filter(meeting__begins__gt=clock.now())
    gone, _by_model = seats.delete()
    return gone


@act
def seat_visit(*, by: object, visit: int) -> Seat | None:
    """The seat of a visitor who is expected, at the session they asked for.

    A seat at another session, chosen before, is free again; so is every seat of a visit that was
    declined. None while a facilitator has not answered, when the session has no seat left, or when
    the visit is over. Safe to run again.
    """
    found = visit_of(viewer=Viewer(organisation=scope.current(), visit=visit))
    if found is None:
        return None
    expected = found.standing == "expected" and found.meeting is not None
    elsewhere = Seat.objects.filter(visit_id=visit)
    (elsewhere.exclude(meeting_id=found.meeting) if expected else elsewhere).delete()
    if not expected:
        return None
    meeting = Meeting.objects.filter(pk=found.meeting, group_id=found.group_id).first()
    if meeting is None:
        return None
    try:
        return take_seat(by=found, meeting=meeting)
    except (Refused, Unseen):
        return None
