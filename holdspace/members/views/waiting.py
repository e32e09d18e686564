"""Ways that take time: the waiting list, an application, an invitation."""

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from holdspace.consent.queries import TAKING_PART, still_to_agree
from holdspace.groups.queries import group_at
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.days import moment_in_words
from holdspace.kit.forms import Form, status_of
from holdspace.kit.guard import demand
from holdspace.members import actions, drafts, steps
from holdspace.members.entering import enter
from holdspace.members.forms.joining import TakingPartForm
from holdspace.members.queries import (
    Step,
    application_in,
    invitation_at,
    length_of_line,
    place_in_line,
    turn_in,
    usual_wait,
)
from holdspace.members.rules import may_wait
from holdspace.members.views import ways
from holdspace.people.actions import ACCOUNTS, slowed

if TYPE_CHECKING:
    from holdspace.groups.models import Group

TURNS = {Step.WAITING, Step.JOIN, Step.CLOSED}  # a turn is kept, and can be left, in all of them


@require_safe
def waiting(request: Request, code: str) -> HttpResponse:
    """The usual wait first; then one's own place, honestly, or how to take a turn."""
    group = group_at(code, viewer=request.viewer)
    return _waiting(request, group, _yes(request))


def _yes(request: Request) -> TakingPartForm:
    purpose = still_to_agree(TAKING_PART, viewer=request.viewer)
    return TakingPartForm(sent(request), purpose=purpose)


def _waiting(request: Request, group: "Group", form: TakingPartForm) -> HttpResponse:
    code = group.code
    step = ways.step_for(request, group)
    turn = steps.footing(request.viewer, group).waiting
    if step not in TURNS if turn else step != Step.WAIT:
        return go("members:join", request, code=code)
    shown: dict[str, Any] = {
        "form": form,
        "turn": turn,
        "offered": steps.has_offer(turn),
        "until": _said(turn.until, group.zone) if turn and turn.until else "",
        "free": step == Step.JOIN,
        "closed": step == Step.CLOSED,
        "place_in_line": place_in_line(turn, viewer=request.viewer) if turn else 0,
        "line": length_of_line(group, viewer=request.viewer),
        "weeks": usual_wait(group, viewer=request.viewer),
    }
    shown |= {"status": status_of(form), "group": group}
    return page(request, "members/waiting.html", **shown)


def _is_their_turn(request: Request, form: Form) -> bool:
    """Whoever begins an account with this waits a little while many do."""
    return request.viewer.is_somebody or not slowed(request, form, ACCOUNTS)


def _said(moment: dt.datetime, zone: str) -> str:
    """A moment on the group's wall, with its weekday."""
    return moment_in_words(moment.astimezone(ZoneInfo(zone)))


@require_POST
def wait(request: Request, code: str) -> HttpResponse:
    """Take a turn. Somebody signed out becomes somebody first, so that the turn is theirs."""
    group = group_at(code, viewer=request.viewer)
    invited = ways.is_invited(request, group)
    if request.viewer.holder is None:
        demand(may_wait(request.viewer, group, invited=invited))
    form = _yes(request)
    if not form.is_valid() or not _is_their_turn(request, form):
        return _waiting(request, group, form)
    response = go("members:waiting", request, code=code)
    response = enter(request, response, agreed=form.purpose is not None)
    actions.wait(by=request.viewer, group=group, invitation=drafts.invitation_for(request, group))
    return response


@require_POST
def leave_waiting(request: Request, code: str) -> HttpResponse:
    """Give one's turn up."""
    group = group_at(code, viewer=request.viewer)
    turn = turn_in(group, viewer=request.viewer)
    actions.leave_waiting(by=request.viewer, waiting=turn)
    said = _("You are off the list. You can come back to it at any time.")
    return go(f"/groups/{code}/", request, note=said)


@require_POST
def pass_on_offer(request: Request, code: str) -> HttpResponse:
    """Not now, and the turn stays."""
    group = group_at(code, viewer=request.viewer)
    turn = turn_in(group, viewer=request.viewer)
    actions.pass_on_offer(by=request.viewer, waiting=turn)
    said = _("The place goes to the next person. We will offer you another.")
    return go(f"/groups/{code}/", request, note=said)


@require_safe
def application(request: Request, code: str) -> HttpResponse:
    """Answers that are being read, or were answered."""
    group = group_at(code, viewer=request.viewer)
    mine = application_in(group, viewer=request.viewer)
    return page(request, "members/application.html", group=group, application=mine)


@require_POST
def withdraw_application(request: Request, code: str) -> HttpResponse:
    """Take one's answers back; they are deleted."""
    group = group_at(code, viewer=request.viewer)
    mine = application_in(group, viewer=request.viewer)
    actions.withdraw_application(by=request.viewer, application=mine)
    said = _("Your answers are deleted.")
    return go(f"/groups/{code}/", request, note=said)


@require_safe
def invitation(request: Request, token: str) -> HttpResponse:
    """A link for one person: into the sealed jar, out of the address."""
    found = invitation_at(token, viewer=request.viewer)
    request.jar[drafts.INVITED] = {"group": found.group.code, "token": token}
    return go("members:join", request, code=found.group.code)
