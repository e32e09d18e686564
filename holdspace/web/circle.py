"""A group from inside, and the last step of joining: a place, and a seat if one likes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from holdspace.groups.queries import group_at, leaders_of
from holdspace.groups.rules import may_arrange
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request
from holdspace.kit.guard import Unseen
from holdspace.kit.zones import reader_zone
from holdspace.meetings.actions import take_seat
from holdspace.meetings.queries import meetings_of
from holdspace.meetings.queries.seen import Listed
from holdspace.members.queries import member_for, members_in, own_record, visit_of
from holdspace.members.rules import has_accepted, may_facilitate, may_see_inside
from holdspace.web.arriving import way_back_of

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.members.models import Member

SHOWN = 3  # meetings on the group's page; the rest stands on its own page


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who has just joined: who they are here, and the first meeting they could come to."""

    group: "Group"
    member: "Member"
    first: Listed | None


def circle(request: Request, code: str) -> HttpResponse:
    """A group from inside: what is next, who is here, what we agreed."""
    viewer = request.viewer
    group = group_at(code, viewer=viewer)
    member = member_for(group, viewer=viewer)
    if member is not None and not has_accepted(viewer, group, member):
        return go("members:agree", request, code=code)
    if not may_see_inside(viewer, group):
        return _outside(request, group)
    ahead = meetings_of(group, viewer=viewer, many=SHOWN + 2)
    people = members_in(group, viewer=viewer)
    return page(
        request,
        "web/circle.html",
        group=group,
        member=member,
        meetings=[one for one in ahead if one.meeting.state != "skipped"][:SHOWN],
        people=people,
        leads=bool(may_facilitate(viewer, group)),
        zone=reader_zone(request),
    )


def _outside(request: Request, group: "Group") -> HttpResponse:
    """Coordinators go to the group's work page; whoever was asked to stay away reads why."""
    own = own_record(group, viewer=request.viewer)
    if own is not None and own.standing == own.Standing.REMOVED:
        return go("members:not_here", request, code=group.code)
    if may_arrange(request.viewer, group):
        return go("groups:work_group", request, code=group.code)
    raise Unseen


def joined(request: Request, code: str) -> HttpResponse:
    """The last page of joining."""
    arrival = _arrival(request, code)
    return page(
        request,
        "web/joined.html",
        arrival=arrival,
        **way_back_of(request.viewer),
        leaders=leaders_of(arrival.group, viewer=request.viewer),
        zone=reader_zone(request),
    )


@require_POST
def joined_seat(request: Request, code: str) -> HttpResponse:
    """Take a seat at the first meeting; pressed twice it is one seat."""
    arrival = _arrival(request, code)
    if arrival.first is None:
        return go("web:joined", request, note=_("No date is planned yet."), code=code)
    take_seat(by=arrival.member, meeting=arrival.first.meeting)
    return go("web:joined", request, code=code)


def evening_place(request: Request) -> HttpResponse:
    """A visitor's way from their evening to the meeting with its place and seat."""
    visit = visit_of(viewer=request.viewer)
    if visit is None:
        raise Unseen
    ahead = meetings_of(visit.group, viewer=request.viewer)
    one = next((m for m in ahead if m.meeting.id == visit.meeting), None)
    if one is None:
        return go("members:evening", request, note=_("This date has changed."))
    number = one.meeting.number
    return go("meetings:meeting", request, code=visit.group.code, number=number)


def _arrival(request: Request, code: str) -> Arrival:
    group = group_at(code, viewer=request.viewer)
    member = member_for(group, viewer=request.viewer)
    if member is None:
        raise Unseen
    ahead = meetings_of(group, viewer=request.viewer)
    first = next((one for one in ahead if one.meeting.is_open and (one.free or one.mine)), None)
    return Arrival(group, member, first)
