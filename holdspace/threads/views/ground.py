"""The way into a group's conversation, the same for every page of it."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from holdspace.groups.queries import group_at
from holdspace.kit.answers import go, sign_in_first
from holdspace.kit.asks import Request, is_resumed
from holdspace.members.queries import member_for
from holdspace.members.rules import has_accepted

if TYPE_CHECKING:
    from holdspace.groups.models import Group

View = Callable[..., HttpResponse]
SAFE = {"GET", "HEAD"}
GET_POST = ["GET", "HEAD", "POST"]


def inside(view: View) -> View:
    """Give a view the group; who is not signed in signs in first."""

    @functools.wraps(view)
    def entering(request: Request, code: str, **kwargs: Any) -> HttpResponse:
        viewer = request.viewer
        group = group_at(code, viewer=viewer)
        if not viewer.is_somebody and viewer.visit is None:
            return sign_in_first(request)
        if request.method in SAFE and not is_resumed(request) and _has_to_agree(request, group):
            return go("members:agree", request, code=code)
        return view(request, group, **kwargs)

    return entering


def _has_to_agree(request: Request, group: "Group") -> bool:
    """What the group agreed has changed since this member said yes; acts ask again themselves."""
    member = member_for(group, viewer=request.viewer)
    return member is not None and not has_accepted(request.viewer, group, member)


def number_in(request: Request, name: str) -> int:
    """A number from the address; 0 for none and for nonsense."""
    return whole_number(request.GET.get(name, ""))


def whole_number(said: str) -> int:
    """A number that a row of ours can have, as somebody sent it; 0 for anything else."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0  # noqa: PLR2004
