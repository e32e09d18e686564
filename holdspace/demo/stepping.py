"""Stepping into a role with one touch: in the demonstration, and nowhere else."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from holdspace.demo.circles import visit_soon
from holdspace.groups.queries import group_at
from holdspace.kit.answers import SeeOther
from holdspace.kit.asks import Request
from holdspace.kit.forgery import is_own
from holdspace.kit.guard import Unseen, public
from holdspace.kit.ids import new_code
from holdspace.people.actions import sign_in_session, sign_out

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
    """Ask to come to the next meeting of the first group, and follow the private link."""
    answer = SeeOther("/")
    sign_out(request, answer)
    group = group_at(code, viewer=request.viewer)
    answer["Location"] = reverse("members:visit", args=[visit_soon(group, _evening_name())])
    del answer.headers["Clear-Site-Data"]
    return answer


def _evening_name() -> str:
    """A name for the evening that nobody has yet."""
    letters = "".join(c for c in new_code(24) if c.isalpha())
    return f"Guest {letters[:6]}"
