"""Which organisation's house this request has come to."""

from collections.abc import Callable

from django.http import HttpResponse

from holdspace.kit import scope
from holdspace.kit.asks import Request
from holdspace.kit.viewer import Viewer
from holdspace.organisations.queries import organisation_at


class WhoseHouse:
    """Finds the organisation by host name and enters it: `request.organisation`."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        organisation = organisation_at(request.get_host().partition(":")[0].lower())
        if organisation is None:
            request.viewer = Viewer(organisation=0)
            return self.get_response(request)
        request.organisation = organisation
        request.viewer = Viewer(organisation=request.organisation.id)
        token = scope.enter(request.organisation.id)
        try:
            return self.get_response(request)
        finally:
            scope.leave(token)
