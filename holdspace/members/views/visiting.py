"""Visiting once, with a name for the evening and a private link."""

import datetime as dt
import functools
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.consent.queries import VISITING
from holdspace.groups.queries import current_agreement, group_at
from holdspace.kit import clock
from holdspace.kit.answers import SeeOther, go, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.errors import written
from holdspace.kit.forms import status_of
from holdspace.kit.guard import Refused, Unseen
from holdspace.members import actions, drafts
from holdspace.members.forms.visiting import (
    YES,
    AfterForm,
    AnotherEveningForm,
    VisitForm,
    WishesForm,
)
from holdspace.members.middleware import JAR
from holdspace.members.models import Visit
from holdspace.members.queries import (
    Date,
    Evening,
    Seat,
    Step,
    date_of,
    evenings_of,
    step_into,
    visit_at,
    visit_of,
)
from holdspace.members.rules import may_move_visit, may_visit
from holdspace.members.views.ways import View, as_read, is_said
from holdspace.people.actions import Pace, slowed

GET_POST = ["GET", "HEAD", "POST"]
FREE_IN_A_GROUP = 10  # visits asked for within half an hour, before the next come a minute apart
VISITS = Pace("visits", 40, dt.timedelta(seconds=20))


@require_http_methods(GET_POST)
def visit_ask(request: Request, code: str) -> HttpResponse:
    """Ask to come once: a name for the evening, which evening, greeted or not."""
    group = group_at(code, viewer=request.viewer)
    if step_into(group, viewer=request.viewer) == Step.REMOVED:
        return go("members:not_here", request, code=code)
    verdict = may_visit(request.viewer, group)
    if not verdict:
        reason, kept = verdict.reason, written(request)
        return page(request, "members/not_now.html", group=group, reason=reason, kept=kept)
    agreement = current_agreement(group, viewer=request.viewer)
    form, read = _form(request, group), as_read(agreement)
    said = is_said(request, form, read) and not _slowed(request, group, form)
    if said and agreement is not None:
        try:
            return _ask(request, group, form, agreement.number)
        except Refused as refused:
            form.add_error(None, str(refused.reason))
    shown: dict[str, Any] = {"agreement": agreement, "purpose": VISITING, "read": read}
    shown |= {"status": status_of(form), "group": group, "form": form}
    return page(request, "members/visit_ask.html", **shown)


def _slowed(request: Request, group: Any, form: VisitForm) -> bool:
    here = Pace(f"visits|{group.id}", FREE_IN_A_GROUP, dt.timedelta(minutes=1))
    return slowed(request, form, here, VISITS)


def _form(request: Request, group: Any) -> VisitForm:
    names, seeds = drafts.offers(request, group)
    evenings = evenings_of(group, viewer=request.viewer)
    soonest = str(evenings[0].meeting) if evenings else ""
    return VisitForm(
        sent(request),
        initial={"meeting": soonest, "name": names[0], "seed": seeds[0]},
        viewer=request.viewer,
        group=group,
        names=names,
        seeds=seeds,
        evenings=evenings,
    )


def _ask(request: Request, group: Any, form: VisitForm, agreement: int) -> HttpResponse:
    said, evening = form.cleaned_data, form.evening
    _visit, token = actions.ask_to_visit(
        by=request.viewer,
        group=group,
        alias=said["alias"],
        seed=said["seed"],
        sure=said["sure"],
        greeted=said["greeted"] == YES,
        listens=said["listens"],
        agreement=agreement,
        agreed=VISITING.version,
        meeting=evening.meeting if evening else None,
        ends=evening.ends if evening else None,
        evening=str(evening.words) if evening else "",
    )
    drafts.forget(request)
    request.jar[JAR] = token
    return go("members:evening", request)


@require_safe
def visit(request: Request, token: str) -> HttpResponse:
    """The private link: into the sealed jar, out of the address."""
    visit_at(token, viewer=request.viewer)
    request.jar[JAR] = token
    return go("members:evening", request)


def visiting(view: View) -> View:
    """Give the view the `visit` whose private link this browser holds. Raises Unseen."""

    @functools.wraps(view)
    def for_visitor(request: Request) -> HttpResponse:
        mine: Visit | None = visit_of(viewer=request.viewer)
        if mine is None:
            raise Unseen
        return view(request, visit=mine)

    return for_visitor


@require_safe
@visiting
def evening(request: Request, *, visit: Visit) -> HttpResponse:
    """The evening's page: whether there is a seat, what to expect, and what can be changed."""
    return _evening(request, visit, AnotherEveningForm(evenings=_others(request, visit)))


def _others(request: Request, visit: Visit) -> list[Evening]:
    """The dates that may be chosen instead."""
    ahead = evenings_of(visit.group, viewer=request.viewer)
    return [one for one in ahead if one.meeting != visit.meeting]


def _evening(request: Request, visit: Visit, form: AnotherEveningForm) -> HttpResponse:
    date = date_of(visit, viewer=request.viewer)
    is_over = visit.ends <= clock.now()
    shown: dict[str, Any] = {
        "visit": visit,
        "group": visit.group,
        "date": date,
        "how": _how_it_stands(visit, date, is_over=is_over),
        "another": form if form.evenings and may_move_visit(request.viewer, visit) else None,
        "wishes": WishesForm(initial=visit.wishes),
        "agreement": current_agreement(visit.group, viewer=request.viewer),
        "link": request.build_absolute_uri(f"/v/{request.jar.get(JAR)}/"),
        "is_over": is_over,
    }
    wrong = 422 if form.errors else 200
    return page(request, "members/evening.html", status=wrong, **shown)


def _how_it_stands(visit: Visit, date: Date | None, *, is_over: bool) -> str:
    """One word for the page: the seat is held, still coming, or why there is none."""
    if visit.standing == Visit.Standing.ASKED and is_over:
        return Visit.Standing.LAPSED
    if visit.standing not in Visit.LIVE or is_over:
        return visit.standing if visit.standing not in Visit.LIVE else "over"
    if date is not None and date.seat in {Seat.FULL, Seat.OFF}:
        return date.seat
    if visit.standing == Visit.Standing.ASKED or date is None:
        return visit.standing
    return date.seat


@require_POST
@visiting
def visit_move(request: Request, *, visit: Visit) -> HttpResponse:
    """Another evening, under the same name and link."""
    form = AnotherEveningForm(request.POST, evenings=_others(request, visit))
    if not form.is_valid():
        return _evening(request, visit, form)
    one = form.evening
    actions.move_visit(
        by=request.viewer, visit=visit, meeting=one.meeting, ends=one.ends, evening=one.words
    )
    return go("members:evening", request, note=_("The evening is changed."))


@require_POST
@visiting
def change_wishes(request: Request, *, visit: Visit) -> HttpResponse:
    """Be greeted or not, only listen or not."""
    form = WishesForm(request.POST)
    form.is_valid()
    actions.change_wishes(by=request.viewer, visit=visit, **form.cleaned_data)
    return go("members:evening", request, note=_("Saved."))


@require_http_methods(GET_POST)
@visiting
def visit_after(request: Request, *, visit: Visit) -> HttpResponse:
    """Three private questions afterwards; then join, or not."""
    form = AfterForm(sent(request), initial=visit.after or {})
    if request.method == "POST" and form.is_valid():
        actions.answer_visit(by=request.viewer, visit=visit, **form.cleaned_data)
        return go("members:evening", request, note=_("Thank you."), fragment="next")
    return page(request, "members/visit_after.html", visit=visit, group=visit.group, form=form)


@require_POST
@visiting
def visit_end(request: Request, *, visit: Visit) -> HttpResponse:
    """Delete the visit now."""
    code = visit.group.code
    actions.end_visit(by=request.viewer, visit=visit)
    request.jar.pop(JAR)
    said = _("Your visit is deleted. People you met will remember you.")
    return go(f"/groups/{code}/", request, note=said)


@require_safe
@visiting
def visit_join(request: Request, *, visit: Visit) -> HttpResponse:
    """Join after a visit: the dialog keeps name and picture if they are wished."""
    return SeeOther(f"/groups/{visit.group.code}/join/")
