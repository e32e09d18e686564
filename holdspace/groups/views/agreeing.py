"""What a group agrees, version after version, and who has which part in it."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.groups import actions, queries
from holdspace.groups.forms import AgreementForm, LeaderForm
from holdspace.groups.models import Agreement
from holdspace.groups.starting import STARTING_CLAUSES, STARTING_LIMITS
from holdspace.groups.views.arranging import FORM, at_work, to_arrange
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import Unseen
from holdspace.staff.queries import staff_account_for, staff_here


@require_safe
def agreements(request: Request, code: str) -> HttpResponse:
    """Every version, the one in force first."""
    group = at_work(request, code)
    versions = queries.agreements_for(group, viewer=request.viewer)
    return page(request, "groups/agreements.html", group=group, versions=versions)


@require_http_methods(FORM)
def agreement_new(request: Request, code: str) -> HttpResponse:
    """Write the next version; members are asked again."""
    group = to_arrange(request, code)
    now = queries.current_agreement(group, viewer=request.viewer)
    form = AgreementForm(sent(request), initial=_first(now))
    if form.is_valid():
        made = actions.publish_agreement(by=request.viewer, group=group, **form.cleaned_data)
        note = _("Version %(number)d is in force.") % {"number": made.number}
        return go("groups:agreements", request, note=note, code=code)
    status = 422 if form.errors else 200
    return page(
        request, "groups/agreement_form.html", status=status, form=form, group=group, now=now
    )


def _first(now: Agreement | None) -> dict[str, Any]:
    if now is None:
        return {
            "clauses": [str(clause) for clause in STARTING_CLAUSES],
            "limits": str(STARTING_LIMITS),
        }
    return {"clauses": now.clauses, "limits": now.limits, "reporters": now.reporters}


@require_http_methods(FORM)
def leaders(request: Request, code: str) -> HttpResponse:
    """Who has which part in a group."""
    group = to_arrange(request, code)
    here = staff_here(viewer=request.viewer)
    form = LeaderForm(sent(request), colleagues=[(s.account, s.name) for s in here])
    if form.is_valid():
        staff = staff_account_for(form.cleaned_data["account"], viewer=request.viewer)
        actions.name_leader(
            by=request.viewer, group=group, staff=staff, part=form.cleaned_data["part"]
        )
        return go("groups:leaders", request, note=_("Saved."), code=code)
    return page(
        request,
        "groups/leaders.html",
        status=422 if form.errors else 200,
        form=form,
        group=group,
        leaders=queries.leaders_of(group, viewer=request.viewer),
    )


@require_POST
def leader_end(request: Request, code: str, leadership: int) -> HttpResponse:
    """End somebody's part from today."""
    group = to_arrange(request, code)
    now = queries.leaders_of(group, viewer=request.viewer)
    found = next((row for row in now if row.id == leadership), None)
    if found is None:
        raise Unseen
    actions.end_leadership(by=request.viewer, leadership=found)
    return go("groups:leaders", request, note=_("Saved."), code=code)
