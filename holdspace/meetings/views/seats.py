"""One touch: take a seat, give it up. Pressed twice, the same comes of it."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from holdspace.groups.queries import group_at
from holdspace.kit.answers import go
from holdspace.kit.asks import Request
from holdspace.kit.guard import Unseen
from holdspace.meetings import actions, queries
from holdspace.meetings.views.shaping import address


@require_POST
def take_seat(request: Request, code: str, number: int) -> HttpResponse:
    """Take a seat at this meeting."""
    seen = queries.meeting_for(group_at(code, viewer=request.viewer), number, viewer=request.viewer)
    if seen.who is None:
        raise Unseen
    actions.take_seat(by=seen.who, meeting=seen.meeting)
    return go(address(code, number), request, note=_("You have a seat."), fragment="seat")


@require_POST
def give_up_seat(request: Request, code: str, number: int) -> HttpResponse:
    """Give the seat up."""
    seen = queries.meeting_for(group_at(code, viewer=request.viewer), number, viewer=request.viewer)
    if seen.who is None:
        raise Unseen
    actions.give_up_seat(by=seen.who, meeting=seen.meeting)
    return go(
        address(code, number), request, note=_("Your seat is free again. No need to explain.")
    )
