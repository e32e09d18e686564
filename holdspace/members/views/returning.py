"""Welcome back, from the side of the two people who know somebody."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.kit.answers import go
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import Unseen
from holdspace.members import actions, queries
from holdspace.members.forms.leading import VouchByNameForm, VouchForm
from holdspace.members.rules import may_facilitate
from holdspace.members.telling import tell_old_sign_in
from holdspace.members.views.leading import leading
from holdspace.members.views.menu import door_page
from holdspace.members.who import actor_in

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.members.models import Member

NO_CODE = _("No request has this code in this group, or it has lapsed.")
NOT_BOTH = _("No request has this code in this group, or nobody in it has this name.")


@require_http_methods(["GET", "HEAD", "POST"])
@leading
def returns(request: Request, *, group: "Group") -> HttpResponse:
    """Name the member behind a code; confirm what somebody else vouched for."""
    form, choose = _vouching(request, group)
    if request.method == "POST" and form.is_valid():
        try:
            code, chosen = form.cleaned_data["code"], choose()
            actions.vouch(by=request.viewer, group=group, code=code, member=chosen)
        except Unseen:
            form.add_error("code", NO_CODE if isinstance(form, VouchForm) else NOT_BOTH)
        else:
            said = _("Now a second person has to confirm it.")
            return go("members:returns", request, code=group.code, note=said)
    rows = queries.returns_to(group, viewer=request.viewer)
    wrong = 422 if form.errors else 200
    me = actor_in(group, request.viewer)
    parts: dict[str, Any] = {"form": form, "waiting": rows, "me": me}
    return door_page(request, "returns.html", group, status=wrong, **parts)


def _vouching(
    request: Request, group: "Group"
) -> "tuple[VouchForm | VouchByNameForm, Callable[[], Member]]":
    """The form for this viewer, and how the member is found from it: chosen, or by name."""
    if may_facilitate(request.viewer, group):
        known = {str(m.id): m for m in queries.members_to_vouch_for(group, viewer=request.viewer)}
        chosen = VouchForm(sent(request), members=list(known.values()))
        return chosen, lambda: known[chosen.cleaned_data["member"]]
    named = VouchByNameForm(sent(request))
    return named, lambda: queries.member_to_vouch_for(
        group, viewer=request.viewer, **named.cleaned_data
    )


@require_POST
@leading
def return_confirm(request: Request, *, group: "Group", asked: int) -> HttpResponse:
    """The second person: yes, this is them; or no."""
    row = queries.return_numbered(group, asked, viewer=request.viewer)
    if "no" in request.POST:
        actions.turn_down_return(by=request.viewer, asked=row)
        return go("members:returns", request, code=group.code, note=_("The request has ended."))
    member, old = actions.welcome_back(by=request.viewer, asked=row)
    tell_old_sign_in(member, old)
    said = _("They have their place back. The group sees that they returned.")
    return go("members:returns", request, code=group.code, note=said)
