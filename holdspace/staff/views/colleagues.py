"""Who works here: for coordinators."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import Unseen, demand
from holdspace.staff import actions, queries, rules
from holdspace.staff.forms import InviteForm, RolesForm

FORM = ["GET", "HEAD", "POST"]
LINK = "staff_link"  # the newest one-time link, shown once


@require_safe
def colleagues(request: Request) -> HttpResponse:
    """Everybody who works here, and who was invited."""
    demand(rules.may_work(request.viewer))
    may_coordinate = rules.may_coordinate(request.viewer)
    invited = queries.invitations_open(viewer=request.viewer) if may_coordinate else []
    return page(
        request,
        "staff/colleagues.html",
        colleagues=queries.staff_here(viewer=request.viewer),
        invited=invited,
        may_coordinate=may_coordinate,
    )


@require_http_methods(FORM)
def invite(request: Request) -> HttpResponse:
    """Invite a colleague by a one-time link."""
    demand(rules.may_coordinate(request.viewer))
    form = InviteForm(sent(request))
    if form.is_valid():
        token = actions.invite_staff(
            by=request.viewer, organisation=request.organisation.id, **form.cleaned_data
        )
        request.jar[LINK] = {"token": token, "name": form.cleaned_data["shown_as"]}
        return go("staff:invited", request)
    return page(request, "staff/invite.html", status=422 if form.errors else 200, form=form)


@require_safe
def invited(request: Request) -> HttpResponse:
    """The link, shown once, to be handed over."""
    demand(rules.may_coordinate(request.viewer))
    made = request.jar.pop(LINK)
    if made is None:
        return go("staff:colleagues", request)
    link = request.build_absolute_uri(f"/staff/begin/{made['token']}/")
    return page(request, "staff/invited.html", link=link, name=made["name"])


@require_http_methods(FORM)
def colleague(request: Request, account: int) -> HttpResponse:
    """One colleague: their roles."""
    demand(rules.may_coordinate(request.viewer))
    staff = queries.staff_account_for(account, viewer=request.viewer)
    if staff.ended_on is not None:
        raise Unseen
    held = [role.name for role in staff.held]
    form = RolesForm(sent(request), initial={"roles": held})
    if form.is_valid():
        wanted = form.cleaned_data["roles"]
        actions.set_roles(by=request.viewer, staff=staff, roles=wanted)
        return go("staff:colleague", request, note=_("Saved."), account=account)
    status = 422 if form.errors else 200
    return page(request, "staff/colleague.html", status=status, form=form, colleague=staff)


@require_POST
def colleague_new_code(request: Request, account: int) -> HttpResponse:
    """A link to a new code, for a lost telephone."""
    staff = queries.staff_account_for(account, viewer=request.viewer)
    token = actions.offer_new_code(by=request.viewer, staff=staff)
    request.jar[LINK] = {"token": token, "name": staff.shown_as}
    return go("staff:invited", request)


@require_http_methods(FORM)
def colleague_end(request: Request, account: int) -> HttpResponse:
    """End an account, after being asked once."""
    demand(rules.may_coordinate(request.viewer))
    staff = queries.staff_account_for(account, viewer=request.viewer)
    if request.method == "POST":
        actions.end_account(by=request.viewer, staff=staff)
        return go("staff:colleagues", request, note=_("The account has ended."))
    return page(request, "staff/colleague_end.html", colleague=staff)


@require_POST
def invitation_withdraw(request: Request, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    found = queries.invitation_at(invitation, viewer=request.viewer)
    actions.withdraw_invitation(by=request.viewer, invitation=found)
    return go("staff:colleagues", request, note=_("The link no longer works."))
