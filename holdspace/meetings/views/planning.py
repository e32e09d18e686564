"""Planning a series: the form, its next ten dates, and only then the series."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from holdspace.groups.queries import group_at
from holdspace.kit import clock
from holdspace.kit.answers import go, page, part
from holdspace.kit.asks import Request
from holdspace.kit.guard import Unseen, demand
from holdspace.kit.zones import on_the_wall
from holdspace.meetings import actions, queries, rules
from holdspace.meetings.forms import ChangeForm, EndForm, PlanForm
from holdspace.meetings.forms.gathering import GATHERED
from holdspace.meetings.forms.plan import initial_of
from holdspace.meetings.models import Series
from holdspace.meetings.rhythm import Rhythm, in_words, next_occurrences
from holdspace.meetings.when import when_between

if TYPE_CHECKING:
    from holdspace.groups.models import Group

SHOWN_DATES = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """A rhythm in words and its next dates, in its own zone."""

    words: str
    days: list[str]


def plan_series(request: Request, code: str) -> HttpResponse:
    """Ask for a rhythm, show its dates, plan it."""
    group = _planned_by(request, code)
    demand(rules.may_plan_more(request.viewer, group))
    form = PlanForm(request.POST or None, initial=_usual(group))
    if (rhythm := _agreed_to(request, form)) is not None:
        actions.plan_series(by=request.viewer, group=group, rhythm=rhythm, **form.gathering())
        return go("meetings:meetings", request, note=_("The series is planned."), code=code)
    return _asked(request, code, form)


def change_series(request: Request, code: str, series: int) -> HttpResponse:
    """The same for a series that exists, from a day on."""
    group = _planned_by(request, code)
    found = queries.series_for(group, series, viewer=request.viewer)
    demand(rules.may_plan_more(request.viewer, group))
    form = ChangeForm(request.POST or None, initial=_as_it_is(found))
    if (rhythm := _agreed_to(request, form)) is not None:
        actions.change_series_from(
            by=request.viewer,
            series=found,
            day=form.cleaned_data["first_day"],
            rhythm=rhythm,
            words=form.cleaned_data["words"],
            **form.gathering(),
        )
        return go("meetings:meetings", request, note=_("The series is changed."), code=code)
    return _asked(request, code, form, series=found)


def end_series(request: Request, code: str, series: int) -> HttpResponse:
    """No more meetings of a series from a day on."""
    group = _planned_by(request, code)
    found = queries.series_for(group, series, viewer=request.viewer)
    form = EndForm(request.POST or None, initial={"day": clock.today()})
    if request.method == "POST" and form.is_valid():
        actions.end_series(by=request.viewer, series=found, **form.cleaned_data)
        return go("meetings:meetings", request, note=_("The series ends."), code=code)
    return page(
        request,
        "meetings/change.html",
        form=form,
        heading=_("End a series"),
        about=in_words(found.rhythm),
        said=_("Meetings at which somebody has a seat are cancelled, so that they see your words."),
        act=_("End the series"),
        kind="alert",
        back_to=reverse("meetings:meetings", kwargs={"code": code}),
    )


def _planned_by(request: Request, code: str) -> "Group":
    """The group, if the viewer may plan for it. Raises Unseen: nobody else sees these pages."""
    group = group_at(code, viewer=request.viewer)
    if not rules.may_plan(request.viewer, group):
        raise Unseen
    return group


def _agreed_to(request: Request, form: PlanForm) -> Rhythm | None:
    """The rhythm, once all is answered and its dates were seen."""
    return form.rhythm if form.is_valid() and request.POST.get("step") == "plan" else None


def _asked(
    request: Request, code: str, form: PlanForm, series: Series | None = None
) -> HttpResponse:
    ready = form.is_bound and form.is_valid()
    return part(
        request,
        "meetings/_dates_live.html",
        whole="meetings/plan.html",
        code=code,
        form=form,
        series=series,
        ready=ready,
        preview=_preview(form.rhythm) if form.rhythm else None,
    )


def _preview(rhythm: Rhythm) -> Preview:
    found = next_occurrences(rhythm, clock.now(), SHOWN_DATES)
    days = [when_between(o.begins, o.ends, rhythm.zone) for o in found]
    return Preview(in_words(rhythm), [f"{day.day}, {day.hours}" for day in days])


def _usual(group: "Group") -> dict[str, Any]:
    """Where a new series begins: the group's own zone, format and part of town."""
    return {
        "zone": group.zone,
        "attendance": group.format_now,
        "area": group.area,
        "pattern": "weekly",
        "first_day": on_the_wall(clock.now(), group.zone).date(),
    }


def _as_it_is(series: Series) -> dict[str, Any]:
    coming = next_occurrences(series.rhythm, clock.now(), 1)
    return {
        **{name: getattr(series, name) for name in GATHERED},
        **initial_of(series.rhythm),
        "first_day": coming[0].day if coming else clock.today(),
    }
