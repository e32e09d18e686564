"""Who comes to a page that is not for them is shown to the one that is."""

from django.http import HttpResponse

from holdspace.kit.answers import go
from holdspace.kit.asks import Request


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
