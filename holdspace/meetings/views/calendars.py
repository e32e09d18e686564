"""Calendars that programs ask for, and where a member turns that of a group on and off."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.groups.queries import group_at
from holdspace.kit.answers import go, if_changed, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import Unseen, demand
from holdspace.meetings import actions, queries
from holdspace.meetings.choosing import Chosen
from holdspace.meetings.forms import CalledForm
from holdspace.meetings.queries.feeds import group_calendar_at, group_calendar_of
from holdspace.members.queries import member_for
from holdspace.members.rules import has_accepted

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.members.models import Member

SHOWN = "group-calendar"
CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def open_calendar(request: Request, code: str = "") -> HttpResponse:
    """All meetings of groups that anybody may find, or of one of them."""
    house = request.organisation
    feed = queries.open_calendar(
        viewer=request.viewer,
        scope=house.scope,
        name=house.name,
        house=_house(request),
        code=code,
    )
    return if_changed(request, feed.mark, feed.text, kind=CALENDAR, kept="no-cache")


def _house(request: Request) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@require_safe
def group_feed(request: Request, token: str) -> HttpResponse:
    """One group's meetings, at the secret address of one of its members."""
    feed = group_calendar_at(
        token, viewer=request.viewer, scope=request.organisation.scope, house=_house(request)
    )
    return if_changed(request, feed.mark, feed.text, kind=CALENDAR, kept="private, no-cache")


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: Request, code: str) -> HttpResponse:
    """Where a member has a group's meetings in a calendar of their own; its address shown once."""
    group, member = _member_here(request, code)
    kept = group_calendar_of(member, viewer=request.viewer)
    form = CalledForm(sent(request), initial=asdict(kept or Chosen()))
    if request.method == "POST" and form.is_valid():
        if kept is None:
            return _begun(request, member, code, form.chosen())
        actions.choose_for_group_calendar(by=member, chosen=form.chosen().kept())
        return go("meetings:calendar", request, note=_("Saved."), code=code)
    token = request.jar.pop(SHOWN, "")
    return page(
        request,
        "meetings/calendar.html",
        code=code,
        group_name=group.name,
        form=form,
        is_on=kept is not None,
        address=request.build_absolute_uri(f"/calendar/group/{token}.ics") if token else "",
    )


@require_POST
def renew_calendar(request: Request, code: str) -> HttpResponse:
    """A new address; the one before leads nowhere from now on."""
    _group, member = _member_here(request, code)
    kept = group_calendar_of(member, viewer=request.viewer)
    return _begun(request, member, code, kept or Chosen())


@require_POST
def end_calendar(request: Request, code: str) -> HttpResponse:
    """No address any more."""
    _group, member = _member_here(request, code)
    actions.end_group_calendar(by=member, member=member.pk)
    return go("meetings:calendar", request, note=_("The address leads nowhere now."), code=code)


def _begun(request: Request, member: "Member", code: str, chosen: Chosen) -> HttpResponse:
    scope = request.organisation.scope
    request.jar[SHOWN] = actions.begin_group_calendar(by=member, scope=scope, chosen=chosen.kept())
    return go("meetings:calendar", request, code=code)


def _member_here(request: Request, code: str) -> "tuple[Group, Member]":
    """The viewer as this group knows them. Raises Unseen, Refused for something to read first."""
    group = group_at(code, viewer=request.viewer)
    member = member_for(group, viewer=request.viewer)
    if member is None:
        raise Unseen
    demand(has_accepted(request.viewer, group, member))
    return group, member
