"""Who has come: the session's cookie becomes `request.viewer`; and words that outlive it."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import resolve_url

from holdspace.kit.answers import FINE, SeeOther, page
from holdspace.kit.asks import Kept, Request, is_resumed
from holdspace.kit.errors import written
from holdspace.kit.forgery import has_its_token
from holdspace.kit.viewer import StaffPass, Viewer
from holdspace.people import sessions
from holdspace.people.actions.signing import note_use
from holdspace.people.holder import AccountHolder
from holdspace.people.models import STAFF
from holdspace.people.rules import may_sign_in
from holdspace.people.views.carrying import carried_in, kept_for, sign_in_carrying, to_carry
from holdspace.vault import carrying

NOT_HERE = 404


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
    account = session.sealed["account"]
    if not request.jar.came_with(carrying.WRITER):
        request.jar[carrying.WRITER] = carrying.mark(account)
    if sessions.needs_noting(session):
        note_use(by=Viewer(organisation=organisation.id), session=session)
    if session.kind == STAFF:
        return Viewer(organisation=organisation.id, staff=StaffPass(account=account))
    holder = AccountHolder(account=account, scope=organisation.scope)
    return Viewer(organisation=organisation.id, holder=holder)


class Resuming:
    """Nothing typed is lost when a session ends: words go along through signing in, and back.

    A form sent by somebody signed out is answered with the sign-in page, which carries what was
    sent (`views.carrying`). When that page brings it back, the form's own page is asked for as
    with GET, with what was typed in `request.POST`: shown in its form, and sent by nobody.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        if is_resumed(request):
            return response if response.status_code == FINE else _not_shown(request)
        if request.method == "POST" and _signs_in_first(request, response):
            fields = to_carry(request)
            if fields and has_its_token(request):
                return sign_in_carrying(request, fields)
        return response

    def process_view(self, request: Request, *view: Any) -> None:
        """What signing in brought back takes its place in the request again."""
        account = _account(request)
        if request.method != "POST" or account is None or not carried_in(request):
            return
        kept = kept_for(request, account, request.path)
        fields = Kept(mutable=True)
        for name, said in (kept.fields if kept is not None else {}).items():
            fields.setlist(name, list(said))
        request.method, request.POST = "GET", cast("Any", fields)


def _account(request: Request) -> int | None:
    """Whose account is signed in."""
    one = request.viewer.staff or request.viewer.holder
    return one.account if one is not None else None


def _signs_in_first(request: Request, response: HttpResponse) -> bool:
    """Whether it is the session that is missing: pages inside a group say only "not here"."""
    if request.viewer.is_somebody or request.viewer.visit is not None:
        return False
    if response.status_code == SeeOther.status_code:
        return response.headers["Location"] == resolve_url("people:sign_in")
    return response.status_code == NOT_HERE and carrying.WRITER in request.jar


def _not_shown(request: Request) -> HttpResponse:
    """The form has no page of its own, or the page leads elsewhere: the words alone, to copy."""
    may_sign_in(request.viewer)
    return page(request, "people/not_sent.html", kept=written(request))
