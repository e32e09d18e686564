"""Stepping into a role with one touch: in the demonstration, and nowhere else."""

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from holdspace.demo.circles import visit_soon
from holdspace.demo.keeping import keep_privately
from holdspace.groups.queries import group_at
from holdspace.kit import clock
from holdspace.kit.answers import SeeOther
from holdspace.kit.asks import Request
from holdspace.kit.forgery import is_own
from holdspace.kit.guard import Unseen, public
from holdspace.kit.viewer import Viewer
from holdspace.members.queries import names_offered, visit_at
from holdspace.people.actions import sign_in_session, sign_out

if TYPE_CHECKING:
    from holdspace.groups.models import Group

ROLES = {
    "visitor": _("Visitor"),
    "member": _("Member"),
    "facilitator": _("Facilitator"),
    "coordinator": _("Coordinator"),
    "operator": _("Operator"),
}
FIRST_PAGE = {"member": "web:today"}


def _kept() -> dict[str, Any]:
    """What telling the story left behind. Raises Unseen where no story was told."""
    try:
        kept: dict[str, Any] = json.loads((settings.KEYS / "demonstration.json").read_text())
    except OSError as fault:
        raise Unseen from fault
    return kept


# No token is asked for, so that the bar sets no cookie on any page; other sites are told apart by
# what the browser says of them.
@csrf_exempt
@public
@require_POST
def step(request: Request, role: str) -> HttpResponse:
    """Leave whoever one was and be somebody else of the story."""
    if not settings.DEMONSTRATION or role not in ROLES or not is_own(request):
        raise Unseen
    kept = _kept()
    if role == "visitor":
        return _visit(request, kept["visited"])
    answer = SeeOther(reverse(FIRST_PAGE.get(role, "web:work")))
    request.jar.clear()
    return sign_in_session(request, answer, kept["accounts"][role], stay=False)


def _visit(request: Request, code: str) -> HttpResponse:
    """Back into the visit that the bar began, while it lives; else ask to come to the next one."""
    answer = SeeOther("/")
    sign_out(request, answer)
    group = group_at(code, viewer=request.viewer)
    token = _token_for(group, request.viewer)
    to, args = ("members:visit", [token]) if token else ("directory:group", [code])
    answer["Location"] = reverse(to, args=args)
    del answer.headers["Clear-Site-Data"]
    return answer


def _token_for(group: "Group", viewer: Viewer) -> str:
    """The private link's token of the one visit of the bar, kept beside the keys."""
    file = settings.KEYS / "demonstration-visit"
    kept = file.read_text() if file.exists() else ""
    if kept and _lives(kept, viewer):
        return kept
    name = names_offered(group, viewer=viewer, n=1)[0]
    token = visit_soon(group, name)
    keep_privately(file, token)
    return token


def _lives(token: str, viewer: Viewer) -> bool:
    try:
        visit = visit_at(token, viewer=viewer)
    except Unseen:
        return False
    return visit.standing in visit.LIVE and visit.ends > clock.now()
