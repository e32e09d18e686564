"""Finding the way: which page of the joining dialog is next for this viewer and this group."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from holdspace.consent.queries import TAKING_PART, VISITING
from holdspace.groups.queries import group_at
from holdspace.kit.answers import SeeOther, go, page, sign_in_first
from holdspace.kit.asks import Request
from holdspace.kit.errors import written
from holdspace.kit.forms import Form
from holdspace.members import drafts
from holdspace.members.forms.naming import OWN
from holdspace.members.models import Member
from holdspace.members.queries import Step, invitation_is_good, member_for, step_into
from holdspace.members.rules import has_accepted, may_join
from holdspace.members.telling import wait_before_next_name

if TYPE_CHECKING:
    from holdspace.groups.models import Group

CHANGED = _("This has changed while you were reading. Please read it once more, then say yes.")
View = Callable[..., HttpResponse]

ELSEWHERE = {
    Step.WAIT: "members:waiting",
    Step.WAITING: "members:waiting",
    Step.APPLIED: "members:application",
    Step.DECLINED: "members:application",
    Step.REMOVED: "members:not_here",
}


def wait_for_name(request: Request) -> int:
    """How many seconds somebody with an account waits before the name of their own they sent."""
    own = request.method == "POST" and request.POST.get("name") == OWN
    return wait_before_next_name(request) if own else 0


def is_invited(request: Request, group: "Group") -> bool:
    """Whether this browser followed an invitation to this group that is still good."""
    token = drafts.invitation_for(request, group)
    return bool(token) and invitation_is_good(group, token, viewer=request.viewer)


def step_for(request: Request, group: "Group") -> Step:
    """The next step, with the invitation that may be in the jar."""
    return step_into(group, viewer=request.viewer, invited=is_invited(request, group))


def as_read(agreement: Any) -> str:
    """What a page of yeses showed: the agreement's number and the versions of what is kept."""
    number = agreement.number if agreement is not None else 0
    return f"{number}.{TAKING_PART.version}.{VISITING.version}"


def is_said(request: Request, form: Form, read: str) -> bool:
    """Whether the yes was said, and to what stands there now; else a word is on the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    if request.POST.get("read", read) != read:
        form.add_error(None, CHANGED)
        return False
    return True


def inside(group: "Group") -> str:
    """The group from inside, wherever that page stands."""
    return f"/g/{group.code}/"


def arrived(group: "Group") -> str:
    """The last page of the dialog: the seat, where meetings can tell one; else the group."""
    try:
        return reverse("web:joined", kwargs={"code": group.code})
    except NoReverseMatch:
        return inside(group)


def joining(view: View) -> View:
    """Give a page of the dialog its `group` and `draft`; send others where they belong."""

    @functools.wraps(view)
    def for_newcomer(request: Request, code: str) -> HttpResponse:
        group = group_at(code, viewer=request.viewer)
        step = step_for(request, group)
        if step == Step.HERE:
            return SeeOther(inside(group))
        if step in ELSEWHERE:
            drafts.keep_typed(request)
            return go(ELSEWHERE[step], request, code=code)
        if step not in {Step.JOIN, Step.APPLY}:
            reason, kept = may_join(request.viewer, group).reason, written(request)
            return page(request, "members/not_now.html", group=group, reason=reason, kept=kept)
        return view(request, group=group, draft=drafts.draft_for(request, group), step=step)

    return for_newcomer


def after(name: str) -> Callable[[View], View]:
    """This page comes after the one where `name` was put into the draft."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def later(request: Request, **kwargs: Any) -> HttpResponse:
            if kwargs["draft"].get(name):
                return view(request, **kwargs)
            return go("members:join", request, code=kwargs["group"].code)

        return later

    return wrap


def own_place(view: View) -> View:
    """Give the view `group` and `member`; 404 for others, and first the agreement if it changed."""

    @functools.wraps(view)
    def for_member(request: Request, code: str, **kwargs: Any) -> HttpResponse:
        group = group_at(code, viewer=request.viewer)
        if not request.viewer.is_somebody:
            return sign_in_first(request)
        member: Member | None = member_for(group, viewer=request.viewer)
        if member is None:
            return go("members:not_here", request, code=code)
        if not has_accepted(request.viewer, group, member):
            return go("members:agree", request, code=code)
        return view(request, group=group, member=member, **kwargs)

    return for_member
