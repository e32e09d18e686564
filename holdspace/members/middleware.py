"""Somebody visiting: the private link in the sealed jar becomes `viewer.visit`."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpResponse

from holdspace.kit.asks import Request
from holdspace.members.models import Visit
from holdspace.members.tokens import digest

JAR = "visit"


class Visiting:
    """Stands after WhoIsHere. Asks nothing of those who carry no private link."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        token = request.jar.get(JAR)
        if token and hasattr(request, "organisation"):
            found = Visit.objects.filter(digest=digest(str(token))).values_list("id", flat=True)
            visit = found.first()
            if visit is None:
                del request.jar[JAR]
            else:
                request.viewer = replace(request.viewer, visit=visit)
        return self.get_response(request)
