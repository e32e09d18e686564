"""Today: the next meeting, what waits for a yes or no, and one way to begin."""

from django.http import HttpResponse

from holdspace.kit import clock
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request
from holdspace.kit.zones import reader_zone
from holdspace.meetings.queries import my_next_meetings, my_soonest
from holdspace.members.queries import applications_of, farewells_to, memberships_of, turns_of
from holdspace.people.queries import keeps_a_way_back
from holdspace.web.arriving import elsewhere, way_back_of

FIRST_DAYS = 7  # how long a group counts as new to someone


def today(request: Request) -> HttpResponse:
    """The page a member comes to after signing in."""
    away = elsewhere(request)
    if away is not None:
        return away
    viewer = request.viewer
    members = memberships_of(viewer=viewer)
    new = [m for m in members if (clock.today() - m.joined_on).days < FIRST_DAYS]
    meetings = [one for one in my_next_meetings(viewer=viewer, many=4) if one.meeting.is_open]
    return page(
        request,
        "web/today.html",
        members=members,
        farewells=farewells_to(viewer=viewer),
        newest=new[-1] if new else None,
        next=meetings[0] if meetings else None,
        later=meetings[1:3],
        offers=[turn for turn in turns_of(viewer=viewer) if turn.standing == turn.Standing.OFFERED],
        **way_back_of(viewer),
        zone=reader_zone(request),
    )


def my_groups(request: Request) -> HttpResponse:
    """All groups I belong to, wait for or asked to join, each under its own name for me."""
    away = elsewhere(request)
    if away is not None:
        return away
    viewer = request.viewer
    members = memberships_of(viewer=viewer)
    return page(
        request,
        "web/my_groups.html",
        members=members,
        farewells=farewells_to(viewer=viewer),
        soon=my_soonest(viewer=viewer),
        turns=turns_of(viewer=viewer),
        applications=applications_of(viewer=viewer),
        zone=reader_zone(request),
    )


def me(request: Request) -> HttpResponse:
    """For me: what is mine to keep, see, change and end."""
    if not request.viewer.is_somebody:
        return go("people:sign_in", request)
    return page(
        request,
        "web/me.html",
        has_way_back=keeps_a_way_back(viewer=request.viewer),
        at_work=request.viewer.staff is not None,
    )
