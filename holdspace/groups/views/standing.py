"""How a group stands: confirmed, open, closed for a while, ended."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.groups import actions, queries, rules
from holdspace.groups.forms import CloseForm, EndForm
from holdspace.groups.views.arranging import FORM, at_work, to_arrange
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import demand


@require_POST
def group_confirm(request: Request, code: str) -> HttpResponse:
    """Say that the listing is right today."""
    group = at_work(request, code)
    actions.confirm_listing(by=request.viewer, group=group)
    return go("groups:work_group", request, note=_("Confirmed. Thank you."), code=code)


@require_POST
def group_open(request: Request, code: str) -> HttpResponse:
    """Open a draft, or open again after a while."""
    group = to_arrange(request, code)
    actions.open_group(by=request.viewer, group=group)
    return go("groups:work_group", request, note=_("The group is open."), code=code)


@require_http_methods(FORM)
def group_close(request: Request, code: str) -> HttpResponse:
    """Close for a while, with words for its page."""
    group = to_arrange(request, code)
    demand(rules.may_close_group(request.viewer, group))
    form = CloseForm(sent(request))
    if form.is_valid():
        actions.close_group(by=request.viewer, group=group, **form.cleaned_data)
        return go("groups:work_group", request, note=_("Closed for now."), code=code)
    status = 422 if form.errors else 200
    return page(request, "groups/group_close.html", status=status, form=form, group=group)


@require_http_methods(FORM)
def group_end(request: Request, code: str) -> HttpResponse:
    """End for good, with words for its page."""
    group = to_arrange(request, code)
    demand(rules.may_end_group(request.viewer, group))
    form = EndForm(sent(request))
    if form.is_valid():
        actions.end_group(by=request.viewer, group=group, **form.cleaned_data)
        return go("groups:work_group", request, note=_("The group has ended."), code=code)
    status = 422 if form.errors else 200
    agreements = queries.agreements_for(group, viewer=request.viewer)
    return page(
        request, "groups/group_end.html", status=status, form=form, group=group, n=len(agreements)
    )
