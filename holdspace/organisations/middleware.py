"""Which organisation's house this request has come to."""

from collections.abc import Callable

from django.http import Http404, HttpResponse

from holdspace.kit import scope
from holdspace.kit.answers import page
from holdspace.kit.asks import Request
from holdspace.kit.viewer import Viewer
from holdspace.organisations.queries import is_set_up, organisation_at

# What works without an organisation: help, leaving, setting up, and what machines ask for.
WITHOUT = ("/help/", "/leave", "/begin/", "/look/", "/healthz", "/static/")


class WhoseHouse:
    """Finds the organisation by host name and enters it: `request.organisation`."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        organisation = organisation_at(request.get_host().partition(":")[0].lower())
        if organisation is None:
            return self._nobodys(request)
        request.organisation = organisation
        request.viewer = Viewer(organisation=request.organisation.id)
        token = scope.enter(request.organisation.id)
        try:
            return self.get_response(request)
        finally:
            scope.leave(token)

    def _nobodys(self, request: Request) -> HttpResponse:
        """No organisation lives at this name: help and leaving work, the rest says so kindly."""
        request.viewer = Viewer(organisation=0)
        if request.path.startswith(WITHOUT):
            return self.get_response(request)
        if is_set_up():
            raise Http404
        return page(request, "organisations/not_set_up.html", status=503)
