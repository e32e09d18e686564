"""Changing one meeting, with a few kind words."""

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from holdspace.groups.queries import group_at
from holdspace.kit import clock
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request
from holdspace.kit.forms import Form
from holdspace.kit.guard import Unseen, demand
from holdspace.kit.zones import on_the_wall
from holdspace.meetings import actions, queries, rules
from holdspace.meetings.forms import AddForm, MoveForm, WordsForm
from holdspace.meetings.queries.seen import Seen
from holdspace.meetings.views.shaping import address
from holdspace.meetings.when import when


def move_meeting(request: Request, code: str, number: int) -> HttpResponse:
    """Another day or time for this one."""
    seen = _changed_by(request, code, number)
    wall = on_the_wall(seen.meeting.begins or clock.now(), seen.meeting.zone)
    form = MoveForm(request.POST or None, initial={"day": wall.date(), "at": wall.time()})
    if request.method == "POST" and form.is_valid():
        actions.move_meeting(by=request.viewer, meeting=seen.meeting, **form.cleaned_data)
        return go(address(code, number), request, note=_("The meeting is moved."))
    return _asked(request, seen, form, _("Move this meeting"), _("Move it"))


def skip_meeting(request: Request, code: str, number: int) -> HttpResponse:
    """The group leaves this date out."""
    seen = _changed_by(request, code, number)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.skip_meeting(by=request.viewer, meeting=seen.meeting, **form.cleaned_data)
        return go(address(code, number), request, note=_("This date is left out."))
    return _asked(request, seen, form, _("Leave this date out"), _("Leave it out"))


def cancel_meeting(request: Request, code: str, number: int) -> HttpResponse:
    """It was to take place and cannot."""
    seen = _changed_by(request, code, number)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_meeting(by=request.viewer, meeting=seen.meeting, **form.cleaned_data)
        return go(address(code, number), request, note=_("The meeting is cancelled."))
    return _asked(
        request, seen, form, _("Cancel this meeting"), _("Cancel the meeting"), kind="alert"
    )


@require_POST
def restore_meeting(request: Request, code: str, number: int) -> HttpResponse:
    """It takes place after all."""
    group = group_at(code, viewer=request.viewer)
    seen = queries.meeting_for(group, number, viewer=request.viewer)
    actions.restore_meeting(by=request.viewer, meeting=seen.meeting)
    return go(address(code, number), request, note=_("The meeting takes place."))


def add_meeting(request: Request, code: str) -> HttpResponse:
    """One more meeting, outside any series."""
    group = group_at(code, viewer=request.viewer)
    if not rules.may_plan(request.viewer, group):
        raise Unseen
    demand(rules.may_plan_more(request.viewer, group))
    usual = {"zone": group.zone, "attendance": group.format_now, "area": group.area}
    form = AddForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        made = actions.add_meeting(by=request.viewer, group=group, **form.cleaned_data)
        return go(address(code, made.number), request, note=_("The meeting is planned."))
    return page(request, "meetings/add.html", form=form, code=code)


def _changed_by(request: Request, code: str, number: int) -> Seen:
    """The meeting, if the viewer may change it. Raises Unseen, or Refused with the reason."""
    group = group_at(code, viewer=request.viewer)
    if not rules.may_plan(request.viewer, group):
        raise Unseen
    seen = queries.meeting_for(group, number, viewer=request.viewer)
    demand(rules.may_change(request.viewer, seen.meeting))
    return seen


def _asked(
    request: Request,
    seen: Seen,
    form: Form,
    heading: str | Promise,
    act: str | Promise,
    *,
    kind: str = "act",
) -> HttpResponse:
    return page(
        request,
        "meetings/change.html",
        form=form,
        heading=heading,
        about=when(seen.meeting, seen.meeting.zone).line,
        said=_("Those with a seat see your words on the page of this meeting."),
        act=act,
        kind=kind,
        back_to=address(seen.group.code, seen.meeting.number),
    )
