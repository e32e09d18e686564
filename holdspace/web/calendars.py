"""My calendar: turned on and off, how much it says, and the address that programs ask."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.kit.answers import go, if_changed, page, sign_in_first
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import Unseen
from holdspace.kit.viewer import Viewer
from holdspace.meetings.queries import GROUPS, SEATS, CalledForm, Chosen, chosen_from, my_calendar
from holdspace.people.actions import begin_calendar, choose_for_calendar, end_calendar, spend
from holdspace.people.queries import account_of, own_calendar, reader_at
from holdspace.staff.queries import staff_pass

SHOWN = "calendar"
A_WEEK = 20  # addresses made for one person; each ends the one before
OFTEN = _("That were many new addresses in a week. Please come back next week.")


class LeadersForm(CalledForm):
    """What a facilitator's calendar says of the groups they lead."""

    place = forms.BooleanField(label=_("Say where: the exact place"), required=False)
    link = forms.BooleanField(label=_("Say how to join: the link"), required=False)


class MembersForm(LeadersForm):
    """What a member's says; place and link only of meetings where they have a seat."""

    spans = forms.ChoiceField(
        label=_("Which meetings"),
        choices=[(GROUPS, _("All of my groups")), (SEATS, _("Only those where I have a seat"))],
        initial=GROUPS,
        widget=forms.RadioSelect,
    )
    place = forms.BooleanField(
        label=_("Say where: the part of town, and the exact place where I have a seat"),
        required=False,
    )
    link = forms.BooleanField(
        label=_("Say how to join: the link, where I have a seat"), required=False
    )
    field_order = ("spans", "called", "own", "place", "link")


@require_safe
def calendar(request: Request, token: str) -> HttpResponse:
    """The calendar itself, for whatever program holds the address."""
    viewer, kept = reader_at(token, scope=request.organisation.scope, viewer=request.viewer)
    if viewer.staff is not None:
        at_work = staff_pass(viewer.staff.account)
        if at_work is None:
            raise Unseen
        viewer = Viewer(organisation=viewer.organisation, staff=at_work)
    house = request.build_absolute_uri("/").rstrip("/")
    feed = my_calendar(viewer=viewer, chosen=chosen_from(kept), secret=token, house=house)
    kind = "text/calendar; charset=utf-8"
    return if_changed(request, feed.mark, feed.text, kind=kind, kept="private, no-cache")


@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar_settings(request: Request) -> HttpResponse:
    """Turn it on, or change what it says; its address is shown once."""
    if not request.viewer.is_somebody:
        return sign_in_first(request)
    kept = own_calendar(viewer=request.viewer)
    kind = LeadersForm if request.viewer.staff is not None else MembersForm
    form = kind(sent(request), initial=asdict(chosen_from(kept) if kept else Chosen()))
    if request.method == "POST" and form.is_valid():
        if kept is None:
            return _begun(request, form.chosen().kept())
        choose_for_calendar(by=request.viewer, account=_mine(request), chosen=form.chosen().kept())
        return go("web:my_calendar", request, note=_("Saved."))
    token = request.jar.pop(SHOWN, "")
    return page(
        request,
        "web/calendar.html",
        form=form,
        is_on=kept is not None,
        at_work=request.viewer.staff is not None,
        address=request.build_absolute_uri(f"/calendar/{token}.ics") if token else "",
    )


def _mine(request: Request) -> int:
    return account_of(request.viewer) or 0


def _begun(request: Request, chosen: dict[str, Any]) -> HttpResponse:
    """A new address, shown on the next page and nowhere later."""
    account = _mine(request)
    if not spend(by=request.viewer, account=account, purpose="calendar", limit=A_WEEK):
        return go("web:my_calendar", request, note=OFTEN)
    request.jar[SHOWN] = begin_calendar(by=request.viewer, account=account, chosen=chosen)
    return go("web:my_calendar", request)


@require_POST
def renew_my_calendar(request: Request) -> HttpResponse:
    """Another address; the one before leads nowhere from now on."""
    if not request.viewer.is_somebody:
        return sign_in_first(request)
    kept = own_calendar(viewer=request.viewer)
    return _begun(request, kept or Chosen().kept())


@require_POST
def end_my_calendar(request: Request) -> HttpResponse:
    """No address any more."""
    if not request.viewer.is_somebody:
        return sign_in_first(request)
    end_calendar(by=request.viewer, account=_mine(request))
    return go("web:my_calendar", request, note=_("The address leads nowhere now."))
