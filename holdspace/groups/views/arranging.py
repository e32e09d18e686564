"""Groups at work: the list, one group, beginning and changing one, its topics."""

from typing import Any

from django.db import IntegrityError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.groups import actions, queries, rules
from holdspace.groups.forms import GroupForm, TopicForm
from holdspace.groups.lacking import missing_to_open
from holdspace.groups.models import Group
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import Unseen, demand
from holdspace.organisations.rules import is_open_to_public
from holdspace.staff.rules import may_coordinate, may_work

FORM = ["GET", "HEAD", "POST"]


def at_work(request: Request, code: str) -> Group:
    """The group with this code, for who arranges or leads it. Raises Unseen."""
    group = queries.group_at(code, viewer=request.viewer)
    if rules.may_arrange(request.viewer, group) or rules.may_lead(request.viewer, group):
        return group
    raise Unseen


def to_arrange(request: Request, code: str) -> Group:
    """The group with this code, for who may change it. Raises Unseen, or Refused with why not."""
    group = at_work(request, code)
    demand(rules.may_arrange(request.viewer, group))
    return group


@require_safe
def work_groups(request: Request) -> HttpResponse:
    """Every group for a coordinator, the groups one leads for others."""
    demand(may_work(request.viewer))
    arranges = bool(may_coordinate(request.viewer))
    ask = queries.groups_all if arranges else queries.groups_led
    groups = ask(viewer=request.viewer)
    return page(request, "groups/work_groups.html", groups=groups, arranges=arranges)


@require_safe
def work_group(request: Request, code: str) -> HttpResponse:
    """One group: how it stands, what is missing, and what can be done."""
    group = at_work(request, code)
    viewer = request.viewer
    agreement = queries.current_agreement(group, viewer=viewer)
    agreements = agreement.number if agreement else 0
    return page(
        request,
        "groups/work_group.html",
        group=group,
        agreement=agreement,
        leaders=queries.leaders_of(group, viewer=viewer),
        arranges=bool(rules.may_arrange(viewer, group)),
        may_open=rules.may_open_group(viewer, group, agreements),
        missing=missing_to_open(group, agreements),
        freshness=queries.freshness(group),
        doors_open=bool(is_open_to_public(group.organisation)),
        wants_second=group.organisation.wants_second_facilitator,
    )


@require_http_methods(FORM)
def group_new(request: Request) -> HttpResponse:
    """Begin a group as a draft."""
    demand(may_coordinate(request.viewer))
    blank = Group(organisation=request.organisation, zone=request.organisation.zone)
    form = _form(request, blank)
    if form.is_valid():
        details = form.details()
        group = actions.begin_group(
            by=request.viewer, organisation=request.organisation.id, **details
        )
        return go("groups:work_group", request, note=_("Saved as a draft."), code=group.code)
    return _form_page(request, form, None)


@require_http_methods(FORM)
def group_edit(request: Request, code: str) -> HttpResponse:
    """Change what a group says about itself."""
    group = to_arrange(request, code)
    form = _form(request, group)
    if form.is_valid():
        actions.change_group(by=request.viewer, group=group, **form.details())
        return go("groups:work_group", request, note=_("Saved."), code=group.code)
    return _form_page(request, form, group)


def _form(request: Request, group: Group) -> GroupForm:
    first: dict[str, Any] = {name: getattr(group, name) for name in actions.DETAILS}
    return GroupForm(sent(request), initial=first, topics=queries.topics_for(viewer=request.viewer))


def _form_page(request: Request, form: GroupForm, group: Group | None) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(request, "groups/group_form.html", status=status, form=form, group=group)


@require_http_methods(FORM)
def topics(request: Request) -> HttpResponse:
    """The organisation's own topics, beside the shipped ones."""
    demand(may_coordinate(request.viewer))
    form = TopicForm(sent(request))
    if form.is_valid():
        try:
            actions.add_topic(
                by=request.viewer, organisation=request.organisation.id, **form.cleaned_data
            )
            return go("groups:topics", request, note=_("Added."))
        except IntegrityError:
            form.add_error("name", _("You have a topic of this name already."))
    own = queries.own_topics(viewer=request.viewer)
    status = 422 if form.errors else 200
    shipped = [t for t in queries.topics_for(viewer=request.viewer) if not t.key.startswith("own-")]
    return page(request, "groups/topics.html", status=status, form=form, own=own, shipped=shipped)


@require_POST
def topic_retire(request: Request, topic: int) -> HttpResponse:
    """Offer a topic no longer."""
    found = next((t for t in queries.own_topics(viewer=request.viewer) if t.id == topic), None)
    if found is None:
        raise Unseen
    actions.retire_topic(by=request.viewer, topic=found)
    return go("groups:topics", request, note=_("It is offered no longer."))
