"""Who works here gets their roles; pages under /work/ are for nobody else."""

from collections.abc import Callable

from django.http import Http404, HttpResponse

from holdspace.kit.answers import sign_in_first
from holdspace.kit.asks import Request
from holdspace.kit.viewer import Viewer
from holdspace.staff.queries import staff_pass

WORK = "/work/"


class AtWork:
    """Fills in the roles of a staff sign-in, one query; an ended account is nobody."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        viewer = request.viewer
        if viewer.staff is not None:
            known = staff_pass(viewer.staff.account)
            request.viewer = Viewer(organisation=viewer.organisation, staff=known)
        if request.path.startswith(WORK) and request.viewer.staff is None:
            if request.viewer.is_somebody:
                raise Http404
            return sign_in_first(request)
        return self.get_response(request)
