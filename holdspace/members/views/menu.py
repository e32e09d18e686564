"""The menu of a group's door: each sees the pages that are theirs, and no others."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from holdspace.groups.rules import may_lead
from holdspace.kit.answers import page
from holdspace.kit.asks import Request
from holdspace.kit.viewer import Viewer
from holdspace.members.rules import may_facilitate

if TYPE_CHECKING:
    from holdspace.groups.models import Group

PAGES = {
    "lead": _("At the door"),
    "applications": _("Answers"),
    "visits": _("Visits"),
    "line": _("Waiting"),
    "lead_members": _("Members"),
    "invitations": _("Invitations"),
    "recognitions": _("Private words"),
    "returns": _("Welcome back"),
}
FOR_ALL = {"lead", "line", "recognitions", "returns"}  # a coordinator who leads nothing too
FOR_WHO_WORKS_HERE = {"applications"}


def door_page(request: Request, template: str, group: "Group", **parts: Any) -> HttpResponse:
    """A page of the door with its menu; `status` as for any page."""
    theirs = pages_for(request.viewer, group)
    menu = []
    for name in theirs:
        address = reverse(f"members:{name}", args=[group.code])
        here = request.path == address or (name != "lead" and request.path.startswith(address))
        menu.append((PAGES[name], address, here))
    return page(request, f"members/lead/{template}", group=group, menu=menu, theirs=theirs, **parts)


def pages_for(viewer: Viewer, group: "Group") -> list[str]:
    """The names of the pages of the door that this viewer may open, in order."""
    hidden = set() if may_lead(viewer, group) else FOR_WHO_WORKS_HERE
    if not may_facilitate(viewer, group):
        hidden = PAGES.keys() - FOR_ALL
    return [name for name in PAGES if name not in hidden]
