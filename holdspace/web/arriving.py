"""Who comes to a page that is not for them is shown to the one that is."""

from typing import Any

from django.http import HttpResponse

from holdspace.kit.answers import go
from holdspace.kit.asks import Request
from holdspace.kit.viewer import Viewer
from holdspace.people.queries import keeps_a_way_back, short_code_of


def way_back_of(viewer: Viewer) -> dict[str, Any]:
    """For a page: whether there is a way back, and the short code that leads back without one."""
    has_way_back = keeps_a_way_back(viewer=viewer)
    short = None if has_way_back else short_code_of(viewer=viewer)
    return {"has_way_back": has_way_back, "short": short}


def elsewhere(request: Request) -> HttpResponse | None:
    """Where somebody who is no signed-in member goes instead; None for a member."""
    viewer = request.viewer
    if viewer.holder is not None:
        return None
    if viewer.staff is not None:
        return go("web:work", request)
    if viewer.visit is not None:
        return go("members:evening", request)
    return go("people:sign_in", request)
