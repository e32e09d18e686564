"""Who has come: the session's cookie becomes `request.viewer`."""

from collections.abc import Callable

from django.http import HttpResponse

from holdspace.kit.asks import Request
from holdspace.kit.viewer import StaffPass, Viewer
from holdspace.people import sessions
from holdspace.people.actions.signing import note_use
from holdspace.people.holder import AccountHolder
from holdspace.people.models import STAFF


class WhoIsHere:
    """Gives a request its viewer. A staff session gives a StaffPass without roles: staff adds them.

    Without a cookie nothing is asked; with one, one query finds the session.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        cookie = request.COOKIES.get(sessions.cookie_name(), "")
        if cookie and hasattr(request, "organisation"):
            request.viewer = viewer_of(request, cookie)
        return self.get_response(request)


def viewer_of(request: Request, cookie: str) -> Viewer:
    """The viewer whom this cookie makes of a request; nobody when the session is over."""
    organisation = request.organisation
    session = sessions.session_at(cookie)
    if session is None:
        return Viewer(organisation=organisation.id)
    request.signed_in_by = session.id
    if sessions.needs_noting(session):
        note_use(by=Viewer(organisation=organisation.id), session=session)
    account = session.sealed["account"]
    if session.kind == STAFF:
        return Viewer(organisation=organisation.id, staff=StaffPass(account=account))
    holder = AccountHolder(account=account, scope=organisation.scope)
    return Viewer(organisation=organisation.id, holder=holder)
